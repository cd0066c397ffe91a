package import ClinicTime
package import Planning
package import StrictJSON

extension ClinicJSON {
    /// A problem as its file has it. Local times are those of `zone`.
    package static func encode(_ problem: Problem, zone: ClinicZone) -> JSONValue {
        let stretch = { (interval: Interval) -> [(String, JSONValue?)] in
            [
                ("from", .string(zone.localText(at: interval.from))),
                ("until", .string(zone.localText(at: interval.until))),
            ]
        }
        let timeOff = problem.timeOff.map { object([("person", .string($0.person.text))] + stretch($0.interval)) }
        let outages = problem.outages.map { object([("chair", .string($0.chair.text))] + stretch($0.interval)) }
        return object(
            [("format", "infusion-problem/1"), ("now", .string(zone.localText(at: problem.now)))]
                + sections(problem.facility) + [
                    ("timeOff", list(timeOff)), ("outOfService", list(outages)),
                    ("bookings", list(problem.bookings.map { encode($0, zone: zone) })),
                    ("courses", .array(problem.courses.map(encode))), ("mode", .string(problem.mode.rawValue)),
                ])
    }

    /// A booking as problem files have it. Local times are those of `zone`.
    package static func encode(_ booking: Booking, zone: ClinicZone) -> JSONValue {
        let placement = booking.placement
        return object([
            ("id", .string(booking.id.text)), ("patient", .string(booking.patient.text)),
            ("visit", .string(booking.visitType.id.text)),
            ("start", .string(zone.localText(day: placement.day, elapsed: placement.start))),
            ("chair", .string(placement.chair.text)), ("attendants", attendants(placement, of: booking.visitType)),
            ("covers", covers(placement, zone: zone)), ("status", booking.confirmed ? "confirmed" : "tentative"),
        ])
    }
}
