internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import Wire

extension ClinicInterface.Failure {
    /// That a patient comes no more, or is another entry's.
    static func patientGone(_ patient: PatientID, _ snapshot: Snapshot) -> Self {
        switch snapshot.state.patients[patient]?.standing {
        case .closed(let reason)?:
            let why =
                switch reason {
                case .deceased: "has died"
                case .moved: "has moved away"
                case .other: "comes no more"
                }
            return plain(
                "patient-closed", "patient \(patient) \(why): the entry is closed",
                "infusionctl patient reopen \(patient) lets them be booked for again")
        case .merged(let into)?:
            return plain(
                "patient-merged", "patient \(patient) was entered twice: the entry is now \(into)'s", "say \(into)")
        case .open?, nil: return plain("patient-closed", "patient \(patient) comes no more", nil)
        }
    }

    static func patientOpen(_ patient: PatientID) -> Self {
        plain("patient-closed", "patient \(patient) is not closed", nil)
    }

    static func samePatient(_ patient: PatientID) -> Self {
        plain("same-patient", "it is \(patient)'s already", "name the other patient")
    }

    /// That a patient is called about a visit to which they do not expect to come.
    static func othersVisit(_ visit: VisitID, _ patient: PatientID) -> Self {
        plain(
            "other-patient", "there is nothing to tell \(patient) about visit \(visit): it is not theirs",
            "infusionctl calls list --patient \(patient) shows what there is")
    }

    /// That two visits of one patient would stand on one day.
    static func sameDay(_ visit: VisitID, _ other: VisitID, _ snapshot: Snapshot) -> Self {
        let day = snapshot.state.visit(visit).map { " on \($0.day)" } ?? ""
        return plain(
            Rule.oneVisitADay.rawValue, "\(visit) and \(other) would both be theirs\(day)",
            "move or cancel one of them first")
    }
}
