package import Planning

/// What came of calling a patient. The raw value is its name everywhere.
package enum CallOutcome: String, CaseIterable, Hashable, Sendable {
    /// The patient was spoken to and knows what is booked, and what is not any more.
    case reached
    /// A message was left.
    case messageLeft
    /// The patient cannot come then.
    case declined
    /// The number is not theirs: it must be found.
    case wrongNumber
    /// Nobody is to call about it, for a reason that the note says.
    case never
}

/// A patient to be called, with everything that there is to say; derived, never stored.
package struct PhoneCall: Hashable, Sendable {
    /// Why. The raw value is its name everywhere; the most urgent comes first.
    package enum Purpose: String, CaseIterable, Hashable, Sendable {
        /// The patient should be here and is not.
        case late
        /// They were told of the visit, and it will not take place.
        case calledOff
        /// They were told another day or time than the booked one.
        case changed
        /// A place must be agreed: the visit was lost, or they cannot come when it is booked.
        case lost
        /// It is booked, and they do not know.
        case agree
        /// They know, and something that they must see to is missing.
        case ready
    }

    /// One reason to call: something about one visit.
    package struct Reason: Hashable, Sendable {
        package let purpose: Purpose
        package let visit: VisitID
        package let course: CourseID
        package let due: Instant
        /// The time that the patient was told; nil where they were told none, or it is not known.
        package let told: Instant?
        /// What is missing: escort, authorisation, fasting, or the name of a prerequisite.
        package let missing: [String]
        /// Whether the visit is another patient's by now: it was given to them.
        package let isGivenAway: Bool
    }

    /// What is missing where a patient is still to be reminded to come fasting.
    static let fasting = "fasting"

    package let patient: PatientID
    /// Why, most urgent first; at least one.
    package let reasons: [Reason]
    /// What came of calls about these visits as they stand now, in order; a call about several is one.
    package let calls: [Fact]

    package var due: Instant { reasons.map(\.due).min() ?? Instant(seconds: 0) }

    /// The visit by whose id the call goes.
    package var visit: VisitID { reasons[0].visit }

    /// The course of that visit.
    package var course: CourseID { reasons[0].course }

    /// Why, each once, most urgent first.
    package var purposes: [Purpose] {
        Purpose.allCases.filter { purpose in reasons.contains { $0.purpose == purpose } }
    }
}

/// A call that was made about a visit, and with it about all else that its patient is to be told.
package struct PhoneCallMade: Hashable, Sendable {
    /// The visit; the call went by its id.
    package let visit: VisitID
    /// What came of it.
    package let outcome: CallOutcome
    package let at: Instant
    /// The last day through which what is due was spoken of; nil where that is as the list has it.
    package let through: Day?
    /// Who was called, where that is not whose visit it is: it was given to another patient.
    package let patient: PatientID?
    /// What is done at once about a visit that they cannot come to.
    package let then: AfterDeclining

    /// A call about a visit with what came of it.
    package init(
        about visit: VisitID, outcome: CallOutcome, at: Instant, through: Day? = nil, patient: PatientID? = nil,
        then: AfterDeclining = .nothing
    ) {
        self.visit = visit
        self.outcome = outcome
        self.at = at
        self.through = through
        self.patient = patient
        self.then = then
    }
}

/// What is done at once about a visit whose patient cannot come then.
package enum AfterDeclining: Hashable, Sendable {
    /// It keeps its place and stays on the list.
    case nothing
    /// It is called off at the patient's request.
    case cancelled(isMadeUp: Bool)
    /// It gets another time, to which they agree.
    case moved(PlaceWish)
}

extension Visit {
    /// Calls about it as it stands now, in order: at its present time, or since it has none any more.
    package var calls: [Fact] { facts.filter { $0.kind == .called && $0.number == calledNumber } }

    /// Whether the patient said that they cannot come then, and has not agreed since.
    package var isDeclined: Bool {
        calls.last { ![.messageLeft, .wrongNumber].contains($0.outcome) }?.outcome == .declined
    }

    /// Whether nobody is to call about it as it stands now.
    package var isNeverCalled: Bool { calls.last?.outcome == .never }

    /// What a call about it keeps, to tell whether it still stands so.
    var calledNumber: Int? { status.occupies ? place.minute : nil }
}

extension Course {
    /// Whether every gate up to a phase has opened.
    package func isOpen(through phase: String) -> Bool {
        for own in template.regimen.phases {
            if own.gate != nil, !progress.openGates.contains(own.name) { return false }
            if own.name == phase { return true }
        }
        return true
    }
}
