import Clinic
import GRDB
import Planning
import StrictJSON
import Testing

@testable import Store

/// What is written today must be read for ever: these texts stay when the code that writes them goes on.
@Suite struct PayloadTests {
    static let booked = CourseBooked(
        course: "c1", patient: "p1", template: "r1",
        wish: CourseWish(
            earliest: Clerk.first, availability: [WeekWindow(days: [.wed, .mon], hours: Interval(540, 1440))],
            blackoutDays: [Clerk.first + 3, Clerk.first + 1], usual: 600, features: ["b", "a"],
            preferredPerson: "rn-1"),
        usual: 615,
        visits: [
            CourseBooked.BookedVisit(
                id: "v1",
                image: VisitImage(
                    number: 1, phase: "induction", visitType: "iv", status: .confirmed, place: place,
                    heard: .at(place.start), terms: terms))
        ])

    private static let place = Place(
        start: PromisedTime(day: Clerk.first, clock: 90, isLater: true), minute: 29_541_150, chair: "chair-1",
        persons: ["rn-1"], handovers: [Handover(label: "nurse", person: "rn-2", stretch: Interval(15, 45))])

    private static var terms: CostTerms {
        var terms = CostTerms()
        terms[.gap] = 20
        terms[.idle] = 2
        return terms
    }

    private static let shift = DatedShift(
        id: "s1", shift: ExtraShift(person: "rn-1", day: Clerk.first, hours: Interval(480, 720)))

    private static let texts: [(Event, String)] = [
        (.patient(.added("p1")), #"{"patient":"p1"}"#),
        (.patient(.closed("p1", .moved)), #"{"patient":"p1","why":"moved"}"#),
        (.patient(.reopened("p1")), #"{"patient":"p1"}"#),
        (
            .patient(.merged(PatientMerge(from: "p2", into: "p1", courses: ["c1"], visits: ["v1", "v2"]))),
            #"{"from":"p2","into":"p1","courses":["c1"],"visits":["v1","v2"]}"#
        ),
        (
            .patient(.separated(PatientMerge(from: "p2", into: "p1", courses: [], visits: []))),
            #"{"from":"p2","into":"p1"}"#
        ),
        (.service(.started(ServiceStarted(version: "0.1", wasClean: false))), #"{"version":"0.1","wasClean":false}"#),
        (
            .availability(
                .added(.timeOff(Absence(id: "t1", timeOff: TimeOff(person: "rn-1", interval: Interval(5, 9)))))),
            #"{"id":"t1","person":"rn-1","minutes":[5,9]}"#
        ),
        (
            .alert(.raised(Alert(.taskDue, .course("c1"), "v1/form", due: Instant(seconds: 60)))),
            #"{"kind":"taskDue","subject":"course","id":"c1","detail":"v1/form","due":60}"#
        ),
        (
            .availability(.added(.shift(shift))),
            #"{"id":"s1","person":"rn-1","day":"2026-03-02","hours":"08:00-12:00"}"#
        ),
        (
            .visit(
                .hit(
                    VisitsHit(
                        subject: .chair("chair-1"),
                        visits: [AffectedVisit(visit: "v1", rules: [.openingHours, .chairInService])])
                )),
            #"{"subject":"chair","id":"chair-1","visits":[{"visit":"v1","#
                + #""rules":["opening-hours","chair-in-service"]}]}"#
        ),
        (
            .course(
                .refused(
                    CourseRefused(
                        patient: "p1", regimen: "mdd", visit: 2, phase: "induction", rules: [.chairFree, .gap]))),
            #"{"patient":"p1","regimen":"mdd","visit":2,"phase":"induction","rules":["chair-free","gap"]}"#
        ),
        (
            .course(.booked(booked)),
            #"{"course":"c1","patient":"p1","template":"r1","wish":{"earliest":"2026-03-02","startWithinDays":14,"#
                + #""availability":[{"days":["mon","wed"],"hours":"09:00-24:00"}],"#
                + #""blackoutDays":["2026-03-03","2026-03-05"],"usual":"10:00","features":["a","b"],"#
                + #""preferredPerson":"rn-1"},"usual":"10:15","visits":[{"id":"v1","number":1,"phase":"induction","#
                + #""visit":"iv","place":{"start":"2026-03-02T01:30","later":true,"minute":29541150,"#
                + #""chair":"chair-1","persons":["rn-1"],"#
                + #""handovers":[{"label":"nurse","person":"rn-2","stretch":[15,45]}]},"#
                + #""confirmed":true,"told":true,"terms":{"gap":20,"idle":2}}]}"#
        ),
    ]

    private static func image(_ status: VisitStatus, _ facts: [Fact] = []) -> VisitImage {
        VisitImage(
            number: 2, phase: "induction", visitType: "iv", status: status, place: place,
            heard: Heard(isTold: true, isToBeTold: facts.isEmpty, status, at: place),
            pinned: facts.isEmpty, overrides: facts.isEmpty ? [:] : [.gap: .clinical], terms: terms,
            isForgone: !facts.isEmpty, facts: facts)
    }

    private static var changed: CourseChanged {
        var progress = CourseProgress()
        progress.assessments = [Assessment(measure: "PHQ-9", score: 12, at: Instant(seconds: 60))]
        progress.openGates = ["b", "a"]
        progress.prerequisites = [PrerequisiteDone(name: "consent", day: Clerk.first, visit: "v1")]
        progress.doneTasks = ["v1/form"]
        progress.adoptedFrom = CourseProgress.Adopted(phase: "induction", given: 3, lastDay: Clerk.first)
        progress.heldUntil = Instant(seconds: 120)
        func image(_ progress: CourseProgress) -> CourseImage {
            CourseImage(
                template: "r1", wish: CourseWish(earliest: Clerk.first), status: .active, usual: 600,
                progress: progress)
        }
        return CourseChanged(
            action: .undone, course: "c1", patient: "p1", about: "v1", before: image(CourseProgress()),
            after: image(progress),
            visits: [
                CourseChanged.VisitChange(
                    id: "v1", before: PayloadTests.image(.tentative),
                    after: PayloadTests.image(
                        .cancelled(.late, .weather),
                        [Fact(.delayed, at: Instant(seconds: 5), number: 10, detail: "x")])),
                CourseChanged.VisitChange(id: "v2", before: PayloadTests.image(.inProgress(stage: 1)), after: nil),
            ], undoes: 7)
    }

    @Test func aChangeIsReadAsInVersionOne() throws {
        let place =
            #""place":{"start":"2026-03-02T01:30","later":true,"minute":29541150,"chair":"chair-1","persons":["rn-1"],"#
            + #""handovers":[{"label":"nurse","person":"rn-2","stretch":[15,45]}]},"told":true,"#
        let wish = #""wish":{"earliest":"2026-03-02","startWithinDays":14},"status":"active","usual":"10:00""#
        let terms = #""terms":{"gap":20,"idle":2},"#
        let text =
            #"{"action":"undone","course":"c1","patient":"p1","about":"v1","before":{"template":"r1","# + wish
            + #"},"after":{"template":"r1","# + wish
            + #","progress":{"assessments":[{"measure":"PHQ-9","score":12,"at":60}],"openGates":["a","b"],"#
            + #""prerequisites":[{"name":"consent","day":"2026-03-02","visit":"v1"}],"doneTasks":["v1/form"],"#
            + #""adoptedFrom":{"phase":"induction","given":3,"lastDay":"2026-03-02"},"heldUntil":120}},"visits":["#
            + #"{"id":"v1","before":{"number":2,"phase":"induction","visit":"iv","status":"tentative","# + place
            + #""pinned":true,"# + terms + #""needsCall":true},"after":{"number":2,"phase":"induction","visit":"iv","#
            + #""status":"cancelled","detail":"late","reason":"weather","# + place
            + #""overrides":{"gap":"clinical"},"# + terms
            + #""forgone":true,"facts":[{"kind":"delayed","at":5,"number":10,"detail":"x"}]}},"#
            + #"{"id":"v2","before":{"number":2,"phase":"induction","visit":"iv","status":"inProgress","detail":"1","#
            + place + #""pinned":true,"# + terms + #""needsCall":true}}],"undoes":7}"#
        let together = Event.repair(
            .changed(
                ScheduleChanged(purpose: .repair, day: Clerk.first, changes: [PayloadTests.changed])))
        let texts = #"{"purpose":"repair","day":"2026-03-02","courses":["# + text + "]}"
        #expect(try Event(kind: "visitsRearranged", version: 1, payload: Array(texts.utf8)) == together)
        let made = Event.repair(
            .changed(
                ScheduleChanged(purpose: .repair, day: Clerk.first, changes: [PayloadTests.changed], proposed: 9)))
        #expect(made.payload.text().hasSuffix(#"],"proposed":9}"#))
        #expect(try Event(kind: "visitsRearranged", version: 1, payload: Array(made.payload.text().utf8)) == made)
        let event = Event.course(.changed(PayloadTests.changed))
        #expect(try Event(kind: "courseChanged", version: 1, payload: Array(text.utf8)) == event)
        #expect(try Event(kind: "courseChanged", version: 1, payload: Array(event.payload.text().utf8)) == event)
    }

    @Test(
        arguments: [
            (nil, nil), (.calledOff, #""heard":"calledOff""#), (.unsure(nil), #""heard":"unsure""#),
            (.at(PromisedTime(day: Clerk.first, clock: 90, isLater: true)), #""told":true"#),
            (
                .at(PromisedTime(day: Clerk.first, clock: 90)),
                #""terms":{"gap":20,"idle":2},"needsCall":true,"heard":"2026-03-02T01:30""#
            ),
            (
                .unsure(PromisedTime(day: Clerk.first, clock: 90, isLater: true)),
                #""heard":"unsure 2026-03-02T01:30 later""#
            ),
        ] as [(Heard?, String?)])
    func whatAPatientHeardIsWrittenWhereThatTheyWereToldDoesNotSayIt(heard: Heard?, text: String?) throws {
        for status in [VisitStatus.tentative, .cancelled(.early, .patientRequest), .noShow, .omitted] {
            var image = PayloadTests.image(status)
            image.heard = heard
            let written = image.payload.text()
            #expect(try JSONValue(parsing: written).decode(VisitImage.init(payload:)) == image)
            if status == .tentative, let text, heard != .unsure(nil) { #expect(written.contains(text)) }
        }
    }

    @Test func whatWasSetAsideForAVisitThatIsBookedIsWrittenOnlyWhereThereIsSomething() throws {
        let plain = PayloadTests.booked.visits[0]
        var image = plain.image
        image.overrides = [.leadTime: .patientRequest]
        let walkIn = CourseBooked.BookedVisit(id: plain.id, image: image)
        let written = walkIn.payload.text()
        #expect(written.contains(#""overrides":{"lead-time":"patientRequest"}"#))
        #expect(try JSONValue(parsing: written).decode(CourseBooked.BookedVisit.init(payload:)) == walkIn)
        #expect(!plain.payload.text().contains("overrides"))
    }

    @Test func whereARepairMakesAVisitUpIsWrittenWithItsWay() throws {
        let place = PayloadTests.place
        let move = ScheduleChange.Move(visit: "v1", course: "c1", from: place, to: nil, madeUp: place)
        let event = Event.repair(
            .proposed(
                RepairProposed(
                    proposal: "rp3", day: nil, lost: [],
                    courses: [.init(course: "c1", patient: "p1", isCalled: true, moves: [move])], unresolved: [],
                    isBest: true)))
        let written = event.payload.text()
        #expect(written.contains(#""madeUp":{"#))
        #expect(try Event(kind: "repairProposed", version: 1, payload: Array(written.utf8)) == event)
    }

    @Test func aProposedRepairIsWrittenAndReadAsInVersionOne() throws {
        let place = PayloadTests.place
        let move = ScheduleChange.Move(
            visit: "v1", course: "c1", from: place, to: nil, rules: [.openingHours, .attendantOnDuty])
        let swap = ScheduleChange.Move(visit: "v2", course: "c1", from: place, to: place)
        let event = Event.repair(
            .proposed(
                RepairProposed(
                    proposal: "rp3", day: Clerk.first, lost: [.person("rn-1"), .clinic],
                    courses: [.init(course: "c1", patient: "p1", isCalled: true, moves: [move, swap])],
                    unresolved: ["v7"], isBest: false)))
        let at =
            #"{"start":"2026-03-02T01:30","later":true,"minute":29541150,"chair":"chair-1","persons":["rn-1"],"#
            + #""handovers":[{"label":"nurse","person":"rn-2","stretch":[15,45]}]}"#
        let text =
            #"{"proposal":"rp3","day":"2026-03-02","lost":[{"kind":"person","id":"rn-1"},{"kind":"clinic","id":""}],"#
            + #""courses":[{"course":"c1","patient":"p1","called":true,"moves":[{"visit":"v1","from":"# + at
            + #","rules":["opening-hours","attendant-on-duty"]},{"visit":"v2","from":"# + at + #","to":"# + at
            + #"}]}],"unresolved":["v7"],"best":false}"#
        #expect(event.payload.text() == text)
        #expect(try Event(kind: "repairProposed", version: 1, payload: Array(text.utf8)) == event)
    }

    @Test(
        arguments: [
            (nil, nil, ""), (Clerk.first + 7, nil, #","latestDay":"2026-03-09""#),
            (nil, .itself, #","asked":"itself""#),
            (Clerk.first, .along, #","latestDay":"2026-03-02","asked":"along""#),
        ] as [(Day?, AskedPlace?, String)])
    func theLastDayOfAVisitAndThatItsPlaceWasAskedForAreWrittenAndReadAsInVersionOne(
        latestDay: Day?, asked: AskedPlace?, text: String
    ) throws {
        var image = PayloadTests.image(.tentative)
        (image.latestDay, image.asked) = (latestDay, asked)
        let written = image.payload.text()
        #expect(written.hasSuffix(#""needsCall":true"# + text + "}"))
        #expect(written.contains("latestDay") == (latestDay != nil) && written.contains("asked") == (asked != nil))
        #expect(try JSONValue(parsing: written).decode(VisitImage.init(payload:)) == image)
        for wrong in [#","latestDay":"soon"}"#, #","asked":"anyhow"}"#] where text.isEmpty {
            let broken = String(written.dropLast()) + wrong
            #expect(throws: (any Error).self) { try JSONValue(parsing: broken).decode(VisitImage.init(payload:)) }
        }
    }

    @Test func gapsThatChangeOnADayAreWrittenAndReadAsInVersionOne() throws {
        var phase = Sample.regimens[1].phases[0]
        let plain = phase.payload.text()
        #expect(!plain.contains("gapChanges"))
        #expect(try JSONValue(parsing: plain).decode(Phase.init(payload:)) == phase)
        phase.gapChanges = [
            GapChange(from: Clerk.first, gaps: [7, 3], toleranceBefore: 2, toleranceAfter: 0),
            GapChange(from: Clerk.first + 30, gaps: [14], toleranceBefore: 0, toleranceAfter: 4),
        ]
        let text =
            #""gapChanges":[{"from":"2026-03-02","gaps":[7,3],"before":2,"after":0},"#
            + #"{"from":"2026-04-01","gaps":[14],"before":0,"after":4}]"#
        let written = phase.payload.text()
        #expect(written.contains(text))
        #expect(try JSONValue(parsing: written).decode(Phase.init(payload:)) == phase)
        let template = Template(
            id: "r2", regimen: Regimen(id: "one", phases: [phase]), visitTypes: [Sample.infusion], derivedFrom: "r1")
        let event = Event.course(.templateRecorded(template))
        #expect(try Event(kind: "templateRecorded", version: 1, payload: Array(event.payload.text().utf8)) == event)
    }

    @Test func aGoalIsWrittenAndReadAndMayBeMissing() throws {
        var phase = Sample.regimens[1].phases[0]
        #expect(phase.goal == nil && !phase.payload.text().contains("goal"))
        phase.goal = Phase.Goal(days: 16, spare: [160, 80])
        let written = phase.payload.text()
        #expect(written.contains(#""goal":{"days":16,"spare":[160,80]}"#))
        #expect(try JSONValue(parsing: written).decode(Phase.init(payload:)) == phase)
        phase.goal = Phase.Goal(days: 16, spare: [])
        #expect(try JSONValue(parsing: phase.payload.text()).decode(Phase.init(payload:)) == phase)
    }

    @Test func whatYieldsIsWrittenWhereItIsNotTheUsualAndMayBeMissing() throws {
        var phase = Sample.regimens[1].phases[0]
        #expect(phase.yields == .untold && !phase.payload.text().contains("yields"))
        for yields in Phase.Yielding.allCases {
            phase.yields = yields
            #expect(try JSONValue(parsing: phase.payload.text()).decode(Phase.init(payload:)) == phase)
        }
    }

    @Test func aChangeSaysWhatElseItIsAbout() throws {
        let plain = PayloadTests.changed
        let event = Event.course(
            .changed(
                CourseChanged(
                    action: .gateClosed, course: plain.course, patient: plain.patient, before: plain.before,
                    after: plain.after, visits: [], detail: "weekly")))
        let text = event.payload.text()
        #expect(text.hasSuffix(#","detail":"weekly"}"#))
        #expect(try Event(kind: "courseChanged", version: 1, payload: Array(text.utf8)) == event)
    }

    @Test func aCourseThatIsGivenSaysWhoseItWas() throws {
        let plain = PayloadTests.changed
        let event = Event.course(
            .changed(
                CourseChanged(
                    action: .courseGiven, course: plain.course, patient: "p2", former: "p1", before: plain.before,
                    after: plain.after, visits: [])))
        let text = event.payload.text()
        #expect(text.hasPrefix(#"{"action":"courseGiven","course":"c1","patient":"p2","former":"p1""#))
        #expect(try Event(kind: "courseChanged", version: 1, payload: Array(text.utf8)) == event)
    }

    @Test func aChangeSaysWhoKnowsOfItAtOnceAndWhoIsStillToBeTold() throws {
        let plain = PayloadTests.changed
        var image = PayloadTests.image(.tentative)
        image.formerPatients = [
            FormerPatient(patient: "p2", heard: .at(image.place.start)),
            FormerPatient(
                patient: "p3", heard: .unsure(nil),
                calls: [Fact(.called, at: Instant(seconds: 60), detail: "messageLeft")]),
        ]
        let event = Event.course(
            .changed(
                CourseChanged(
                    action: .visitMoved, course: plain.course, patient: plain.patient, before: plain.before,
                    after: plain.after, visits: [.init(id: "v1", before: nil, after: image)], isTold: true)))
        let text = event.payload.text()
        #expect(text.hasSuffix(#","told":true}"#))
        #expect(
            text.contains(
                #""formerPatients":[{"patient":"p2","heard":"2026-03-02T01:30 later"},"#
                    + #"{"patient":"p3","heard":"unsure","#
                    + #""calls":[{"kind":"called","at":60,"detail":"messageLeft"}]}]"#))
        #expect(try Event(kind: "courseChanged", version: 1, payload: Array(text.utf8)) == event)
        #expect(Set(event.subjects).isSuperset(of: [.patient("p1"), .patient("p2"), .patient("p3")]))
    }

    @Test func aLossSaysWhichVisitsUnderWayNobodyCanTakeOver() throws {
        let visits = [AffectedVisit(visit: "v1", rules: [.attendantOnDuty])]
        let event = Event.visit(.hit(VisitsHit(subject: .person("rn-1"), visits: visits, unattended: ["v1"])))
        let text = event.payload.text()
        #expect(text.hasSuffix(#","unattended":["v1"]}"#))
        #expect(try Event(kind: "visitsHit", version: 1, payload: Array(text.utf8)) == event)
    }

    @Test func eventsAreWrittenAndReadAsInVersionOne() throws {
        for (event, text) in PayloadTests.texts {
            #expect(event.payload.text() == text)
            #expect(try Event(kind: event.kind.rawValue, version: 1, payload: Array(text.utf8)) == event)
        }
    }

    @Test func aPayloadWithAKeyThatNobodyKnowsIsNotGuessedAt() {
        #expect(throws: PayloadError.self) {
            try Event(kind: "patientAdded", version: 1, payload: Array(#"{"patient":"p1","x":1}"#.utf8))
        }
        #expect(throws: PayloadError.self) { try Event(kind: "other", version: 1, payload: Array("{}".utf8)) }
    }
}
