extension ClinicInterface {
    static let requestTypes = """
        # Hours of certain weekdays, on the clock.
        # days: mon, tue, wed, thu, fri, sat, sun
        # hours: 09:00-16:00
        type WeekWindow (days: []string, hours: string)

        # A payer's word on visits of a course.
        # number: the payer's number
        # status: requested, approved or denied
        # requestedOn: the day on which it was asked for
        # visits: how many visits it covers
        # visitTypes: the visit types it covers
        # from, through: the first and the last day it covers
        type Authorisation (
          number: string,
          status: string,
          requestedOn: ?string,
          visits: int,
          visitTypes: []string,
          from: string,
          through: string
        )

        # What is asked of the planner: a course for a patient.
        # patient: the patient's id
        # regimen: the regimen's id; the course keeps it as it is now
        # earliest: the first day on which the course may start
        # startWithinDays: how many days later it may start (planning.startWithinDays of the configuration)
        # availability: when the patient can come (always)
        # blackoutDays: days on which the patient cannot come
        # preferred: when the patient would rather come
        # usual: the wished time of day, 10:00 (chosen by the planner)
        # features: what every chair of the course must have, beside the needs of its visit types
        # preferredPerson: who should take the first visit
        # payer: who pays; free text
        # requiresAuthorisation: whether visits need an authorisation before they are confirmed
        # authorisations: what the payer has been asked for and has granted
        # endDay: no visit after this day
        type CourseRequest (
          patient: string,
          regimen: string,
          earliest: string,
          startWithinDays: ?int,
          availability: ?[]WeekWindow,
          blackoutDays: ?[]string,
          preferred: ?[]WeekWindow,
          usual: ?string,
          features: ?[]string,
          preferredPerson: ?string,
          payer: ?string,
          requiresAuthorisation: ?bool,
          authorisations: ?[]Authorisation,
          endDay: ?string
        )

        """

    static let planTypes = """
        # Weighted cost by term.
        # start: days from the course's earliest day to its first visit
        # gap: days between the gaps taken and the ideal gaps
        # preference: visits outside of the preferred windows
        # rhythm: visits more than 30 minutes from the usual time
        # continuity: changes of the continuity person
        # crowding: other visits in progress at the busiest moment
        # idle: useless idle stretches left on the chair
        # workload: whole hours of load that the continuity person already carries
        type Terms (
          start: int,
          gap: int,
          preference: int,
          rhythm: int,
          continuity: int,
          crowding: int,
          idle: int,
          workload: int
        )

        # Who carries a label while its person is off duty.
        # label: the label
        # person: who covers
        # from, until: instants
        type Cover (label: string, person: string, from: string, until: string)

        # A visit of a plan.
        # number: its number in the course, from 1
        # phase: the phase's name
        # visit: the visit type's id
        # start, end: instants; the chair stays taken for the turnover after the end
        # chair: the chair's id
        # attendants: who fills which label
        # covers: who steps in while an attendant is off duty
        # terms: the visit's cost
        type PlannedVisit (
          number: int,
          phase: string,
          visit: string,
          start: string,
          end: string,
          chair: string,
          attendants: [string]string,
          covers: []Cover,
          terms: Terms
        )

        # Another plan: the cheapest that starts on some other day.
        # cost: its cost
        # difference: how much more than the plan it costs
        # terms: its cost by term
        # visits: its visits in order
        type Alternative (cost: int, difference: int, terms: Terms, visits: []PlannedVisit)

        # The cheapest plan that keeps every rule.
        # cost: its cost
        # usual: the usual time of day by which it was measured; null where no planned visit has rhythm
        # terms: its cost by term
        # visits: its visits in order
        # alternatives: cheapest plans of other first days, cheapest first
        type Plan (cost: int, usual: ?string, terms: Terms, visits: []PlannedVisit, alternatives: []Alternative)

        # A day that a visit could have had, and what closes it.
        # day: the day
        # closedBy: the first rule whose absence alone would open the day, or several
        type ClosedDay (day: string, closedBy: string)

        # A single change with which there is a plan.
        # kind: tolerance, startWindow, availability, features, chair or person
        # target: what is changed
        # amount: by how much: days, or 1
        # cost: the cost of the plan that it makes possible
        type Remedy (kind: string, target: string, amount: int, cost: int)

        # Why a course has no plan.
        # visit: the number of the first visit that cannot be reached, from 1
        # phase: its phase
        # days: the days it could have had
        # wouldHelp: what would help, cheapest first
        type Refusal (visit: int, phase: string, days: []ClosedDay, wouldHelp: []Remedy)

        # A rule that a visit of a course breaks.
        # number: the visit's number in the course, from 1
        # rule: the rule's name
        # start: when the visit was to start
        type Violation (number: int, rule: string, start: string)

        """

    static let recordTypes = """
        # A patient, for those who may see names.
        # id: the patient's id
        # recordNumber: the clinic's own reference
        # name, phone: if known
        type Patient (id: string, recordNumber: string, name: ?string, phone: ?string)

        # A patient to be added.
        # recordNumber: the clinic's own reference; must be new
        # name, phone: if known
        type NewPatient (recordNumber: string, name: ?string, phone: ?string)

        # A course in a list.
        # id: the course's id
        # patient: the patient's id
        # regimen: the regimen's id
        # status: active, onHold, completed or ceased
        # visits: how many visits it has, lost ones included
        # given: how many were given
        # next: when the next visit that is still to come starts
        type CourseSummary (
          id: string,
          patient: string,
          regimen: string,
          status: string,
          visits: int,
          given: int,
          next: ?string
        )

        # A stage of a visit at its planned time.
        # name: the stage's name
        # start, end: instants
        type Stage (name: string, start: string, end: string)

        # A visit as it stands.
        # id: the visit's id
        # course, patient: whose it is
        # number: its number in the course, from 1
        # phase: the phase's name
        # visit: the visit type's id
        # status: tentative, confirmed, arrived, inProgress, completed, noShow, notTreated, cancelled or omitted
        # told: whether the patient knows the time
        # pinned: whether it may not be moved by re-planning
        # start, end: instants as planned
        # chair: the chair's id
        # attendants: who fills which label
        # covers: who steps in while an attendant is off duty
        # stages: the stages at their planned times
        type Visit (
          id: string,
          course: string,
          patient: string,
          number: int,
          phase: string,
          visit: string,
          status: string,
          told: bool,
          pinned: bool,
          start: string,
          end: string,
          chair: string,
          attendants: [string]string,
          covers: []Cover,
          stages: []Stage
        )

        # A regimen in a list.
        # id: the regimen's id
        # name: its name for people
        # source: where its shape comes from
        # phases: how many phases it has
        # visits: how many visits at most; null where it is open-ended
        type RegimenSummary (id: string, name: string, source: string, phases: int, visits: ?int)

        # What must hold before a phase opens. Exactly one of decision, reductionPercent and atMost is set.
        # decision: the question that a clinician decides
        # measure: what is measured
        # reductionPercent: it has fallen by so many percent
        # atMost: it is at most so much
        # dueDays: days after the previous phase's last visit
        # otherwise: hold, extend or cease
        # visits: by how many visits the previous phase is extended
        type Gate (
          decision: ?string,
          measure: ?string,
          reductionPercent: ?int,
          atMost: ?int,
          dueDays: int,
          otherwise: string,
          visits: ?int
        )

        # An assessment asked for after a visit of a phase.
        # afterVisit: the visit's number in the phase, from 1
        # measure: what is measured
        type Check (afterVisit: int, measure: string)

        # A phase of a regimen.
        # name: its name
        # visit: the visit type's id
        # min, max: how many visits at least and at most; both null in an open-ended phase
        # gapIdeal, gapMin, gapMax: days from the previous phase's last visit; null where gaps hold for it too
        # gaps: ideal days between successive visits, repeated cyclically
        # toleranceBefore, toleranceAfter: days that a gap may be shorter or longer
        # withinDays: last visit's day minus first visit's day, at most
        # alarmDays: beyond so many days the phase is slipping
        # rhythm: whether starts near the usual time are wished for
        # confirm: booking where the patient knows the times when booked, call otherwise
        # gate: what must hold before the phase opens
        # checks: assessments asked for
        # stopMeasure, stopAtMost: a score that ends the phase early
        # reviewEveryDays: a review falls due every so many days
        # endsAfterDays: the phase ends so many days after its first visit
        type Phase (
          name: string,
          visit: string,
          min: ?int,
          max: ?int,
          gapIdeal: ?int,
          gapMin: ?int,
          gapMax: ?int,
          gaps: []int,
          toleranceBefore: int,
          toleranceAfter: int,
          withinDays: ?int,
          alarmDays: ?int,
          rhythm: bool,
          confirm: string,
          gate: ?Gate,
          checks: []Check,
          stopMeasure: ?string,
          stopAtMost: ?int,
          reviewEveryDays: ?int,
          endsAfterDays: ?int
        )

        # What must be in place before a visit starts.
        # name: its name
        # per: course or visit
        # validDays: how many days it stays valid; null for no end
        type Prerequisite (name: string, per: string, validDays: ?int)

        # A course template.
        # id: its id
        # name: its name for people
        # source: where its shape comes from
        # prerequisites: what must be in place before visits
        # phases: the phases in order
        type Regimen (id: string, name: string, source: string, prerequisites: []Prerequisite, phases: []Phase)

        # Something that happened. It names things by their ids only.
        # number: its number
        # kind: what happened
        # at: when it was recorded
        # uid, user, pid: who asked for it; null where the daemon acted by itself
        # request: the caller's request id
        # patient, course, visits: what it is about
        type Event (
          number: int,
          kind: string,
          at: string,
          uid: ?int,
          user: ?string,
          pid: ?int,
          request: ?string,
          patient: ?string,
          course: ?string,
          visits: []string
        )

        """

    static let boardTypes = """
        # A stretch of time.
        # from, until: instants
        type Span (from: string, until: string)

        # A closure that touches the day.
        # hours: on the clock; null for the whole day
        # reason: for people
        type DayClosure (hours: ?string, reason: ?string)

        # A chair's hold: a visit in its place.
        # visit: the visit
        # name: the patient's name, where names were asked for and it is known
        # until: when the chair is free again, turnover included
        type Hold (visit: Visit, name: ?string, until: string)

        # A chair's day.
        # chair: the chair's id
        # features: what it offers
        # outages: when it is out of service
        # holds: the visits on it, in order
        type ChairDay (chair: string, features: []string, outages: []Span, holds: []Hold)

        # A stretch of even load.
        # from, until: instants
        # percent: the load
        type Load (from: string, until: string, percent: int)

        # A member of staff on a day.
        # person: their id
        # name: their name
        # roles: what they may be booked as
        # capacityPercent: how much load they carry at once
        # onDuty: when they are on duty
        # loads: what they carry, stretch by stretch, without the stretches of no load
        type PersonDay (
          person: string,
          name: string,
          roles: []string,
          capacityPercent: int,
          onDuty: []Span,
          loads: []Load
        )

        # A day at the clinic.
        # day: the day
        # now: the present instant
        # open: when the clinic is open
        # closures: what closes it, wholly or for some hours
        # chairs: the chairs in the order configured
        # people: the staff in the order configured
        type Board (
          day: string,
          now: string,
          open: []Span,
          closures: []DayClosure,
          chairs: []ChairDay,
          people: []PersonDay
        )

        # A day in figures.
        # day: the day
        # open: when the clinic is open
        # visits: how many visits have a place on it
        # tentative: how many of them are not confirmed
        # first, last: the first start and the last end
        # chairMinutes: minutes for which chairs are taken
        # chairMinutesOpen: minutes of chairs in service while the clinic is open
        type DaySummary (
          day: string,
          open: []Span,
          visits: int,
          tentative: int,
          first: ?string,
          last: ?string,
          chairMinutes: int,
          chairMinutesOpen: int
        )

        # A place that a visit could have.
        # start, end: instants
        # chair: the chair's id
        # attendants: who would fill which label
        # covers: who would step in while an attendant is off duty
        type FreePlace (start: string, end: string, chair: string, attendants: [string]string, covers: []Cover)

        """
}
