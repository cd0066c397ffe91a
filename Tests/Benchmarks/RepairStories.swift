import Clinic
import ClinicTime
import Configuration
import Foundation
import Planning
import TestSupport

/// `infusionbench repair --stories`: the broken days of three of the stories in `Tests/EndToEndTests/Week`, as they are
/// told there.
func repairStories(budget: Int?) throws {
    let path = "Tests/EndToEndTests/Week/clinic.json"
    guard let bytes = FileManager.default.contents(atPath: path) else {
        print("\(path) is not there: run it in the project's folder")
        return
    }
    let configuration = try readConfiguration([UInt8](bytes), file: path)
    let stories: [(String, (Telling) -> Day?)] = [
        ("nurse-ill", nurseIll), ("provider-holiday", providerHoliday), ("added-saturday", addedSaturday),
    ]
    for (name, story) in stories {
        let telling = Telling(
            ClinicConfiguration(facility: configuration.clinic.facility),
            zone: try ClinicZone(named: configuration.clinic.facility.timeZone))
        let day = story(telling)
        let clinic = telling.clinic
        let clock = ContinuousClock()
        var result: ScheduleChangeResult?
        let taken = try clock.measure {
            result =
                try budget.map {
                    try proposeRepair(
                        day: day, state: clinic.state, calendar: clinic.calendar, now: clinic.now, budget: $0)
                } ?? proposeRepair(day: day, state: clinic.state, calendar: clinic.calendar, now: clinic.now)
        }
        guard case .found(let found)? = result else { continue }
        print(
            "  \(name): \(found.moves.count) changed, \(found.moves.count(where: \.changesTime)) of these in time, "
                + "proven: \(found.proof?.rawValue ?? ""), "
                + "\(taken.components.attoseconds / 1_000_000_000_000_000) ms")
    }
}

/// A story on its way.
private final class Telling {
    var clinic: LivingClinic
    private let zone: ClinicZone

    init(_ configuration: ClinicConfiguration, zone: ClinicZone) {
        self.zone = zone
        let days = zone.calendars(from: Telling.first - 14, through: Telling.first + 400)
        clinic = LivingClinic(configuration, calendars: days, now: Instant(minute: Telling.first.number * 1440 - 600))
        for number in 1...9 { clinic.take(.patient(.add(PatientDetails(record: "MRN-\(number)")))) }
    }

    /// Monday, 2 March 2026.
    static let first = Day(year: 2026, month: 3, day: 2)!

    func book(
        _ patient: Int, _ regimen: RegimenID, earliest: Int, within: Int = 14, until: Int? = nil,
        hours: Interval? = nil, days: Set<Weekday> = Set(Weekday.allCases)
    ) {
        let wish = CourseWish(
            earliest: Telling.first + earliest, startWithinDays: within,
            availability: hours.map { [WeekWindow(days: days, hours: $0)] } ?? [],
            endDay: until.map { Telling.first + $0 })
        clinic.take(.course(.book(CourseOrder(patient: PatientID("p\(patient)"), regimen: regimen, wish: wish))))
    }

    /// Minutes since 1970 UTC of a time by the clinic's clock.
    func minute(_ day: Int, _ clock: Int) -> Int {
        let calendar = zone.calendars(from: Telling.first + day, through: Telling.first + day)
        let board = calendar.days[0]
        return board.firstMinute + (board.elapsed(showing: clock).first ?? clock)
    }
}

private func nurseIll(_ telling: Telling) -> Day? {
    telling.clinic.pass(to: Instant(minute: telling.minute(1, 720)))
    for patient in 1...2 {
        telling.book(patient, "booster", earliest: 7, within: 0, until: 8, hours: Interval(480, 600))
    }
    for patient in 3...4 {
        telling.book(patient, "booster", earliest: 7, within: 0, until: 8, hours: Interval(585, 720))
    }
    for patient in 5...7 { telling.book(patient, "booster", earliest: 7, within: 0, until: 8) }
    telling.book(8, "booster", earliest: 7, within: 0, until: 29)
    telling.book(9, "booster", earliest: 7, within: 1, until: 29, hours: Interval(900, 1020))
    for visit in 1...7 { telling.clinic.take(.visit(.order(VisitID("v\(visit)"), .confirm, .other))) }
    telling.clinic.pass(to: Instant(minute: telling.minute(7, 470)))
    let off = Interval(telling.minute(7, 0), telling.minute(8, 0))
    telling.clinic.take(.availability(.addTimeOff(TimeOff(person: "rn-2", interval: off))))
    return Telling.first + 7
}

private func providerHoliday(_ telling: Telling) -> Day? {
    telling.clinic.pass(to: Instant(minute: telling.minute(0, 540)))
    telling.book(1, "iv-induction", earliest: 2)
    telling.book(2, "iv-induction", earliest: 0, hours: Interval(480, 900), days: [.mon, .wed, .fri])
    telling.book(3, "esketamine", earliest: 1)
    let off = Interval(telling.minute(21, 0), telling.minute(33, 0))
    telling.clinic.take(.availability(.addTimeOff(TimeOff(person: "md-1", interval: off))))
    return nil
}

private func addedSaturday(_ telling: Telling) -> Day? {
    telling.clinic.pass(to: Instant(minute: telling.minute(0, 540)))
    telling.book(1, "booster", earliest: 3, within: 2, until: 5)
    telling.book(2, "iv-induction", earliest: 2)
    telling.clinic.take(.availability(.addClosure(Closure(from: Telling.first + 1, through: Telling.first + 4))))
    return nil
}
