import HashTreeCollections
package import Planning

extension ClinicExport {
    /// A state as it leaves: open courses with all their visits, and all visits from today on with their courses.
    ///
    /// - Parameters:
    ///   - details: what identifies patients; those without are left out.
    ///   - payers: who pays for courses.
    /// - Returns: nil where no configuration is in force.
    package init?(
        _ state: ClinicState, details: [PatientID: PatientDetails], payers: [CourseID: String] = [:], at: Instant
    ) {
        guard let configuration = state.configuration else { return nil }
        self.init(at: at, lastEvent: state.lastEvent, configuration: configuration)
        retired = state.retired
        closures = state.allClosures
        openings = state.allOpenings
        shifts = state.allShifts
        absences = state.allAbsences
        outages = state.allOutages
        patients = state.allPatients.compactMap { id in
            details[id].map { ListedPatient(id: id, details: $0, standing: state.listedStanding(of: id)) }
        }
        templates = state.templatesInUse
        courses = state.allCourses.map { ListedCourse($0, payer: payers[$0.id]) }
        visits = state.allCourses.flatMap { state.visits(of: $0) }.map { ListedVisit($0) }
    }
}

extension ClinicState {
    /// How a patient stands in an export: an entry that has become another one's names the one that stays.
    package func listedStanding(of patient: PatientID) -> PatientStanding {
        let current = standing(for: patient)
        return current == patient ? self.patient(patient)?.standing ?? .open : .merged(into: current)
    }

    /// The templates that courses follow, and those that they were made from, in the order of their numbers.
    package var templatesInUse: [Template] {
        var used: Set<TemplateID> = []
        for course in courses.values {
            var next: TemplateID? = course.template.id
            while let id = next, used.insert(id).inserted { next = templates[id]?.derivedFrom }
        }
        return used.sorted { $0.number < $1.number }.compactMap { templates[$0] }
    }
}
