internal import Clinic
internal import ClinicTime
package import Planning

/// The bookings of an export with all that the hard rules ask about.
package struct BookingsOfExport: Sendable {
    /// A visit that occupies its place.
    package struct Item: Sendable {
        /// The visit in the planner's terms.
        package let booking: Booking
        /// Rules that were set aside for it.
        package let overrides: Set<Rule>
        package let request: CourseRequest
    }

    /// The clinic as it is planned on; retired chairs and persons stand last, out of service and off duty.
    package let facility: Facility
    package let timeOff: [TimeOff]
    /// Chairs out of service.
    package let outages: [Outage]
    /// The moment of the export, minutes since 1970-01-01T00:00Z.
    package let now: Int
    /// Its civil day at the clinic.
    package let today: Day
    /// The calendar of every day concerned and of the days beside it.
    package let calendars: DayCalendars
    /// The visits, in the order of the file.
    package let items: [Item]
}

extension ExportFile {
    /// The visits that occupy their places, for the checker of bookings.
    package var bookings: BookingsOfExport {
        let state = export.frame
        let templates = Dictionary(export.templates.map { ($0.id, $0) }) { first, _ in first }
        let courses = Dictionary(export.courses.map { ($0.id, $0) }) { first, _ in first }
        let today = zone.day(at: export.at.minute)
        let days = export.visits.map(\.image.place.day) + [today]
        let calendars = zone.calendars(from: (days.min() ?? today) - 1, through: (days.max() ?? today) + 1)
        let items = export.visits.compactMap { visit -> BookingsOfExport.Item? in
            guard visit.image.status.occupies, let course = courses[visit.course],
                let template = templates[course.image.template], let type = template.visitType(visit.image.visitType),
                let day = calendars[visit.image.place.day]
            else { return nil }
            let booking = Booking(
                id: visit.id, patient: course.patient, visitType: type, placement: visit.image.place.placement(on: day),
                confirmed: visit.image.status != .tentative)
            return BookingsOfExport.Item(
                booking: booking, overrides: visit.image.overridden,
                request: CourseRequest(
                    id: course.id, patient: course.patient, regimen: template.regimen,
                    visitTypes: template.visitTypes, wish: course.image.wish))
        }
        return BookingsOfExport(
            facility: state.planningFacility, timeOff: state.planningTimeOff, outages: state.planningOutages,
            now: export.at.minute, today: today, calendars: calendars, items: items)
    }
}

extension VisitImage {
    /// Rules that are not asked of it: those set aside, and once it has begun all about its place that are policy. Who
    /// is here was agreed with before, whatever has been wished or configured since.
    fileprivate var overridden: Set<Rule> {
        let setAside = Set(overrides.keys)
        switch status {
        case .arrived, .inProgress, .completed:
            return setAside.union(Rule.allCases.filter { !$0.isPhysical && $0 != .authorisation })
        case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted: return setAside
        }
    }
}

extension ClinicExport {
    /// The clinic without patients, courses and visits.
    fileprivate var frame: ClinicState {
        var frame = ClinicTables()
        frame.configuration = configuration
        frame.retired = retired
        frame.absences = absences
        frame.outages = outages
        frame.shifts = shifts
        frame.closures = closures
        frame.openings = openings
        return ClinicState(frame)
    }
}
