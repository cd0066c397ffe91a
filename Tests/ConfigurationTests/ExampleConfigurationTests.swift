import Checker
import Clinic
import ClinicTime
import Configuration
import Foundation
import Planning
import StrictJSON
import Testing

struct ExampleConfigurationTests {
    private let file: ConfigurationFile
    private var facility: Facility { file.clinic.facility }

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Array(Data(contentsOf: root.appendingPathComponent("config.example.json")))
        file = try readConfiguration(bytes, file: "config.example.json")
    }

    @Test("it is read back as it was written")
    func roundTrip() throws {
        #expect(try ClinicJSON.encode(file.clinic).decode(ClinicJSON.configuration) == file.clinic)
    }

    @Test("it has chairs and beds of three kinds, staff of three roles, a late day and a nurse in training")
    func size() {
        #expect(Set(facility.chairs.map(\.features)).count >= 3)
        #expect(facility.chairs.count >= 6)
        #expect(facility.staff.count >= 8)
        #expect(Set(facility.staff.flatMap(\.roles)).count == 3)
        #expect(facility.staff.contains { $0.capacityPercent == 50 })
        #expect(Set(facility.hours.values.map { $0.map(\.until).max() }).count > 1)
    }

    @Test("it closes on the federal holidays of 2027, observed")
    func holidays() {
        let holidays = [
            "2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-07-05", "2027-09-06",
            "2027-10-11", "2027-11-11", "2027-11-25", "2027-12-24",
        ]
        for holiday in holidays {
            let day = Day(holiday)!
            #expect(facility.closures.contains { $0.from <= day && day <= $0.through && $0.hours == nil }, "\(day)")
        }
    }

    @Test("every regimen begins with one evaluation without rhythm")
    func evaluations() {
        for regimen in facility.regimens {
            let first = regimen.phases[0]
            #expect(first.visit == "evaluation" && first.count == .exactly(1) && !first.rhythm, "\(regimen.id)")
            #expect(!regimen.source.isEmpty, "\(regimen.id)")
        }
    }

    @Test("its course shapes are those of the published ones, in days and visits")
    func shapes() throws {
        let text = facility.regimens.map { regimen in
            ([regimen.id.text] + regimen.phases.dropFirst().map(shape)).joined(separator: "\n  ") + "\n"
        }.joined()
        try Files.expect(text, isGolden: "regimens.txt")
    }

    @Test("every role that a visit asks for is filled, and every feature is had, by someone")
    func fillable() {
        for type in facility.visitTypes {
            for attendant in type.attendants {
                let peak = type.stages.compactMap { $0.load[attendant.label] }.max() ?? 0
                let able = facility.staff.filter { person in
                    person.roles.contains(attendant.role) && person.capacityPercent >= peak
                        && attendant.credentials.isSubset(of: person.credentials.map(\.name))
                }
                #expect(able.count >= 2, "\(type.id) \(attendant.label)")
            }
            #expect(facility.chairs.filter { type.chairFeatures.isSubset(of: $0.features) }.count >= 2, "\(type.id)")
        }
    }

    @Test("someone of every role that is present throughout is on site at every opening minute of a year")
    func presences() {
        let presences = facility.visitTypes.flatMap(\.attendants).filter(\.presence)
        #expect(!presences.isEmpty)
        for number in 0..<366 {
            let day = Day("2026-11-24")! + number
            let openings = (facility.hours[day.weekday] ?? []) + facility.openings.filter { $0.day == day }.map(\.hours)
            for presence in Set(presences) {
                let onDuty = facility.staff.filter { person in
                    person.roles.contains(presence.role)
                        && presence.credentials.allSatisfy { name in
                            person.credentials.contains { $0.name == name && ($0.until.map { day <= $0 } ?? true) }
                        }
                }.flatMap { person in
                    person.shifts.filter { $0.works(on: day) }.flatMap { [$0.hours].subtracting($0.breaks) }
                }
                #expect(openings.subtracting(onDuty).isEmpty, "\(day) \(presence.label)")
            }
        }
    }

    @Test("every regimen finds its places from the day after the present one, and the plans keep every rule")
    func plans() throws {
        let now = try file.zone.local(#require(LocalTime("2026-11-24T08:00")))
        let courses = facility.regimens.map { regimen in
            let ids = Set(regimen.phases.map(\.visit))
            return CourseRequest(
                id: CourseID("course-\(regimen.id)"), patient: PatientID("patient-\(regimen.id)"), regimen: regimen,
                visitTypes: facility.visitTypes.filter { ids.contains($0.id) },
                wish: CourseWish(earliest: now.day + 1))
        }
        let problem = Problem(facility: facility, now: now.minute, today: now.day, courses: courses, mode: .sequence)
        let calendars = file.zone.calendars(from: now.day - 1, through: now.day + 730)
        let answer = try solve(problem, calendars: calendars)
        #expect(answer.refusals.isEmpty)
        #expect(answer.plans.map(\.visits.count).min() ?? 0 >= 6)
        #expect(check(answer, of: problem, calendars: calendars).map(\.message) == [])
        let bytes = writeAnswer(answer, zone: file.zone)
        let read = try readAnswer(bytes, file: "answer.json", to: problem, zone: file.zone)
        #expect(read.answer == answer)
        #expect(read.misstatements.isEmpty)
        #expect(writeAnswer(read.answer, zone: file.zone) == bytes)
    }

    private func shape(_ phase: Phase) -> String {
        let count =
            switch phase.count {
            case .exactly(let count): "\(count)"
            case .between(let least, let most): "\(least) to \(most)"
            case .open: "open"
            }
        var words = ["\(phase.name): \(count) \(phase.visit)"]
        if !phase.gaps.isEmpty { words.append("\(phase.gaps) \(phase.toleranceBefore)/\(phase.toleranceAfter)") }
        if let gap = phase.firstGap { words.append("first \(gap.ideal)/\(gap.minimum)/\(gap.maximum)") }
        if let days = phase.withinDays { words.append("within \(days)") }
        if let days = phase.alarmDays { words.append("alarm \(days)") }
        if let goal = phase.goal { words.append("goal \(goal.days) \(goal.spare)") }
        if let gate = phase.gate {
            words.append("gate \(gate.condition) due \(gate.dueDays) otherwise \(gate.otherwise)")
        }
        if let check = phase.checks.first { words.append("\(check.measure) after \(check.afterVisit)") }
        if let stop = phase.stops { words.append("stops at \(stop.measure) \(stop.atMost)") }
        if let days = phase.reviewEveryDays { words.append("review every \(days)") }
        return words.joined(separator: ", ")
    }
}
