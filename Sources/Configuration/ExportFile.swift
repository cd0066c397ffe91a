package import Clinic
package import ClinicTime
package import Planning
internal import StrictJSON

/// What an export file says (docs/contract/formats.md section 3).
package struct ExportFile: Sendable {
    package var export: ClinicExport
    /// The clinic's time zone, read from the system's tzdata.
    package var zone: ClinicZone
}

/// The text of an export file, made piece by piece, so that a file of any size needs the memory of one piece only.
///
/// One patient, template, course and visit stands on a line of its own.
package struct ExportText: Sendable {
    /// A list of the file.
    package enum Section: String, CaseIterable, Hashable, Sendable {
        case closures, openings, extraShifts, timeOff, outOfService, patients, templates, courses, visits
    }

    private let zone: ClinicZone
    private var isFirst = true

    /// The text of a clinic whose clocks are those of `zone`.
    package init(zone: ClinicZone) { self.zone = zone }

    /// How the file begins.
    package func head(at: Instant, lastEvent: Int, _ configuration: ClinicConfiguration, _ retired: Retired) -> String {
        var lines = [
            #""format": "infusion-export/1""#, #""exportedAt": "\#(zone.instantText(atSecond: at.seconds))""#,
            #""lastEvent": \#(lastEvent)"#, #""configuration": \#(ClinicJSON.encode(configuration).text())"#,
        ]
        if retired != Retired() { lines.append(#""retired": \#(ClinicJSON.encode(retired).text())"#) }
        return "{\n" + lines.joined(separator: ",\n")
    }

    /// How a list begins; every list stands in the file, in the order of `Section`.
    package mutating func opening(_ section: Section) -> String {
        isFirst = true
        return ",\n\"\(section.rawValue)\": ["
    }

    /// How a list ends.
    package func closing() -> String { isFirst ? "]" : "\n]" }

    /// How the file ends.
    package static let tail = "\n}\n"

    /// A closure in its list.
    package mutating func element(_ closure: DatedClosure) -> String { line(ClinicJSON.encode(closure)) }

    /// An extra opening in its list.
    package mutating func element(_ opening: DatedOpening) -> String { line(ClinicJSON.encode(opening)) }

    /// An extra shift in its list.
    package mutating func element(_ shift: DatedShift) -> String { line(ClinicJSON.encode(shift)) }

    /// An absence in its list.
    package mutating func element(_ absence: Absence) -> String { line(ClinicJSON.encode(absence, zone: zone)) }

    /// An outage in its list.
    package mutating func element(_ outage: ChairOutage) -> String { line(ClinicJSON.encode(outage, zone: zone)) }

    /// A patient in their list.
    package mutating func element(_ patient: ListedPatient) -> String { line(ClinicJSON.encode(patient)) }

    /// A template in its list.
    package mutating func element(_ template: Template) -> String { line(ClinicJSON.encode(template)) }

    /// A course in its list.
    ///
    /// - Parameter template: what it follows.
    package mutating func element(_ course: ListedCourse, template: Template) -> String {
        line(ClinicJSON.encode(course, template: template, zone: zone))
    }

    /// A visit in its list.
    package mutating func element(_ visit: ListedVisit, type: VisitType) -> String {
        line(ClinicJSON.encode(visit, type: type, zone: zone))
    }

    private mutating func line(_ value: JSONValue) -> String {
        defer { isFirst = false }
        return (isFirst ? "\n" : ",\n") + value.text()
    }
}

extension ExportText {
    /// A whole file at once.
    package static func text(of export: ClinicExport, zone: ClinicZone) -> String {
        var writer = ExportText(zone: zone)
        let templates = Dictionary(export.templates.map { ($0.id, $0) }) { first, _ in first }
        let courses = Dictionary(export.courses.map { ($0.id, $0) }) { first, _ in first }
        var text = writer.head(
            at: export.at, lastEvent: export.lastEvent, export.configuration, export.retired)
        for section in Section.allCases {
            text += writer.opening(section)
            switch section {
            case .closures: for closure in export.closures { text += writer.element(closure) }
            case .openings: for opening in export.openings { text += writer.element(opening) }
            case .extraShifts: for shift in export.shifts { text += writer.element(shift) }
            case .timeOff: for absence in export.absences { text += writer.element(absence) }
            case .outOfService: for outage in export.outages { text += writer.element(outage) }
            case .patients: for patient in export.patients { text += writer.element(patient) }
            case .templates: for template in export.templates { text += writer.element(template) }
            case .courses:
                for course in export.courses {
                    guard let template = templates[course.image.template] else { continue }
                    text += writer.element(course, template: template)
                }
            case .visits:
                for visit in export.visits {
                    guard let course = courses[visit.course],
                        let type = templates[course.image.template]?.visitType(visit.image.visitType)
                    else { continue }
                    text += writer.element(visit, type: type)
                }
            }
            text += writer.closing()
        }
        return text + ExportText.tail
    }
}
