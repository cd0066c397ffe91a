package import Planning

/// The live state of a clinic as it leaves and enters: what is configured, what closes and who is away, and patients,
/// courses and visits with everything about them that changes (docs/contract/formats.md section 3).
package struct ClinicExport: Hashable, Sendable {
    /// When it was made.
    package var at: Instant
    /// The number of the last event that it knows.
    package var lastEvent: Int
    /// The configuration in force.
    package var configuration: ClinicConfiguration
    /// Chairs and persons that were configured once and are no more.
    package var retired = Retired()
    /// Closures added by command.
    package var closures: [DatedClosure] = []
    /// Extra openings added by command.
    package var openings: [DatedOpening] = []
    /// Extra shifts of staff.
    package var shifts: [DatedShift] = []
    package var absences: [Absence] = []
    /// Chairs out of service.
    package var outages: [ChairOutage] = []
    /// Patients, with what identifies them.
    package var patients: [ListedPatient] = []
    package var templates: [Template] = []
    package var courses: [ListedCourse] = []
    package var visits: [ListedVisit] = []

    /// A clinic of a configuration in which nothing has happened.
    package init(at: Instant, lastEvent: Int, configuration: ClinicConfiguration) {
        self.at = at
        self.lastEvent = lastEvent
        self.configuration = configuration
    }
}

/// A patient of an export.
package struct ListedPatient: Hashable, Sendable {
    package var id: PatientID
    /// What identifies them to people.
    package var details: PatientDetails
    /// Whether they come no more, or are an entry that has become another one's.
    package var standing: PatientStanding
    /// The line of the file on which they stand, from 1; 0 where there is no file.
    package var line: Int

    /// A patient with what identifies them, and the line of the file on which they stand.
    package init(id: PatientID, details: PatientDetails, standing: PatientStanding = .open, line: Int = 0) {
        self.id = id
        self.details = details
        self.standing = standing
        self.line = line
    }
}

extension ListedPatient {
    /// Whether it is an entry that has become another one's.
    var isAnothers: Bool { if case .merged = standing { true } else { false } }
}

/// A course of an export.
package struct ListedCourse: Hashable, Sendable {
    package var id: CourseID
    package var patient: PatientID
    /// Everything about it that changes.
    package var image: CourseImage
    /// When it was booked.
    package var bookedAt: Instant
    /// Who pays; free text.
    package var payer: String?
    /// The line of the file on which it stands, from 1; 0 where there is no file.
    package var line: Int

    /// A course with all that is known of it, and the line of the file on which it stands.
    package init(
        id: CourseID, patient: PatientID, image: CourseImage, bookedAt: Instant, payer: String? = nil, line: Int = 0
    ) {
        self.id = id
        self.patient = patient
        self.image = image
        self.bookedAt = bookedAt
        self.payer = payer
        self.line = line
    }
}

/// A visit of an export.
package struct ListedVisit: Hashable, Sendable {
    package var id: VisitID
    package var course: CourseID
    /// Everything about it that changes.
    package var image: VisitImage
    /// The line of the file on which it stands, from 1; 0 where there is no file.
    package var line: Int

    /// A visit with all that is known of it, and the line of the file on which it stands.
    package init(id: VisitID, course: CourseID, image: VisitImage, line: Int = 0) {
        self.id = id
        self.course = course
        self.image = image
        self.line = line
    }
}

extension ListedCourse {
    /// A course of a state, and who pays for it.
    package init(_ course: Course, payer: String?) {
        let image = course.image
        var progress = image.progress
        progress.bookedElsewhere = nil
        self.init(
            id: course.id, patient: course.patient,
            image: CourseImage(
                template: image.template, wish: image.wish, status: image.status, usual: image.usual,
                progress: progress), bookedAt: course.progress.bookedElsewhere ?? course.bookedAt, payer: payer)
    }
}

extension ListedVisit {
    /// A visit of a state.
    package init(_ visit: Visit) { self.init(id: visit.id, course: visit.course, image: visit.image) }
}
