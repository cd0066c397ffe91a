package import Clinic
internal import Planning

// Messages of the front desk from values of Clinic.

extension PushMessage {
    /// A visit that another one pushes.
    package init(_ push: KnockOnDelay, _ visit: Visit, _ offsets: ClockOffsets) {
        let labels = visit.visitType.filledLabels.map(\.label)
        let changed = push.swap.map { swap in
            zip(labels, zip(visit.place.persons, swap.persons)).filter { $0.1.0 != $0.1.1 }
        }
        self.init(
            visit: visit.id.text, course: visit.course.text, patient: visit.patient.text,
            start: offsets.instant(minute: visit.place.minute), minutes: push.minutes, chair: visit.place.chair.text,
            otherChair: push.swap.flatMap { $0.chair == visit.place.chair ? nil : $0.chair.text },
            otherAttendants: changed.flatMap { changed in
                changed.isEmpty
                    ? nil
                    : Dictionary(changed.map { ($0.0, $0.1.1.text) }, uniquingKeysWith: { first, _ in first })
            })
    }
}

extension SheetLineMessage {
    /// A line of the morning sheet.
    package init(_ line: SheetLine, _ visit: Visit?, name: String?, _ offsets: ClockOffsets) {
        self.init(
            kind: SheetCode(line.kind), visit: line.visit?.text, course: line.course?.text,
            patient: line.patient?.text, person: line.person?.text, name: name,
            start: line.start.map { offsets.instant(second: $0.seconds) },
            chair: line.start == nil ? nil : visit?.place.chair.text, due: line.due,
            detail: line.detail.isEmpty ? nil : line.detail, calls: line.calls)
    }
}

extension PhoneCallMessage {
    /// A patient to be called; nil where the state does not have the visit.
    package init?(_ call: PhoneCall, _ state: ClinicState, _ details: PatientDetails?, _ offsets: ClockOffsets) {
        guard let visit = state.visit(call.visit) else { return nil }
        self.init(
            visit: call.visit.text, course: call.course.text, patient: call.patient.text,
            recordNumber: details?.record, name: details?.name, phone: details?.phone,
            purposes: call.purposes.map { CallPurposeCode($0) }, due: offsets.instant(second: call.due.seconds),
            start: offsets.instant(minute: visit.place.minute), phase: visit.phase,
            status: VisitStatusCode(visit.status), attempts: call.calls.count,
            lastOutcome: call.calls.last?.detail.map { CallOutcomeCode($0) },
            lastAt: call.calls.last.map { offsets.instant(second: $0.at.seconds) },
            reasons: call.reasons.compactMap { reason in
                state.visit(reason.visit).map { CallReasonMessage(reason, $0, offsets) }
            })
    }
}

extension CallReasonMessage {
    /// Something that a patient is to be told, or asked, about a visit.
    package init(_ reason: PhoneCall.Reason, _ visit: Visit, _ offsets: ClockOffsets) {
        self.init(
            purpose: CallPurposeCode(reason.purpose), visit: visit.id.text, course: visit.course.text,
            phase: visit.phase, status: VisitStatusCode(visit.status),
            start: offsets.instant(minute: visit.place.minute),
            told: reason.told.map { offsets.instant(second: $0.seconds) },
            due: offsets.instant(second: reason.due.seconds), missing: reason.missing,
            givenAway: reason.isGivenAway ? true : nil)
    }
}
