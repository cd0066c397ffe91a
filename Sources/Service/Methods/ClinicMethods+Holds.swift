internal import Clinic
internal import Planning
internal import Wire

extension ClinicMethods {
    /// Proposals that are held for somebody.
    func holdMethods() -> [NamedMethod] {
        [holdProposal(), bookHeldCourse(), releaseCourse()]
    }

    private func holdProposal() -> NamedMethod {
        written(
            request: \ClinicInterface.HoldProposal.request, reason: { Reason(given: $0.reason, note: $0.note) }
        ) { call, _ throws(ClinicInterface.Failure) in
            try checkAgain(call.again, call.reason)
            return try ofProposal(call.proposal, alternative: call.alternative, again: call.again) {
                [clock] proposal, index in
                let until = Instant(seconds: clock.now.seconds + call.minutes * 60)
                return .course(.holdProposal(proposal, alternative: index, until: until))
            } answer: { outcome in
                let booked = BookingReply(outcome)
                let until = booked.course.progress.heldUntil ?? Instant(seconds: 0)
                return ClinicInterface.HoldProposal.Reply(
                    id: booked.course.id.text, until: outcome.snapshot.offsets.instant(second: until.seconds),
                    visits: booked.visits, event: booked.course.changedBy, people: booked.people)
            }
        }
    }

    private func bookHeldCourse() -> NamedMethod {
        changing { (call: ClinicInterface.BookHeldCourse, _) in
            .course(.alter(CourseID(call.course), .held(.book), call.because.code))
        }
    }

    private func releaseCourse() -> NamedMethod {
        changing { (call: ClinicInterface.ReleaseCourse, _) in
            .course(.alter(CourseID(call.course), .held(.release), call.because.code))
        }
    }
}
