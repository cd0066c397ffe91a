import HashTreeCollections
package import Planning

/// Somebody whose visit it was before its course was given to another patient, and who is still to be told so: they
/// were told of it and would come in vain.
package struct FormerPatient: Hashable, Sendable {
    package let patient: PatientID
    /// What they last heard of it: a time, or what may have been one.
    package let heard: Heard
    /// What came of calls to them about it, in order.
    package internal(set) var calls: [Fact]

    /// Somebody who was told of a visit that is another patient's.
    package init(patient: PatientID, heard: Heard, calls: [Fact] = []) {
        self.patient = patient
        self.heard = heard
        self.calls = calls
    }
}

extension VisitImage {
    /// What its patient heard by which they would come, were it another one's; nil where they would not.
    private var expectation: Heard? {
        switch status {
        case .tentative, .confirmed: heard == .calledOff ? nil : heard
        case .cancelled, .omitted, .noShow: news == .calledOff ? heard : nil
        case .arrived, .inProgress, .completed, .notTreated: nil
        }
    }

    /// Gives it from a patient to another, who knows of it what they heard when it was theirs.
    mutating func give(from patient: PatientID, to other: PatientID) {
        let known = formerPatients.first { $0.patient == other }?.heard
        formerPatients.removeAll { $0.patient == other || $0.patient == patient }
        if let expectation { formerPatients.append(FormerPatient(patient: patient, heard: expectation)) }
        formerPatients.sort { $0.patient.number < $1.patient.number }
        heard = known
        if status == .confirmed { status = .tentative }
    }

    /// As it is again after it was given from a patient to another and that is taken back: the other one may have heard
    /// of it since.
    ///
    /// - Parameter now: the visit as it stands before that is taken back.
    mutating func takeBack(from patient: PatientID, to own: PatientID, _ now: VisitImage?) {
        guard let now else { return }
        heard = now.formerPatients.first { $0.patient == own }?.heard ?? heard
        formerPatients = now.formerPatients.filter { $0.patient != own && $0.patient != patient }
        if let expectation = now.expectation {
            formerPatients.append(FormerPatient(patient: patient, heard: expectation))
        }
        formerPatients.sort { $0.patient.number < $1.patient.number }
    }

    /// Whose it was as it is known now, after an event about it was taken back. Where that somebody told them was the
    /// event, it is not known which they believe.
    func formerPatients(_ now: VisitImage?, after undone: CourseChanged.VisitChange) -> [FormerPatient] {
        let left = now?.formerPatients ?? []
        let told = (undone.before?.formerPatients ?? []).filter { former in
            !(undone.after?.formerPatients.contains { $0.patient == former.patient } ?? false)
        }
        // Of calls that are taken back nothing is left.
        let known = left.map { former in
            let before = undone.before?.formerPatients.first { $0.patient == former.patient }
            guard let before, before.heard == former.heard else { return former }
            return undone.after?.formerPatients.contains(former) ?? false ? before : former
        }
        return
            (known
            + told.map { FormerPatient(patient: $0.patient, heard: .unsure($0.heard.time), calls: $0.calls) })
            .sorted { $0.patient.number < $1.patient.number }
    }
}

extension CourseChanged {
    /// Those whose visits they were: of which it records that they are so no more, or that somebody called them.
    var formerPatients: [PatientID] {
        let called = visits.filter { $0.before?.formerPatients != $0.after?.formerPatients }.flatMap { change in
            ((change.before?.formerPatients ?? []) + (change.after?.formerPatients ?? [])).map(\.patient)
        }
        return Set(called + (former.map { [$0] } ?? [])).subtracting([patient]).sorted { $0.number < $1.number }
    }
}

extension ClinicState {
    /// The visits of which a patient is still to be told that they are somebody else's, each with what they heard.
    func givenAway(from patient: PatientID) -> [(visit: Visit, former: FormerPatient)] {
        givenAway.sorted { $0.number < $1.number }.compactMap { visits[$0] }.flatMap { visit in
            visit.formerPatients.filter { standing(for: $0.patient) == patient && patient != visit.patient }
                .map { (visit, $0) }
        }
    }

    /// Whether the desk calls somebody whose visit it was.
    func mayCall(_ former: FormerPatient, about visit: Visit) -> Bool {
        let patient = standing(for: former.patient)
        return patient != visit.patient && !isClosed(patient) && former.calls.last?.outcome != .never
    }
}
