import Clinic
import Planning
import TestSupport
import Testing

/// The list of calls over random histories, against an independent recount of what patients were told.
@Suite struct CallHistoryTests {
    /// What random histories came to.
    private struct Lived {
        var purposes: Set<PhoneCall.Purpose> = []
        var actions: Set<CourseAction> = []
        /// Courses held or ceased at their patients' own request, visits of which are to be called off.
        var ownEnds = 0
        /// Times at which somebody was on the list for a visit that had been given to another patient.
        var misled = 0
        /// Times at which somebody was owed a call.
        var counted = 0
        /// Changes of which their patients knew at once.
        var toldAtOnce = 0
    }

    /// Some as they come, and some that have found faults: a time that a called-off visit left (19, 70, 101), a
    /// cancellation taken back (11), courses given away (43, 91).
    private static let always: [UInt64] = [11, 19, 22, 23, 24, 25, 26, 27, 28, 29, 43, 70, 91, 101]
    /// The same at the chairs: a loss taken back that a visit booked before had made up for (9), comings that were none
    /// (13, 16), and what was to come again after that (27, 51).
    private static let alwaysAtChairs: [UInt64] = [1, 2, 3, 4, 9, 13, 16, 27, 51]

    @Test func nothingIsMissingFromTheListInAnyHistory() {
        var all = Lived()
        for seed in Self.always + (firstSeed() > 0 ? Array(seeds(40)) : []) {
            live(seed, &all)
        }
        #expect(all.purposes == Set(PhoneCall.Purpose.allCases), "\(all.purposes)")
        // A course that is ceased is tried in CallListTests; offers are made in few of these histories.
        let asked: Set<CourseAction> = [.horizonRolled, .courseImproved, .courseHeld]
        #expect(all.actions.isSuperset(of: asked), "\(asked.subtracting(all.actions))")
        #expect(all.ownEnds > 0 && all.counted > 160, "\(all.ownEnds), \(all.counted)")
        #expect(all.misled > 0 && all.toldAtOnce > 0, "\(all.misled), \(all.toldAtOnce)")
    }

    /// Patients come, are treated and leave, minute by minute; facts are set right and undone, entries become one or
    /// are closed.
    @Test func nothingIsMissingAndWhatRunsCountsWhateverHappensAtTheChairs() {
        var all = Lived()
        let more = firstSeed() > 0 ? Array(seeds(20)) : []
        for seed in Self.alwaysAtChairs + more {
            live(seed, &all, runsVisits: true)
        }
        let asked: Set<PhoneCall.Purpose> = [.late, .lost, .calledOff, .changed, .agree, .ready]
        #expect(all.purposes == asked, "\(asked.subtracting(all.purposes))")
        #expect(all.counted > 80, "\(all.counted)")
        let actions: Set<CourseAction> = [.factRecorded, .factCorrected, .undone, .callRecorded, .courseCeased]
        #expect(all.actions.isSuperset(of: actions), "\(actions.subtracting(all.actions))")
    }

    /// What is still open is listed, all of it and nothing else, by when somebody is there and it is early enough.
    private func checkOpen(_ history: LivingHistory, _ listed: [PhoneCall.Reason], _ place: String) {
        let world = history.world
        let recount = CallRecount(state: world.state, calendars: world.calendar.calendars, now: history.now)
        let differing = Set(
            listed.filter { reason in
                let visit = world.visit(reason.visit)
                return visit.news != nil && reason.purpose != .late
            }.map(\.visit))
        let open = recount.open(besides: differing)
        // Who was told something else of a visit that is to come, and declined, is called about that alone.
        let own = listed.filter { reason in
            switch reason.purpose {
            case .calledOff, .changed: false
            case .lost: !differing.contains(reason.visit) || !world.visit(reason.visit).status.occupies
            case .late, .agree, .ready: true
            }
        }
        let found = Set(own.map { CallRecount.Owed(visit: $0.visit, purpose: $0.purpose) })
        #expect(found == Set(open.keys), "\(place)")
        for reason in own where world.visit(reason.visit).calls.isEmpty {
            let due = open[CallRecount.Owed(visit: reason.visit, purpose: reason.purpose)]
            #expect(reason.due.minute == due, "\(place): \(reason)")
        }
    }

    /// Whoever would come to a visit that was given to somebody else is listed, and nobody else for that.
    private func checkGivenAway(
        _ history: LivingHistory, _ recount: ToldRecount, _ place: String, _ all: inout Lived
    ) {
        let list = CallList(history.world.state, calendars: history.world.calendar.calendars, now: history.now)
        var found: Set<ToldRecount.Key> = []
        for call in list?.calls() ?? [] {
            for reason in call.reasons where reason.isGivenAway {
                found.insert(ToldRecount.Key(patient: call.patient, visit: reason.visit))
            }
        }
        all.misled += found.count
        // Whoever has two entries is one patient, and nobody calls whoever comes no more.
        let asked = Set(
            recount.misled.keys.compactMap { key -> ToldRecount.Key? in
                let visit = history.world.visit(key.visit)
                guard let patient = history.reached(key.patient), patient != visit.patient else { return nil }
                let former = visit.formerPatients.first { history.world.state.standing(for: $0.patient) == patient }
                // Nobody is to call about what nobody is to be called about any more.
                if former?.calls.last?.detail == CallOutcome.never.rawValue { return nil }
                return ToldRecount.Key(patient: patient, visit: key.visit)
            })
        let differing = found.symmetricDifference(asked).filter { !recount.doubtfulToOthers.contains($0.visit) }
        #expect(differing.isEmpty, "\(place): listed \(found), owed \(asked)")
    }

    private func live(_ seed: UInt64, _ all: inout Lived, runsVisits: Bool = false) {
        var history = LivingHistory(seed: seed, makesCalls: true, runsVisits: runsVisits)
        var recount = ToldRecount()
        var followed = 0
        for step in 0..<(runsVisits ? 240 : 80) {
            let command = history.step()
            for event in history.world.events.dropFirst(followed) { recount.follow(event) }
            followed = history.world.events.count
            let listed = history.listed
            all.purposes.formUnion(listed.map(\.purpose))
            let place = "seed \(seed), step \(step): \(command)"
            let owed = recount.difference.filter { history.mayCall($0.key) }
            for problem in runsVisits ? history.deskProblems(after: command) : [] {
                Issue.record("\(place): \(problem)")
            }
            all.counted += owed.count
            for (id, owed) in owed {
                let own = listed.filter { $0.visit == id && !$0.isGivenAway }
                let isThere = own.contains { reason in
                    (reason.purpose == owed.purpose || (owed.purpose == .changed && reason.purpose == .lost))
                        && (reason.due.minute <= max(owed.latest, history.now.minute)
                            || history.world.visit(id).calls.last?.detail == CallOutcome.messageLeft.rawValue)
                }
                #expect(isThere || recount.doubtful.contains(id), "\(place): \(id) \(owed), listed \(own)")
                // Of what may or may not have been said somebody must hear while it is to come.
                let visit = history.world.visit(id)
                let isOver = !visit.status.occupies && visit.place.minute < history.now.minute
                #expect(!own.isEmpty || (isOver && recount.doubtful.contains(id)), "\(place): \(id) \(owed)")
            }
            for reason in listed where [.calledOff, .changed].contains(reason.purpose) && !reason.isGivenAway {
                let isOwed = owed[reason.visit]?.purpose == reason.purpose || recount.doubtful.contains(reason.visit)
                #expect(isOwed, "\(place): \(reason) is no difference")
            }
            checkOpen(history, listed, place)
            checkGivenAway(history, recount, place, &all)
            for changed in history.world.events.dropFirst(history.eventsBefore).flatMap(\.event.courseChanges) {
                all.toldAtOnce += changed.isTold && !changed.visits.isEmpty ? 1 : 0
                // Better places are for those to whom nobody has spoken.
                let told = changed.visits.filter { $0.isMoved && $0.before?.told ?? false }
                #expect(changed.action != .courseImproved || told.isEmpty, "\(place): \(told)")
            }
            if case .course(.alter(let course, .lifecycle(.hold), .patientRequest, _)) = command {
                all.ownEnds += history.world.owesEnds(of: course, owed.keys)
            } else if case .course(.alter(let course, .lifecycle(.cease), .patientRequest, _)) = command {
                all.ownEnds += history.world.owesEnds(of: course, owed.keys)
            }
            if history.isBroken { break }
        }
        all.actions.formUnion(history.actions)
    }
}

extension LivingHistory {
    /// All reasons to call somebody now.
    fileprivate var listed: [PhoneCall.Reason] {
        CallList(world.state, calendars: world.calendar.calendars, now: now)?.calls().flatMap(\.reasons) ?? []
    }
}

extension LivingHistory {
    /// Whether somebody is to be called about a visit at all: not about what nobody is to be called about, and not
    /// whoever comes no more.
    /// The entry under which a patient is known now; nil where nobody is to call them.
    fileprivate func reached(_ patient: PatientID) -> PatientID? {
        let current = world.state.standing(for: patient)
        if case .closed? = world.state.patient(current)?.standing { return nil }
        return current
    }

    fileprivate func mayCall(_ id: VisitID) -> Bool {
        let visit = world.visit(id)
        let asked = visit.status.occupies ? visit.place.minute : nil
        let last = visit.facts.last { $0.kind == .called && $0.number == asked }
        if case .closed? = world.state.patient(visit.patient)?.standing { return false }
        return last?.detail != "never"
    }

    /// What does not hold of visits that run, after the last command.
    fileprivate func deskProblems(after command: Command) -> [String] {
        DeskRecount(
            before: stateBefore, after: stateAfter, now: now, calendar: calendarAfter ?? world.calendar, meant: meant
        ).problems(after: command) + (calendarDiffers() ? ["the calendar is not the state's"] : [])
    }
}

extension World {
    /// How many of some visits are of a course that is over or held, and do not take place.
    fileprivate func owesEnds(of course: CourseID, _ visits: some Sequence<VisitID>) -> Int {
        if self.course(course).status == .active { return 0 }
        return visits.count { visit($0).course == course && !visit($0).status.occupies }
    }
}
