import Planning
import Wire

/// What the demonstration's patients wish for: the same for the same number, always.
struct DemoWishes {
    private let number: Int

    /// The wishes of a patient, from 0.
    init(number: Int) { self.number = number }

    /// A course with the patient's wishes.
    func course(_ patient: String, _ regimen: String, today: Day) -> CourseRequestMessage {
        var asked = self.patient(patient, regimen, today: today)
        asked.availability = DemoWishes.availability[number * 5 % DemoWishes.availability.count]
        asked.preferred = DemoWishes.preferred[number * 3 % DemoWishes.preferred.count]
        if number % 8 != 0 { asked.usual = ClockTime(minutes: 540 + number % 13 * 30) }
        if number % 6 == 2 { asked.blackoutDays = [today + (9 + number % 7)] }
        return asked
    }

    /// A course without wishes.
    func patient(_ patient: String, _ regimen: String, today: Day) -> CourseRequestMessage {
        CourseRequestMessage(patient: patient, regimen: regimen, earliest: today + (1 + number * 3 % 8))
    }

    private static let workdays: Set<Weekday> = [.mon, .tue, .wed, .thu, .fri]

    private static let availability: [[WeekWindow]?] = [
        nil, [window(workdays, 8, 13)], nil, [window(workdays, 11, 18)], [window([.mon, .wed, .thu, .fri], 8, 18)], nil,
        [window(workdays, 9, 16)],
    ]

    private static let preferred: [[WeekWindow]?] = [
        nil, [window(workdays, 9, 12)], [window([.mon, .wed, .fri], 8, 18)], [window(workdays, 13, 17)], nil,
    ]

    /// Hours of patients who can hardly come.
    static let narrow = [
        window([.mon, .wed, .fri], 9, 11), window([.tue, .thu], 9, 12), window([.mon, .thu], 9, 16),
        window([.fri], 9, 12),
    ]

    private static func window(_ days: Set<Weekday>, _ from: Int, _ until: Int) -> WeekWindow {
        WeekWindow(days: days, hours: Interval(from * 60, until * 60))
    }
}
