import Checker
import Clinic
import ClinicTime
import Planning
import StrictJSON
import Testing

@testable import Configuration

struct ExportFileTests {
    private static let monday = Day("2026-11-02")!

    private static func place(_ day: Day, _ clock: Int, isLater: Bool = false, minute: Int) -> Place {
        Place(
            start: PromisedTime(day: day, clock: clock, isLater: isLater), minute: minute, chair: "chair-1",
            persons: ["rn-1"],
            handovers: [Handover(label: "nurse", person: "md-1", stretch: Interval(15, 40))])
    }

    /// An export with something in every field.
    static func export() throws -> ExportFile {
        let problem = try readProblem(Files.problem().bytes(), file: "problem.json")
        let facility = problem.problem.facility
        var export = ClinicExport(
            at: Instant(seconds: monday.number * 86_400 + 5 * 3600 + 7), lastEvent: 12,
            configuration: ClinicConfiguration(facility: facility))
        export.retired = Retired(
            chairs: [Chair(id: "chair-old", features: ["bed"])],
            staff: [Person(id: "rn-old", name: "Nurse Old", roles: ["nurse"])])
        export.closures = [
            DatedClosure(id: "k1", closure: Closure(from: monday + 3, through: monday + 4)),
            DatedClosure(id: "k2", closure: Closure(from: monday, through: monday, hours: Interval(720, 1440))),
        ]
        export.openings = [DatedOpening(id: "x1", opening: Opening(day: monday + 5, hours: Interval(540, 780)))]
        export.shifts = [
            DatedShift(id: "s1", shift: ExtraShift(person: "md-1", day: monday + 5, hours: Interval(540, 780)))
        ]
        let noon = monday.number * 1440 + 300 + 720
        export.absences = [Absence(id: "t1", timeOff: TimeOff(person: "rn-1", interval: Interval(noon, noon + 60)))]
        export.outages = [ChairOutage(id: "o1", outage: Outage(chair: "chair-1", interval: Interval(noon, noon + 30)))]
        export.patients = [
            ListedPatient(
                id: "p1", details: PatientDetails(record: "MRN 1", name: "Ana \"Ö\"", phone: "1", note: "a, b")),
            ListedPatient(id: "p2", details: PatientDetails(record: "MRN 2"), standing: .closed(.moved)),
            ListedPatient(id: "p3", details: PatientDetails(record: "MRN 3"), standing: .merged(into: "p1")),
        ]
        let wish = problem.problem.courses[0]
        let template = Template(id: "r1", regimen: wish.regimen, visitTypes: wish.visitTypes)
        var changed = wish.regimen
        changed.phases[1].gapChanges = [
            GapChange(from: monday + 20, gaps: [7, 4], toleranceBefore: 1, toleranceAfter: 3),
            GapChange(from: monday + 40, gaps: [14], toleranceBefore: 0, toleranceAfter: 0),
        ]
        export.templates = [
            template, Template(id: "r2", regimen: changed, visitTypes: wish.visitTypes, derivedFrom: "r1"),
        ]
        var progress = CourseProgress()
        progress.assessments = [Assessment(measure: "PHQ-9", score: 17, at: Instant(seconds: 1_790_000_001))]
        progress.openGates = Set(wish.regimen.phases.prefix(1).map(\.name))
        progress.prerequisites = [PrerequisiteDone(name: "consent", day: monday, visit: "v1")]
        progress.doneTasks = ["v1/monitoring form"]
        progress.adoptedFrom = CourseProgress.Adopted(
            phase: wish.regimen.phases[0].name, given: 1, lastDay: monday - 3)
        progress.heldUntil = Instant(seconds: 1_800_000_000)
        let course = CourseWish(
            earliest: wish.wish.earliest, startWithinDays: 21, availability: wish.wish.availability,
            blackoutDays: [monday + 9], preferred: wish.wish.preferred, usual: 600, features: wish.wish.features,
            preferredPerson: "rn-1", requiresAuthorisation: true, authorisations: wish.wish.authorisations,
            endDay: monday + 300)
        export.courses = [
            ListedCourse(
                id: "c1", patient: "p1",
                image: CourseImage(
                    template: "r2", wish: course, status: .onHold, usual: 615, progress: progress),
                bookedAt: Instant(seconds: 1_780_000_000), payer: "a payer")
        ]
        let statuses: [VisitStatus] = [
            .tentative, .confirmed, .arrived, .inProgress(stage: 1), .completed(.partial), .noShow,
            .notTreated(.vitals),
            .cancelled(.late, .weather), .omitted,
        ]
        let type = wish.visitTypes[1]
        func heard(_ index: Int, _ day: Day) -> Heard? {
            let other = PromisedTime(day: day + 1, clock: 545)
            let own = PromisedTime(day: day, clock: 600)
            let all: [Heard?] = [
                .at(other), .at(own), .at(own), .unsure(nil), nil, .calledOff, .unsure(other), .calledOff, .at(own),
            ]
            return all[index]
        }
        func former(_ day: Day) -> [FormerPatient] {
            [
                FormerPatient(
                    patient: "p2", heard: .at(PromisedTime(day: day, clock: 600)),
                    calls: [Fact(.called, at: Instant(seconds: 1_790_000_063), detail: "messageLeft")]),
                FormerPatient(patient: "p3", heard: .unsure(nil)),
            ]
        }
        export.visits = statuses.enumerated().map { index, status in
            let day = monday + index
            return ListedVisit(
                id: VisitID("v\(index + 1)"), course: "c1",
                image: VisitImage(
                    number: index + 1, phase: wish.regimen.phases[1].name, visitType: type.id, status: status,
                    place: place(day, 600, minute: day.number * 1440 + 300 + 600), heard: heard(index, day),
                    pinned: index == 1,
                    overrides: index == 2 ? [.gap: .clinical, .openingHours: .staffing] : [:],
                    terms: {
                        var terms = CostTerms(); terms[.gap] = 20; return terms
                    }(),
                    isForgone: index == 8, isTakenBack: index == 8,
                    facts: [
                        Fact(.arrived, at: Instant(seconds: 1_790_000_000)),
                        Fact(.stageBegun, at: Instant(seconds: 1_790_000_060), number: 1, detail: nil),
                        Fact(.checkMet, at: Instant(seconds: 1_790_000_061), detail: "blood pressure"),
                        Fact(.called, at: Instant(seconds: 1_790_000_062), number: 29_833_333, detail: "reached"),
                    ], latestDay: index < 2 ? day + index : nil, asked: [.itself, nil, .along][index % 3],
                    formerPatients: index == 0 ? former(day) : []))
        }
        return ExportFile(export: export, zone: problem.zone)
    }

    private static func withoutLines(_ export: ClinicExport) -> ClinicExport {
        var plain = export
        for index in plain.patients.indices { plain.patients[index].line = 0 }
        for index in plain.courses.indices { plain.courses[index].line = 0 }
        for index in plain.visits.indices { plain.visits[index].line = 0 }
        return plain
    }

    @Test("an export is read back as it was written, whatever stands in it")
    func roundTrip() throws {
        let file = try Self.export()
        let text = ExportText.text(of: file.export, zone: file.zone)
        let read = try readExport(Array(text.utf8), file: "export.json")
        #expect(Self.withoutLines(read.export) == file.export)
        #expect(ExportText.text(of: read.export, zone: read.zone) == text)
    }

    @Test("what the socket takes at most is read back, and so is what only courses and their visits have")
    func extremes() throws {
        var file = try Self.export()
        let listed = file.export.courses[0]
        var (wish, progress) = (listed.image.wish, listed.image.progress)
        wish.authorisations = [0, 10_000].map { visits in
            Authorisation(
                number: "A-\(visits)", status: .approved, visits: visits,
                visitTypes: [file.export.visits[0].image.visitType], from: Self.monday, through: Self.monday + 30)
        }
        progress.adoptedFrom = progress.adoptedFrom.map {
            CourseProgress.Adopted(phase: $0.phase, given: 1_000, lastDay: $0.lastDay)
        }
        file.export.courses[0] = ListedCourse(
            id: listed.id, patient: listed.patient,
            image: CourseImage(
                template: listed.image.template, wish: wish, status: listed.image.status, usual: listed.image.usual,
                progress: progress), bookedAt: listed.bookedAt, payer: listed.payer)
        let template = file.export.templates[1]
        var regimen = template.regimen
        regimen.phases[1].change(gaps: [7], before: 1, after: 2, from: Self.monday + 9)
        file.export.templates[1] = Template(
            id: template.id, regimen: regimen, visitTypes: template.visitTypes, derivedFrom: template.derivedFrom)
        file.export.visits[0].image.latestDay = Self.monday + 7
        file.export.visits[0].image.asked = .along
        let text = ExportText.text(of: file.export, zone: file.zone)
        #expect(try Self.withoutLines(readExport(Array(text.utf8), file: "export.json").export) == file.export)
    }

    @Test("patients, courses and visits know the line on which they stand")
    func lines() throws {
        let file = try Self.export()
        let text = ExportText.text(of: file.export, zone: file.zone)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let read = try readExport(Array(text.utf8), file: "export.json").export
        for patient in read.patients { #expect(lines[patient.line - 1].hasPrefix(#"{"id":"\#(patient.id)""#)) }
        for course in read.courses { #expect(lines[course.line - 1].hasPrefix(#"{"id":"\#(course.id)""#)) }
        for visit in read.visits { #expect(lines[visit.line - 1].hasPrefix(#"{"id":"\#(visit.id)""#)) }
    }

    @Test(
        "a visit in the hour that the clock shows twice keeps which of the two was promised", arguments: [false, true])
    func repeatedHour(isLater: Bool) throws {
        var file = try Self.export()
        // On 1 November 2026 the clocks of New York show 01:30 at 05:30Z and at 06:30Z.
        let day = Day("2026-11-01")!
        let minute = day.number * 1440 + (isLater ? 390 : 330)
        file.export.visits = [file.export.visits[0]]
        file.export.visits[0].image.place = Self.place(day, 90, isLater: isLater, minute: minute)
        let text = ExportText.text(of: file.export, zone: file.zone)
        let read = try readExport(Array(text.utf8), file: "export.json").export
        #expect(read.visits[0].image.place == file.export.visits[0].image.place)
        #expect(text.contains("2026-11-01T01:30-05:00") == isLater)
    }

    static let wrongs: [(change: (from: String, to: String), path: String, message: String)] = [
        ((#""infusion-export/1""#, #""infusion-export/9""#), "format", "expected \"infusion-export/1\""),
        ((#""template":"r2""#, #""template":"r9""#), "courses[0].template", "unknown template \"r9\""),
        ((#""patient":"p1""#, #""patient":"p7""#), "courses[0].asked", "unknown patient \"p7\""),
        ((#""status":"noShow""#, #""status":"noshow""#), "visits[5].status", "expected one of"),
        ((#""notice":"late","#, ""), "visits[7].notice", "expected"),
        ((#""id":"v2""#, #""id":"v1""#), "visits[1].id", "visit \"v1\" is declared twice"),
        ((#""recordNumber":"MRN 2""#, #""recordNumber":"MRN 1""#), "patients[1].recordNumber", "declared twice"),
        (
            (#""label":"nurse","person":"md-1""#, #""label":"nurse","person":"rn-7""#), "visits[0].covers[0].person",
            "unknown person"
        ),
        (
            (#""note":"a, b""#, #""note":"a\nb""#), "patients[0].note",
            "expected one line of plain text, found a line break U+000A at character 2"
        ),
        ((#""pinned":true"#, #""pined":true"#), "visits[1].pined", "unknown key"),
        ((#""asked":"along""#, #""asked":"aside""#), "visits[2].asked", "expected one of"),
        (
            (#""from":"2026-12-12""#, #""from":"2026-11-22""#), "templates[1].regimen.phases[1].gapChanges",
            "2026-11-22 does not come after 2026-11-22"
        ),
    ]

    @Test("what is wrong is told by path and line", arguments: wrongs.indices)
    func problems(index: Int) throws {
        let wrong = Self.wrongs[index]
        let file = try Self.export()
        let text = ExportText.text(of: file.export, zone: file.zone)
        let range = try #require(text.firstRange(of: wrong.change.from))
        let broken = text.replacingCharacters(in: range, with: wrong.change.to)
        let error = #expect(throws: ConfigurationError.self) { try readExport(Array(broken.utf8), file: "e") }
        let found = error?.problems.first { $0.path == wrong.path }
        #expect(found?.message.contains(wrong.message) == true, "\(error?.description ?? "")")
        #expect(found?.position != nil)
    }

    @Test("the bookings of an export are those that occupy, and the checker names each rule that one breaks")
    func checking() throws {
        var file = try Self.export()
        let all = file.bookings
        #expect(all.items.map(\.booking.id) == ["v1", "v2", "v3", "v4", "v5"])
        #expect(all.items.map(\.booking.confirmed) == [false, true, true, true, true])
        // The third has begun: policy about its place is asked no more, physical rules and the authorisation are.
        #expect(all.items[0].overrides == [])
        #expect(
            all.items[2].overrides
                == Set(Rule.allCases).subtracting([.chairFree, .attendantCapacity, .authorisation]))
        // A second visit on the same chair at the same time.
        file.export.visits = [file.export.visits[1], file.export.visits[1]]
        file.export.visits[1].id = "v99"
        let export = file.bookings
        let setting = Setting(
            facility: export.facility, calendars: export.calendars, timeOff: export.timeOff, outages: export.outages,
            now: export.now, today: export.today)
        let items = export.items.map { BookingToCheck($0.booking, overrides: $0.overrides, request: $0.request) }
        let found = checkBookings(items, in: setting)
        #expect(found.contains { $0.booking == "v99" && $0.what == .rule(.chairFree) })
        #expect(found.contains { $0.booking == "v99" && $0.what == .rule(.oneVisitADay) })
        #expect(checkBookings(items, in: setting, from: Self.monday + 2) == [])
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        var copy = self
        copy.replaceSubrange(range, with: text)
        return copy
    }
}
