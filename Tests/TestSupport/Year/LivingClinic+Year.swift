package import Clinic
// The dice, the agenda and the clinic that lives are the product's own: who imports this has them too.
@_exported public import Forecast
package import Planning

extension LivingClinic {
    /// A clinic that comes into being at an instant, on days that reach as far as anybody will plan.
    package init(
        _ configuration: ClinicConfiguration, calendars: DayCalendars, now: Instant, explains: Bool = true
    ) {
        self.init(
            ClinicState(), calendar: PlanningCalendar(facility: Facility(), calendars: calendars), now: now,
            explains: explains)
        take(.configuration(.adopt(configuration)))
    }

    /// Takes a command; what comes of it.
    @discardableResult
    package mutating func take(_ command: Command) -> Decision { longEnough(try attempt(command)) }
}
