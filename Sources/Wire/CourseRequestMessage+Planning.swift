package import Planning
internal import StrictJSON

extension CourseRequestMessage {
    /// What is asked of the planner, with the regimen and its visit types as the facility has them now.
    ///
    /// - Parameter id: the id that the course has or is to have.
    /// - Throws: the first thing that cannot be: an unknown regimen or person, a number out of its range.
    package func courseRequest(
        id: CourseID, facility: Facility, alternatives: Int
    ) throws(ClinicInterface.Failure) -> CourseRequest {
        guard let found = facility.regimen(RegimenID(regimen)) else {
            throw .noSuchRegimen(regimen: regimen, hint: closest(to: regimen, among: facility.regimens.map(\.id.text)))
        }
        let startWithin = startWithinDays ?? facility.planning.startWithinDays
        try CourseRequestMessage.check(startWithin, "course.startWithinDays", 0...366)
        if let preferredPerson, !facility.staff.contains(where: { $0.id.text == preferredPerson }) {
            throw .noSuchPerson(person: preferredPerson)
        }
        if let endDay, endDay < earliest {
            throw .invalidValue(
                field: "course.endDay", message: "expected a day from \(earliest) on, found \(endDay)", hint: nil)
        }
        for (index, authorisation) in (authorisations ?? []).enumerated() {
            for type in authorisation.visitTypes.sorted() where facility.visitType(type) == nil {
                throw .invalidValue(
                    field: "course.authorisations[\(index)].visitTypes", message: "no visit type \(type)",
                    hint: closest(to: type.text, among: facility.visitTypes.map(\.id.text)))
            }
        }
        return CourseRequest(
            id: id, patient: PatientID(patient), regimen: found,
            visitTypes: found.phases.map(\.visit).uniqued().compactMap(facility.visitType), earliest: earliest,
            startWithinDays: startWithin, availability: availability ?? [], blackoutDays: Set(blackoutDays ?? []),
            preferred: preferred ?? [], usual: usual?.minutes, features: Set(features ?? []),
            preferredPerson: preferredPerson.map { PersonID($0) }, payer: payer,
            requiresAuthorisation: requiresAuthorisation ?? false, authorisations: authorisations ?? [],
            endDay: endDay, alternatives: alternatives)
    }

    /// What was asked of the planner, as it is shown.
    package init(_ request: CourseRequest) {
        self.init(
            patient: request.patient.text, regimen: request.regimen.id.text, earliest: request.earliest,
            startWithinDays: request.startWithinDays,
            availability: request.availability.isEmpty ? nil : request.availability,
            blackoutDays: request.blackoutDays.isEmpty ? nil : request.blackoutDays.sorted(),
            preferred: request.preferred.isEmpty ? nil : request.preferred,
            usual: request.usual.map { ClockTime(minutes: $0) },
            features: request.features.isEmpty ? nil : request.features.sorted(),
            preferredPerson: request.preferredPerson?.text, payer: request.payer,
            requiresAuthorisation: request.requiresAuthorisation,
            authorisations: request.authorisations.isEmpty ? nil : request.authorisations, endDay: request.endDay)
    }

    private static func check(
        _ value: Int, _ field: String, _ range: ClosedRange<Int>
    ) throws(ClinicInterface.Failure) {
        guard range.contains(value) else {
            throw .invalidValue(
                field: field,
                message: "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(value)",
                hint: nil)
        }
    }
}

extension [VisitTypeID] {
    /// Each once, in the order of their first mention.
    fileprivate func uniqued() -> [VisitTypeID] {
        var seen: Set<VisitTypeID> = []
        return filter { seen.insert($0).inserted }
    }
}
