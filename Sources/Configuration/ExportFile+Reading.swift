internal import Clinic
internal import ClinicTime
internal import Planning
internal import StrictJSON

/// Reads an export file of at most 64 MiB. Time zones come from `zones`, the directory of the system's tzdata.
///
/// - Throws: everything that is wrong with it, each with its line.
package func readExport(
    _ bytes: [UInt8], file: String, zones: String = "/usr/share/zoneinfo"
) throws(ConfigurationError) -> ExportFile {
    try decode(bytes, file: file) { reader in
        reader.object { fields in
            _ = fields.value("format") { $0.format("infusion-export/1") }
            let at = fields.value("exportedAt") { $0.instant() }
            let lastEvent = fields.integer("lastEvent", 0 ... .max)
            let sections = FacilitySections(zones: zones)
            let configuration = fields.value("configuration") { reader in
                reader.object { fields in
                    let facility = sections.read(fields)
                    let notifications = fields.value(
                        "notifications", default: NotificationParameters(), FileShape.notifications.read)
                    let measures = readMeasures(fields)
                    // A file that somebody makes may hold a whole config.json here.
                    fields.ignore("access", "daemon")
                    return facility.map {
                        ClinicConfiguration(facility: $0, notifications: notifications, measures: measures)
                    }
                }
            }
            let retired = fields.value("retired", default: Retired()) { readRetired($0, sections) }
            let reading = ExportReading(sections: sections)
            let closures = fields.array("closures", default: [], of: reading.closure)
            let openings = fields.array("openings", default: [], of: reading.opening)
            let shifts = fields.array("extraShifts", default: [], of: reading.shift)
            let absences = fields.array("timeOff", default: [], of: reading.absence)
            let outages = fields.array("outOfService", default: [], of: reading.outage)
            let patients = fields.array("patients", default: [], of: reading.patient)
            let templates = fields.array("templates", default: [], of: reading.template)
            let courses = fields.array("courses", default: [], of: reading.course)
            let visits = fields.array("visits", default: [], of: reading.visit)
            guard let at, let lastEvent, let configuration, let zone = sections.zone else { return nil }
            var export = ClinicExport(at: at, lastEvent: lastEvent, configuration: configuration)
            export.retired = retired
            export.closures = closures
            export.openings = openings
            export.shifts = shifts
            export.absences = absences
            export.outages = outages
            export.patients = patients
            export.templates = templates
            export.courses = courses
            export.visits = visits
            return ExportFile(export: export, zone: zone)
        }
    }
}

private func readRetired(_ reader: JSONReader, _ sections: FacilitySections) -> Retired? {
    reader.object { fields in
        Retired(
            chairs: fields.array("chairs", default: [], of: sections.readChair),
            staff: fields.array("staff", default: [], of: sections.readPerson))
    }
}

/// How the sections of an export file are read that a configuration does not have.
private final class ExportReading {
    let sections: FacilitySections
    private let closures = DeclaredNames("closure")
    private let openings = DeclaredNames("opening")
    private let shifts = DeclaredNames("extra shift")
    private let absences = DeclaredNames("time off")
    private let outages = DeclaredNames("outage")
    private let patients = DeclaredNames("patient")
    private let records = DeclaredNames("record number")
    private let templates = DeclaredNames("template")
    private let courses = DeclaredNames("course")
    private let visits = DeclaredNames("visit")
    private var readTemplates: [TemplateID: Template] = [:]
    private var templatesOfCourses: [CourseID: Template] = [:]

    init(sections: FacilitySections) { self.sections = sections }

    private var zone: ClinicZone? { sections.zone }

    func closure(_ reader: JSONReader) -> DatedClosure? {
        reader.object { fields in
            let id: ClosureID? = fields.value("id", closures.declaration)
            let days = fields.days()
            let hours = fields.optional("hours") { $0.window() }
            guard let id, let days else { return nil }
            return DatedClosure(id: id, closure: Closure(from: days.from, through: days.through, hours: hours))
        }
    }

    func opening(_ reader: JSONReader) -> DatedOpening? {
        reader.object { fields in
            let id: OpeningID? = fields.value("id", openings.declaration)
            let day = fields.value("day") { $0.day() }
            let hours = fields.value("hours") { $0.window() }
            guard let id, let day, let hours else { return nil }
            return DatedOpening(id: id, opening: Opening(day: day, hours: hours))
        }
    }

    func shift(_ reader: JSONReader) -> DatedShift? {
        reader.object { fields in
            let id: ShiftID? = fields.value("id", shifts.declaration)
            let person: PersonID? = fields.value("person", sections.persons.reference)
            let day = fields.value("day") { $0.day() }
            let hours = fields.value("hours") { $0.window() }
            guard let id, let person, let day, let hours else { return nil }
            return DatedShift(id: id, shift: ExtraShift(person: person, day: day, hours: hours))
        }
    }

    func absence(_ reader: JSONReader) -> Absence? {
        reader.object { fields in
            let id: AbsenceID? = fields.value("id", absences.declaration)
            let person: PersonID? = fields.value("person", sections.persons.reference)
            let stretch = fields.stretch(in: zone)
            guard let id, let person, let stretch else { return nil }
            return Absence(id: id, timeOff: TimeOff(person: person, interval: stretch))
        }
    }

    func outage(_ reader: JSONReader) -> ChairOutage? {
        reader.object { fields in
            let id: OutageID? = fields.value("id", outages.declaration)
            let chair: ChairID? = fields.value("chair", sections.chairs.reference)
            let stretch = fields.stretch(in: zone)
            guard let id, let chair, let stretch else { return nil }
            return ChairOutage(id: id, outage: Outage(chair: chair, interval: stretch))
        }
    }

    func patient(_ reader: JSONReader) -> ListedPatient? {
        reader.object { fields in
            let id: PatientID? = fields.value("id", patients.declaration)
            let record = fields.value("recordNumber", recordNumber)
            let name = fields.optional("name") { $0.plainText(length: 0...200) }
            let phone = fields.optional("phone") { $0.plainText(length: 0...50) }
            let note = fields.optional("note") { $0.plainText(length: 0...10_000) }
            let birthDate = fields.optional("birthDate") { $0.birthDate() }
            let language = fields.optional("language") { $0.plainText(length: 0...50) }
            let closed = fields.optional("closed") { $0.choice(of: ClosingReason.self) }
            let into: PatientID? = fields.optional("mergedInto") { $0.id() }
            guard let id, let record else { return nil }
            if closed != nil, into != nil {
                fields.problem("mergedInto", "the entry is another one's, which is closed or not")
            }
            return ListedPatient(
                id: id,
                details: PatientDetails(
                    record: record, name: name, phone: phone, note: note, birthDate: birthDate, language: language),
                standing: into.map { .merged(into: $0) } ?? closed.map { .closed($0) } ?? .open,
                line: reader.line ?? 0)
        }
    }

    private func recordNumber(_ reader: JSONReader) -> String? {
        guard let number = reader.plainText(length: 1...64) else { return nil }
        guard !RecordNumber.key(of: number).isEmpty else {
            return reader.mismatch(expected: "a record number that is not blank")
        }
        return records.nameDeclaration(reader)
    }

    func template(_ reader: JSONReader) -> Template? {
        reader.object { fields in
            let id: TemplateID? = fields.value("id", templates.declaration)
            let origin = fields.optional("derivedFrom") { reader -> TemplateID? in templates.reference(reader) }
            let regimen = fields.value("regimen", ClinicJSON.regimen)
            let types = fields.array("visitTypes") { ClinicJSON.visitType($0) }
            guard let id, let regimen, let types else { return nil }
            let missing = regimen.phases.map(\.visit).filter { visit in !types.contains { $0.id == visit } }
            if let visit = missing.first {
                fields.problem("visitTypes", "visit type \(quote(visit.text)) of a phase is missing")
                return nil
            }
            let template = Template(id: id, regimen: regimen, visitTypes: types, derivedFrom: origin)
            readTemplates[id] = template
            return template
        }
    }

    func course(_ reader: JSONReader) -> ListedCourse? {
        reader.object { fields in
            let id: CourseID? = fields.value("id", courses.declaration)
            let templateID: TemplateID? = fields.value("template", templates.reference)
            let template = templateID.flatMap { readTemplates[$0] }
            let status = fields.choice("status", of: CourseStatus.self)
            let bookedAt = fields.value("bookedAt") { $0.instant() }
            let kept = fields.optional("keptTime") { $0.clock() }
            let asked = fields.value("asked") { request($0, by: template) }
            let progress = readProgress(fields, of: template)
            guard let id, let template, let status, let bookedAt, let asked else { return nil }
            if asked.id != id { fields.problem("asked", "the request is of course \(asked.id), not \(id)") }
            templatesOfCourses[id] = template
            let image = CourseImage(
                template: template.id, wish: asked.wish, status: status, usual: kept, progress: progress)
            return ListedCourse(
                id: id, patient: asked.patient, image: image, bookedAt: bookedAt, payer: asked.payer,
                line: reader.line ?? 0)
        }
    }

    private func request(_ reader: JSONReader, by template: Template?) -> CourseRequest? {
        let request = CourseReading(
            startWithinDays: 14,
            regimen: { reader in
                guard let template else { return nil }
                guard reader.value.string == template.regimen.id.text else {
                    return reader.mismatch(expected: "\(quote(template.regimen.id.text)), as the template has it")
                }
                return template.regimen
            },
            visitType: { template?.visitType($0) }, visitTypeID: { $0.id() }, person: sections.persons.reference
        ).request(reader) { $0.id() }
        if let request, !patients.ids.contains(request.patient.text) {
            reader.problem("unknown patient \(quote(request.patient.text))")
        }
        return request
    }

    private func readProgress(_ fields: JSONFields, of template: Template?) -> CourseProgress {
        var progress = CourseProgress()
        progress.assessments = fields.array("assessments", default: []) { reader in
            reader.object { fields in
                let measure = fields.value("measure") { $0.name() }
                let score = fields.integer("score", 0...10_000)
                let at = fields.value("at") { $0.instant() }
                guard let measure, let score, let at else { return nil }
                return Assessment(measure: measure, score: score, at: at)
            }
        }
        let phases = template?.regimen.phases.map(\.name)
        progress.openGates = Set(
            fields.array("openGates", default: []) { reader in
                phases.map { reader.choice(among: $0) } ?? reader.name()
            })
        progress.prerequisites = fields.array("prerequisites", default: []) { reader in
            reader.object { fields in
                let name = fields.value("name") { $0.name() }
                let day = fields.value("day") { $0.day() }
                let visit = fields.optional("visit") { reader -> VisitID? in reader.id() }
                guard let name, let day else { return nil }
                return PrerequisiteDone(name: name, day: day, visit: visit)
            }
        }
        progress.doneTasks = Set(fields.array("doneTasks", default: []) { $0.name() })
        progress.adoptedFrom = fields.optional("adopted") { reader in
            reader.object { fields in
                let phase = fields.value("phase") { reader in
                    phases.map { reader.choice(among: $0) } ?? reader.name()
                }
                let given = fields.integer("given", 1...1000)
                let last = fields.value("lastDay") { $0.day() }
                guard let phase, let given, let last else { return nil }
                return CourseProgress.Adopted(phase: phase, given: given, lastDay: last)
            }
        }
        progress.heldUntil = fields.optional("heldUntil") { $0.instant() }
        return progress
    }

    func visit(_ reader: JSONReader) -> ListedVisit? {
        reader.object { fields in
            let id: VisitID? = fields.value("id", visits.declaration)
            let course: CourseID? = fields.value("course", courses.reference)
            let template = course.flatMap { templatesOfCourses[$0] }
            let image = VisitReading(sections: sections, template: template).image(fields)
            guard let id, let course, let image else { return nil }
            return ListedVisit(id: id, course: course, image: image, line: reader.line ?? 0)
        }
    }
}

extension JSONReader {
    /// An instant such as "2026-03-02T09:00:00-05:00".
    func instant() -> Instant? {
        parsed(as: #"an instant such as "2026-03-02T09:00:00-05:00""#) { instantSeconds($0) }
            .map { Instant(seconds: $0) }
    }
}
