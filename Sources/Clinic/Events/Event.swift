package import Planning

/// Something that happened to the clinic, with its outcome: applying it plans nothing and reads no file.
package enum Event: Hashable, Sendable {
    /// The service began to run.
    case serviceStarted(ServiceStarted)
    /// The service ended in good order.
    case serviceStopped
    /// A configuration came into force.
    case configurationAdopted(ConfigurationAdopted)
    /// A patient became known.
    case patientAdded(PatientID)
    /// Patients became known together.
    case patientsImported([PatientID])
    /// A patient's details changed.
    case patientDetailsChanged(PatientID)
    /// A regimen with its visit types was recorded for courses to follow.
    case templateRecorded(Template)
    /// A course was booked, all of its visits at once.
    case courseBooked(CourseBooked)
    /// A course was asked for and could not be placed; nothing changed.
    case courseRefused(CourseRefused)
    /// A person's absence became known.
    case timeOffAdded(Absence)
    /// An absence was taken back; it is told as it was.
    case timeOffRemoved(Absence)
    /// A chair went out of service.
    case outageAdded(ChairOutage)
    /// A chair's outage was taken back; it is told as it was.
    case outageRemoved(ChairOutage)
    /// The clinic closes beyond what is configured.
    case closureAdded(DatedClosure)
    /// A closure was taken back; it is told as it was.
    case closureRemoved(DatedClosure)
    /// The clinic opens beyond what is configured.
    case openingAdded(DatedOpening)
    /// An extra opening was taken back; it is told as it was.
    case openingRemoved(DatedOpening)
    /// A person works an extra shift.
    case shiftAdded(DatedShift)
    /// An extra shift was taken back; it is told as it was.
    case shiftRemoved(DatedShift)
    /// The zone's law changed: promised times now fall on other instants.
    case visitsRetimed([Retiming])
    /// A course or its visits changed.
    case courseChanged(CourseChanged)
    /// Something fell due.
    case alertRaised(Alert)
    /// Somebody waits for a place.
    case waitingAdded(WaitingEntry)
    /// Somebody waits no longer; the entry is told as it was.
    case waitingRemoved(WaitingEntry)
    /// A place is held for somebody who waits.
    case offerMade(Offer)
    /// An offer came to its end.
    case offerClosed(OfferClosed)
    /// Places became free for which somebody waits.
    case placesFreed(PlacesFreed)
    /// A loss of staff, chairs or hours, recorded before this, hit booked visits.
    case visitsHit(VisitsHit)
    /// Visits of several courses were changed together.
    case visitsRearranged(VisitsRearranged)
    /// A repair was proposed; nothing changed.
    case repairProposed(RepairProposed)

    /// The kind of event. The raw value is its name in the record.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case serviceStarted, serviceStopped, configurationAdopted
        case patientAdded, patientsImported, patientDetailsChanged
        case templateRecorded, courseBooked, courseRefused
        case timeOffAdded, timeOffRemoved, outageAdded, outageRemoved
        case closureAdded, closureRemoved, openingAdded, openingRemoved, shiftAdded, shiftRemoved
        case visitsRetimed, courseChanged, alertRaised
        case waitingAdded, waitingRemoved, offerMade, offerClosed, placesFreed
        case visitsHit, visitsRearranged, repairProposed
    }
}

/// That the service began to run.
package struct ServiceStarted: Hashable, Sendable {
    /// The program's version.
    package let version: String
    /// Whether the stop before was in good order.
    package let wasClean: Bool

    /// A start of a version of the program after a clean or unclean stop.
    package init(version: String, wasClean: Bool) {
        self.version = version
        self.wasClean = wasClean
    }
}

/// A configuration that came into force.
package struct ConfigurationAdopted: Hashable, Sendable {
    /// The configuration.
    package let configuration: ClinicConfiguration
    /// All chairs and persons that were configured once and are no more.
    package let retired: Retired

    /// A configuration and what it leaves behind.
    package init(configuration: ClinicConfiguration, retired: Retired) {
        self.configuration = configuration
        self.retired = retired
    }
}

/// A course that was booked.
package struct CourseBooked: Hashable, Sendable {
    /// A visit of it.
    package struct BookedVisit: Hashable, Sendable {
        /// Its id.
        package let id: VisitID
        /// Its number in the course, from 1.
        package let number: Int
        /// The phase's name.
        package let phase: String
        /// What kind of visit it is; the course's template has it.
        package let visitType: VisitTypeID
        /// Its whole place.
        package let place: Place
        /// Whether the patient has agreed (tentative otherwise).
        package let confirmed: Bool
        /// Whether the patient knows the time.
        package let told: Bool
        /// Its weighted cost.
        package let terms: CostTerms

        /// A visit at its place.
        package init(
            id: VisitID, number: Int, phase: String, visitType: VisitTypeID, place: Place, confirmed: Bool, told: Bool,
            terms: CostTerms
        ) {
            self.id = id
            self.number = number
            self.phase = phase
            self.visitType = visitType
            self.place = place
            self.confirmed = confirmed
            self.told = told
            self.terms = terms
        }
    }

    /// Its id.
    package let course: CourseID
    /// The patient.
    package let patient: PatientID
    /// What it follows.
    package let template: TemplateID
    /// What the patient wishes.
    package let wish: CourseWish
    /// The time of day kept for its continuation, minutes on the clock.
    package let usual: Int?
    /// Its visits in order.
    package let visits: [BookedVisit]

    /// A course with its visits.
    package init(
        course: CourseID, patient: PatientID, template: TemplateID, wish: CourseWish, usual: Int?,
        visits: [BookedVisit]
    ) {
        self.course = course
        self.patient = patient
        self.template = template
        self.wish = wish
        self.usual = usual
        self.visits = visits
    }
}

/// A course that could not be placed when somebody meant to book it.
package struct CourseRefused: Hashable, Sendable {
    /// The patient.
    package let patient: PatientID
    /// The regimen asked for.
    package let regimen: RegimenID
    /// The number of the first visit without a place, from 1; nil where a proposal no longer fitted.
    package let visit: Int?
    /// Its phase.
    package let phase: String?
    /// The rules that closed its days or that the proposal would break now, each once, in the table's order.
    package let rules: [Rule]

    /// A refused course of a patient.
    package init(patient: PatientID, regimen: RegimenID, visit: Int?, phase: String?, rules: [Rule]) {
        self.patient = patient
        self.regimen = regimen
        self.visit = visit
        self.phase = phase
        self.rules = rules
    }
}

/// A person's absence under an id.
package struct Absence: Hashable, Sendable {
    /// Its id, `t5`.
    package let id: AbsenceID
    /// Who is away, and when.
    package let timeOff: TimeOff

    /// An absence under an id.
    package init(id: AbsenceID, timeOff: TimeOff) {
        self.id = id
        self.timeOff = timeOff
    }
}

/// A chair's outage under an id.
package struct ChairOutage: Hashable, Sendable {
    /// Its id, `o2`.
    package let id: OutageID
    /// Which chair, and when.
    package let outage: Outage

    /// An outage under an id.
    package init(id: OutageID, outage: Outage) {
        self.id = id
        self.outage = outage
    }
}

/// A closure under an id; its words are kept apart.
package struct DatedClosure: Hashable, Sendable {
    /// Its id, `k1`.
    package let id: ClosureID
    /// The days and hours; without a reason.
    package let closure: Closure

    /// A closure under an id.
    package init(id: ClosureID, closure: Closure) {
        self.id = id
        self.closure = closure
    }
}

/// An extra opening under an id; its words are kept apart.
package struct DatedOpening: Hashable, Sendable {
    /// Its id, `x1`.
    package let id: OpeningID
    /// The day and hours; without a reason.
    package let opening: Opening

    /// An extra opening under an id.
    package init(id: OpeningID, opening: Opening) {
        self.id = id
        self.opening = opening
    }
}

/// A promised time that falls on another instant.
package struct Retiming: Hashable, Sendable {
    /// The visit.
    package let visit: VisitID
    /// The instant so far, minutes since 1970 UTC.
    package let from: Int
    /// The instant from now on, minutes since 1970 UTC.
    package let to: Int

    /// A visit whose promised time moved between instants, minutes since 1970 UTC.
    package init(visit: VisitID, from: Int, to: Int) {
        self.visit = visit
        self.from = from
        self.to = to
    }
}

/// An event as it is recorded: with its number, moment, author and reason.
package struct RecordedEvent: Hashable, Sendable {
    /// Its number, from 1 without a hole; `e9120` for people.
    package let number: Int
    /// When.
    package let at: Instant
    /// By whom.
    package let caller: Caller
    /// Why; the note that may go with it is kept apart under the event's number.
    package let reason: Reason.Code?
    /// The caller's id of the request.
    package let request: String?
    /// What happened.
    package let event: Event

    /// An event with everything that is recorded with it.
    package init(number: Int, at: Instant, caller: Caller, reason: Reason.Code?, request: String?, event: Event) {
        self.number = number
        self.at = at
        self.caller = caller
        self.reason = reason
        self.request = request
        self.event = event
    }
}

extension ClinicState {
    /// The events of one command as they are to be recorded next after this state.
    package func recorded(_ events: [Event], under circumstances: Circumstances) -> [RecordedEvent] {
        events.enumerated().map { offset, event in
            RecordedEvent(
                number: lastEvent + 1 + offset, at: circumstances.at, caller: circumstances.caller,
                reason: circumstances.reason?.code, request: circumstances.request, event: event)
        }
    }
}
