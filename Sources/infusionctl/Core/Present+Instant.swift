import ClinicTime
import Wire

extension Present {
    /// The moment that was said, by the clock of the clinic.
    ///
    /// - Throws: that it is not understood, or that the clock never shows it.
    func instant(_ text: String) throws -> ZonedInstant {
        if let instant = ZonedInstant(text) { return instant }
        let status = try status()
        if text.lowercased() == "now" { return status.now }
        guard let (day, clock) = SpokenTime.dayAndClock(text, today: status.today), let clock else {
            throw Failure.usage(
                "\(JSONText.quoted(text)) is no time", hint: "say now, tomorrow 9:00 or 2026-03-02T09:00")
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
