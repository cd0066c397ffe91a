package import Clinic
package import Planning

extension LivingClinic {
    /// A clinic that comes into being at an instant, on days that reach as far as anybody will plan.
    package init(_ configuration: ClinicConfiguration, calendars: DayCalendars, now: Instant) {
        self.init(
            ClinicState(), calendar: PlanningCalendar(facility: Facility(), calendars: calendars), now: now)
        take(.configuration(.adopt(configuration)))
    }

    /// Takes a command; what comes of it.
    @discardableResult
    package mutating func take(_ command: Command) -> Decision { longEnough(try attempt(command)) }
}
