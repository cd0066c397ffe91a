internal import Clinic
internal import HashTreeCollections
internal import Planning
internal import Varlink
internal import Wire

extension ClinicMethods {
    func changePatient() -> NamedMethod {
        changing { (call: ClinicInterface.ChangePatient, _, look) throws(ClinicInterface.Failure) in
            if let record = call.recordNumber { try checkForm(of: RecordNumber.tidied(record), "recordNumber") }
            try check(call.birthDate, "birthDate")
            let patient = PatientID(call.patient)
            guard let known = try look.details(patient) else { throw .noSuchPatient(patient: patient.text) }
            return .patient(.change(patient, try known.changed(by: call)))
        }
    }

    func mergePatients() -> NamedMethod {
        changing { (call: ClinicInterface.MergePatients, snapshot, look) throws(ClinicInterface.Failure) in
            let patient = PatientID(call.patient)
            // All courses go over, those that are long over too: the record is asked for them one by one.
            for course in try look.courses(patient) where snapshot.state.course(course) == nil {
                throw .noSuchCourse(course: course.text)
            }
            return .patient(.merge(patient, into: PatientID(call.into)))
        }
    }

    func closePatient() -> NamedMethod {
        changing { (call: ClinicInterface.ClosePatient, _) throws(ClinicInterface.Failure) in
            guard let why = ClosingReason(rawValue: call.why) else {
                throw .invalidValue(field: "why", message: "expected deceased, moved or other", hint: nil)
            }
            return .patient(.close(PatientID(call.patient), why))
        }
    }

    func reopenPatient() -> NamedMethod {
        changing { (call: ClinicInterface.ReopenPatient, _) in .patient(.reopen(PatientID(call.patient))) }
    }

    func giveCourse() -> NamedMethod {
        changing { (call: ClinicInterface.GiveCourse, _) in
            .course(.give(CourseID(call.course), to: PatientID(call.patient), call.because.code))
        }
    }

    /// The command that sets details again as they were until an event changed them, the last one that did.
    func restoringDetails(
        of patient: PatientID, before event: Int
    ) -> ClinicCommand<ChangeReply> {
        ClinicCommand(looking: { snapshot, look throws(ClinicInterface.Failure) in
            let last = snapshot.state.patients[patient]?.detailsEvent ?? event
            guard last == event else { throw .unchangeable(.changedSince(event: last), snapshot) }
            guard let former = try look.former(patient, event) else {
                throw .unchangeable(.lasting(event: event), snapshot)
            }
            return .patient(.change(patient, former))
        }) { outcome, _ in
            ChangeReply(outcome)
        }
    }
}

extension PatientDetails {
    /// The details with what a call changes of them.
    fileprivate func changed(by call: ClinicInterface.ChangePatient) throws(ClinicInterface.Failure) -> PatientDetails {
        var details = self
        if let record = call.recordNumber { details.record = RecordNumber.tidied(record) }
        details.name = call.name ?? name
        details.phone = call.phone ?? phone
        details.birthDate = call.birthDate ?? birthDate
        details.language = call.language ?? language
        details.note = call.remarks ?? note
        for (index, field) in (call.clear ?? []).enumerated() {
            switch field {
            case "name": details.name = nil
            case "phone": details.phone = nil
            case "birthDate": details.birthDate = nil
            case "language": details.language = nil
            case "remarks": details.note = nil
            default:
                throw .invalidValue(
                    field: "clear[\(index)]",
                    message: "expected name, phone, birthDate, language or remarks, found \(field)", hint: nil)
            }
        }
        return details
    }
}
