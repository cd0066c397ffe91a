import Checker
import Clinic
package import Planning

/// What must hold whatever has happened, judged by code that shares nothing with what decides.
extension YearSimulation {
    /// Hard rules that the place of some visit breaks although nobody has set them aside; on all days from today on, or
    /// on some.
    package func breaches(on days: Set<Day>? = nil) -> [String] {
        let state = clinic.state
        let calendars = clinic.calendar.calendars
        let all = days.map { $0.sorted() } ?? state.daysWithVisits.filter { $0 >= clinic.today }
        var items: [BookingToCheck] = []
        for day in all {
            guard let clock = calendars[day] else { continue }
            for visit in state.visits(on: day) {
                guard let booking = visit.booking(on: clock), let course = state.course(visit.course) else { continue }
                items.append(BookingToCheck(booking, overrides: excused(visit), request: course.request))
            }
        }
        let setting = Setting(
            facility: state.planningFacility, calendars: calendars, timeOff: state.planningTimeOff,
            outages: state.planningOutages, bookings: [], now: clinic.now.minute, today: clinic.today)
        return checkBookings(items, in: setting).map { "\($0.booking?.text ?? "") \($0.message)" }
    }

    /// The rules that need not hold for a visit: those set aside; and all but the physical ones where it was hit and
    /// could not be mended, where somebody pinned it, and where it is past or under way.
    private func excused(_ visit: Visit) -> Set<Rule> {
        let isPast = visit.place.minute < clinic.now.minute + 60
        let isHit = unmended[visit.id] == visit.place
        guard isPast || isHit || visit.pinned else { return Set(visit.overrides.keys) }
        return Set(Rule.allCases.filter { !$0.isPhysical })
    }

    /// Active courses to which nothing will ever happen again: no visit is to come, no task is open, nothing falls due.
    package func stuckCourses() -> [String] {
        let state = clinic.state
        let far = Instant(minute: clinic.now.minute + 400 * 1440)
        let ahead = due(state, after: clinic.now, through: far, calendars: clinic.calendar.calendars)
        var alive: Set<CourseID> = []
        for alert in ahead {
            switch alert.subject {
            case .course(let id): alive.insert(id)
            case .visit(let id): if let visit = state.visit(id) { alive.insert(visit.course) }
            case .person, .clinic, .patient, .chair: break
            }
        }
        return state.allCourses.filter { course in
            course.status == .active && !alive.contains(course.id) && state.tasks(of: course).isEmpty
                && !state.visits(of: course).contains(where: \.status.isOpen)
        }.map { "\($0.id) is active, and nothing is to come of it" }
    }

    /// Whether the planner's calendar is that of the state.
    package func calendarDiffers(on days: some Sequence<Day>) -> [String] {
        days.compactMap { day in
            guard let clock = clinic.calendar.calendars[day] else { return nil }
            let known = Set(clinic.calendar[day]?.bookings ?? [])
            let asked = Set(clinic.state.bookings(on: [clock]))
            return known == asked ? nil : "\(day): the planner's calendar is not the state's"
        }
    }

    /// The days on which events from one number on have given or taken places.
    package func daysTouched(since event: Int) -> Set<Day> {
        var days: Set<Day> = []
        for recorded in clinic.events[min(event, clinic.events.count)...] {
            if case .course(.booked(let booked)) = recorded.event {
                days.formUnion(booked.visits.map(\.image.place.day))
            }
            for changed in recorded.event.courseChanges { days.formUnion(self.days(of: changed)) }
        }
        return days
    }

    private func days(of changed: CourseChanged) -> [Day] {
        changed.visits.flatMap { change in
            let places = [change.before, change.after].map { $0?.status.occupies ?? false ? $0?.place : nil }
            return places[0] == places[1] ? [] : places.compactMap { $0?.day }
        }
    }
}
