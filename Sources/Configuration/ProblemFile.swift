package import ClinicTime
package import Planning
internal import StrictJSON

/// What a problem file says (docs/contract/formats.md section 2).
package struct ProblemFile: Sendable {
    package var problem: Problem
    /// The clinic's time zone, read from the system's tzdata.
    package var zone: ClinicZone
}

/// Reads a problem file. Time zones come from `zones`, the directory of the system's tzdata.
///
/// - Throws: everything that is wrong with it.
package func readProblem(
    _ bytes: [UInt8], file: String, zones: String = "/usr/share/zoneinfo"
) throws(ConfigurationError) -> ProblemFile {
    try decode(bytes, file: file) { reader in
        reader.object { fields in
            _ = fields.value("format") { $0.format("infusion-problem/1") }
            let sections = FacilitySections(zones: zones)
            let facility = sections.read(fields)
            let reading = ProblemReading(
                sections: sections, startWithinDays: facility?.planning.startWithinDays ?? 14, zone: sections.zone)
            let now = fields.value("now") { $0.moment(in: sections.zone) }
            let timeOff = fields.array("timeOff", default: [], of: reading.timeOff)
            let outages = fields.array("outOfService", default: [], of: reading.outage)
            let bookings = fields.array("bookings", default: [], of: reading.booking)
            let courses = fields.array("courses", of: reading.course)
            let mode = fields.choice("mode", default: Problem.Mode.each)
            guard let facility, let zone = sections.zone, let now, let courses else { return nil }
            checkFeatures(of: courses, facility, at: fields)
            if mode == .batch { checkPrices(of: courses, facility.planning.weights, at: fields) }
            let problem = Problem(
                facility: facility, now: now.minute, today: now.day, timeOff: timeOff, outages: outages,
                bookings: bookings, courses: courses, mode: mode)
            return ProblemFile(problem: problem, zone: zone)
        }
    }
}

/// Extra features are asked of the visits that some chair can serve with them; there must be such a visit.
private func checkFeatures(of courses: [CourseRequest], _ facility: Facility, at fields: JSONFields) {
    for course in courses {
        let missing = course.missingFeatures(in: facility).sorted()
        if missing.isEmpty { continue }
        let names = missing.map { quote($0) }.joined(separator: ", ")
        let known = facility.chairs.flatMap { $0.features.sorted() }
        fields.problem(
            "courses", "course \(course.id) asks for \(names), and no chair that serves one of its visits has that",
            hint: missing.count == 1
                ? closest(to: missing[0], among: known).map { "did you mean \(quote($0))?" } : nil)
    }
}

/// Courses are placed together only by prices that the search for that can hold.
private func checkPrices(of courses: [CourseRequest], _ weights: Weights, at fields: JSONFields) {
    for course in courses {
        let price = dearestPrice(of: course, weights: weights)
        guard price > batchPriceMaximum else { continue }
        fields.problem(
            "mode", "a visit of course \(course.id) could cost \(price), in mode batch at most \(batchPriceMaximum)",
            hint: "lower planning.weights, or take the mode each or sequence")
    }
}

/// How the sections of a problem file are read that a configuration does not have.
private struct ProblemReading {
    let sections: FacilitySections
    let startWithinDays: Int
    let zone: ClinicZone?
    private let bookings = DeclaredNames("booking")
    private let courses = DeclaredNames("course")

    init(sections: FacilitySections, startWithinDays: Int, zone: ClinicZone?) {
        self.sections = sections
        self.startWithinDays = startWithinDays
        self.zone = zone
    }

    func timeOff(_ reader: JSONReader) -> TimeOff? {
        reader.object { fields in
            let person: PersonID? = fields.value("person", sections.persons.reference)
            let stretch = fields.stretch(in: zone)
            guard let person, let stretch else { return nil }
            return TimeOff(person: person, interval: stretch)
        }
    }

    func outage(_ reader: JSONReader) -> Outage? {
        reader.object { fields in
            let chair: ChairID? = fields.value("chair", sections.chairs.reference)
            let stretch = fields.stretch(in: zone)
            guard let chair, let stretch else { return nil }
            return Outage(chair: chair, interval: stretch)
        }
    }

    func booking(_ reader: JSONReader) -> Booking? {
        reader.object { fields in
            let id: VisitID? = fields.value("id", bookings.declaration)
            let patient: PatientID? = fields.value("patient") { $0.id() }
            let typeID: VisitTypeID? = fields.value("visit", sections.visitTypes.reference)
            let type = typeID.flatMap { sections.readVisitTypes[$0] }
            let start = fields.value("start") { $0.moment(in: zone) }
            let chair: ChairID? = fields.value("chair", sections.chairs.reference)
            let persons = fields.value("attendants") { reader in
                readPersons(reader, of: type, person: sections.persons.reference)
            }
            let covers = fields.array("covers", default: []) { reader -> Cover? in
                let cover = readCover(
                    reader, of: type, start: start, zone: zone, person: sections.persons.reference)
                if let cover, let type, let start {
                    let stretch = cover.interval.shifted(by: -start.elapsed)
                    if !Interval(0, type.length).contains(stretch) {
                        reader.problem(coverOutside(stretch, Interval(0, type.length)))
                    }
                }
                return cover
            }
            let status = fields.value("status") { $0.choice(among: ["tentative", "confirmed"]) }
            guard let id, let patient, let type, let start, let chair, let persons, let status else { return nil }
            let length = (zone ?? .utc).calendar(of: start.day).length
            if start.elapsed + type.length > length {
                fields.problem("start", "a visit of \(type.length) minutes does not end on the day it starts")
            }
            let placement = Placement(
                day: start.day, start: start.elapsed, chair: chair, persons: persons, covers: covers)
            return Booking(
                id: id, patient: patient, visitType: type, placement: placement, confirmed: status == "confirmed")
        }
    }

    func course(_ reader: JSONReader) -> CourseRequest? {
        CourseReading(
            startWithinDays: startWithinDays,
            regimen: { reader in
                let id: RegimenID? = sections.regimens.reference(reader)
                return id.flatMap { sections.readRegimens[$0] }
            },
            visitType: { sections.readVisitTypes[$0] }, visitTypeID: sections.visitTypes.reference,
            person: sections.persons.reference
        ).request(reader, id: courses.declaration)
    }
}

/// The persons of a visit in the order of the labels that name one: every such label once, no other key.
func readPersons(_ reader: JSONReader, of type: VisitType?, person: (JSONReader) -> PersonID?) -> [PersonID]? {
    guard let type else {
        return reader.map { _, reader in person(reader) }?.map(\.value)
    }
    return reader.object { fields in
        let persons = type.filledLabels.map { label in fields.value(label.label, person) }
        for presence in type.attendants where presence.presence && fields.has(presence.label) {
            fields.problem(presence.label, "the label \(quote(presence.label)) is a presence and names nobody")
        }
        let found = persons.compactMap { $0 }
        return found.count == persons.count ? found : nil
    }
}

/// A cover of a visit that starts at `start`.
func readCover(
    _ reader: JSONReader, of type: VisitType?, start: LocalMoment?, zone: ClinicZone?,
    person: (JSONReader) -> PersonID?
) -> Cover? {
    reader.object { fields in
        let labels = type?.filledLabels.map(\.label)
        let label = fields.value("label") { reader in labels.map { reader.choice(among: $0) } ?? reader.name() }
        let person = fields.value("person", person)
        let stretch = fields.stretch(in: zone)
        guard let label, let person, let stretch, let start else { return nil }
        return Cover(label: label, person: person, interval: stretch.shifted(by: start.elapsed - start.minute))
    }
}

extension JSONReader {
    /// The name and version of a format, which must be this one.
    func format(_ format: String) -> String? {
        value.string == format ? format : mismatch(expected: quote(format))
    }
}
