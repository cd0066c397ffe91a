import HashTreeCollections
package import Planning

/// A patient as the clinic's state knows them: by an id alone. Details are kept elsewhere.
package struct Patient: Hashable, Sendable {
    package let id: PatientID
    /// The event that last set their details.
    package internal(set) var detailsEvent: Int
    package internal(set) var standing: PatientStanding

    /// A patient whose details an event set.
    package init(id: PatientID, detailsEvent: Int, standing: PatientStanding = .open) {
        self.id = id
        self.detailsEvent = detailsEvent
        self.standing = standing
    }
}

/// Whether a patient can be booked for.
package enum PatientStanding: Hashable, Sendable {
    case open
    /// They come no more: nothing is booked for them, and nobody calls them.
    case closed(ClosingReason)
    /// They are somebody who was entered twice; everything of theirs is the other entry's.
    case merged(into: PatientID)
}

/// Why a patient comes no more. The raw value is its name everywhere.
package enum ClosingReason: String, CaseIterable, Hashable, Sendable {
    case deceased, moved, other
}

/// That a patient was entered twice: what becomes the other entry's, all that there was of it.
package struct PatientMerge: Hashable, Sendable {
    /// The entry that is no more.
    package let from: PatientID
    /// The entry that stays.
    package let into: PatientID
    /// The courses that go over, ascending by the number in their id.
    package let courses: [CourseID]
    /// Their visits, ascending by the number in their id.
    package let visits: [VisitID]

    package init(from: PatientID, into: PatientID, courses: [CourseID], visits: [VisitID]) {
        self.from = from
        self.into = into
        self.courses = courses
        self.visits = visits
    }
}

extension ClinicState {
    /// Who a patient is now: the entry that stays of somebody who was entered twice.
    package func standing(for patient: PatientID) -> PatientID {
        var found = patient
        // One entry goes into another at most as often as there are entries.
        for _ in 0...patients.count {
            guard case .merged(let other)? = patients[found]?.standing else { return found }
            found = other
        }
        return found
    }

    /// The entries that have become a patient's, by way of others too, in the order in which they became known.
    package func entries(mergedInto patient: PatientID) -> [PatientID] {
        allPatients.filter { $0 != patient && standing(for: $0) == patient }
    }

    /// Gives a course with its visits, and those of it that wait, to a patient. What the state does not hold of it
    /// stays with the record.
    mutating func give(_ course: CourseID, to patient: PatientID, by event: Int) {
        guard let known = courses[course] else { return }
        var others = coursesByPatient[known.patient, default: []]
        others.removeAll { $0 == course }
        coursesByPatient[known.patient] = others.isEmpty ? nil : others
        courses[course] = nil
        var given = known.given(to: patient)
        given.changedBy = event
        admit(given)
        for id in known.visits {
            if let visit = visits[id] { admit(visit.given(to: patient)) }
        }
        for entry in waiting.values where entry.course == course { waiting[entry.id] = entry.given(to: patient) }
        for offer in offers.values where offer.course == course { offers[offer.id] = offer.given(to: patient) }
    }
}

extension Course {
    /// The same course of another patient.
    fileprivate func given(to patient: PatientID) -> Course {
        Course(
            id: id, patient: patient, template: template, wish: wish, status: status, visits: visits, usual: usual,
            bookedBy: bookedBy, bookedAt: bookedAt, changedBy: changedBy, progress: progress)
    }
}

extension Visit {
    /// The same visit of another patient.
    fileprivate func given(to patient: PatientID) -> Visit { Visit(id, image, of: course, patient, visitType) }
}

extension WaitingEntry {
    /// The same entry for another patient.
    fileprivate func given(to patient: PatientID) -> WaitingEntry {
        WaitingEntry(
            id: id, course: course, patient: patient, visit: visit, earlier: earlier, windows: windows, since: since,
            declined: declined)
    }
}

extension Offer {
    /// The same offer to another patient.
    fileprivate func given(to patient: PatientID) -> Offer {
        Offer(id: id, entry: entry, course: course, patient: patient, moves: moves, until: until, gain: gain)
    }
}
