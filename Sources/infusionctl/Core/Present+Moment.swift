import ClinicTime
import Planning
import StrictJSON
import Wire

extension Present {
    /// The moment at the clinic that was said: an instant, or a day with a time.
    ///
    /// - Parameter isEnd: whether a day without a time means its end; otherwise it means its beginning.
    /// - Throws: that it is not understood.
    func moment(_ text: String, isEnd: Bool = false) throws -> ZonedInstant {
        if let instant = ZonedInstant(text) { return instant }
        let status = try status()
        guard let (day, clock) = SpokenTime.dayAndClock(text, today: status.today) else {
            throw Failure.usage(
                "\(JSONText.quoted(text)) is no moment", hint: "say yesterday, mon 9:00 or 2026-03-02T09:00")
        }
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
}
