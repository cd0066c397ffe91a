import ClinicTime
import Planning
import Wire

extension DayParser {
    /// An instant that a text names, as RFC 3339 or as people say it, by the clinic's clock: 9:05, tomorrow 9:00.
    ///
    /// - Throws: that it is not understood, or does not exist on the clinic's clock.
    func instant(
        _ text: String, hint: String = "say now, 9:05, yesterday 14:30 or 2026-03-02T09:05"
    ) throws -> ZonedInstant {
        try instant(text, hint: hint, SpokenTime.dayAndClock)
    }

    /// The instant of something that has happened: as `instant`, but a weekday is the last such day, today included.
    func pastInstant(_ text: String) throws -> ZonedInstant {
        try instant(
            text, hint: "say now, 9:05, yesterday 14:30, mon 9:05 or 2026-03-02T09:05", DayParser.lastDayAndClock)
    }

    private func instant(
        _ text: String, hint: String, _ understood: (String, Day) -> (day: Day, clock: Int?)?
    ) throws -> ZonedInstant {
        if let instant = ZonedInstant(text) { return instant }
        let status = try status()
        if text.lowercased() == "now" { return status.now }
        guard let (day, clock) = understood(text, status.today), let clock else {
            throw Failure.usage("\(JSONOutput.quoted(text)) is no time", hint: hint)
        }
        let zone: ClinicZone
        do {
            zone = try ClinicZone(named: status.timeZone)
        } catch {
            throw Failure.failed("time zone \(status.timeZone): \(error)")
        }
        do {
            let moment = try zone.local(LocalTime(day: day, clock: clock))
            return ZonedInstant(minute: moment.minute, offset: moment.offsetMinutes)
        } catch {
            throw Failure.usage(error.message, hint: error.hint)
        }
    }
}
