import ClinicTime
import Planning
import StrictJSON
import Wire

extension DayParser {
    /// The moment at the clinic that was said and that has passed: an instant, or a day with a time. A weekday is the
    /// last such day, today included; a date without a year is the last such date.
    ///
    /// - Parameter isEnd: whether a day without a time means its end; otherwise it means its beginning.
    /// - Throws: that it is not understood.
    func moment(_ text: String, isEnd: Bool = false) throws -> ZonedInstant {
        if let instant = ZonedInstant(text) { return instant }
        let status = try status()
        guard let (day, clock) = DayParser.lastDayAndClock(text, today: status.today) else {
            throw Failure.usage(
                "\(JSONOutput.quoted(text)) is no moment", hint: "say yesterday, mon 9:00 or 2026-03-02T09:00")
        }
        if isEnd, clock == nil, day == status.today { return status.now }
        let zone: ClinicZone
        do {
            zone = try ClinicZone(named: status.timeZone)
        } catch {
            throw Failure.failed("time zone \(status.timeZone): \(error)")
        }
        do {
            let moment = try zone.local(LocalTime(day: clock == nil && isEnd ? day + 1 : day, clock: clock ?? 0))
            return ZonedInstant(minute: moment.minute, offset: moment.offsetMinutes)
        } catch {
            throw Failure.usage(error.message, hint: error.hint)
        }
    }

    /// A day and a time as people say them of what is past. What is not found behind today is as it is said.
    static func lastDayAndClock(_ text: String, today: Day) -> (day: Day, clock: Int?)? {
        guard let said = SpokenTime.dayAndClock(text, today: today), said.day > today else {
            return SpokenTime.dayAndClock(text, today: today)
        }
        let word = text.lowercased().split(separator: " ").first.map(String.init) ?? ""
        if ["tomorrow", "next", "in"].contains(word) || word.hasPrefix("+") { return said }
        for back in [6, 365] {
            if let past = SpokenTime.dayAndClock(text, today: today - back), past.day <= today { return past }
        }
        return said
    }
}
