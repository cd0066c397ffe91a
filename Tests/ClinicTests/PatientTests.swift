import Clinic
import Planning
import Testing

/// Whose courses are: entries that are one patient, courses booked for somebody else, patients who come no more.
@Suite struct PatientTests {
    private func refused(_ world: World, _ command: Command) -> Unchangeable? {
        guard case .unchangeable(let why)? = refusal(world.decision(command)) else { return nil }
        return why
    }

    @Test func twoEntriesOfOnePatientBecomeOneAndTwoAgain() {
        var world = World()
        world.book(Sample.order("p2"))
        let before = world.state
        let visits = world.state.visits(of: before.courses(of: "p2")[0]).map(\.place)
        world.accept(.patient(.merge("p2", into: "p1")))
        let course = world.state.courses(of: "p1")[0]
        #expect(course.patient == "p1" && world.state.courses(of: "p2").isEmpty)
        #expect(world.state.visits(of: course).allSatisfy { $0.patient == "p1" })
        #expect(world.state.visits(of: course).map(\.place) == visits, "nothing moves")
        #expect(world.state.patient("p2")?.standing == .merged(into: "p1"))
        #expect(world.state.standing(for: "p2") == "p1")
        #expect(refused(world, .course(.book(Sample.order("p2")))) == .patientGone("p2"))
        #expect(refused(world, .patient(.merge("p2", into: "p1"))) == .patientGone("p2"))
        let merge = world.events[world.events.count - 1]
        world.accept(.undo(merge))
        #expect(world.state.patients == before.patients && world.state.visits == before.visits)
        #expect(world.state.courses(of: "p2").map(\.visits) == before.courses(of: "p2").map(\.visits))
    }

    @Test func entriesWithVisitsOfOneDayStayTwo() {
        var world = World()
        world.book(Sample.order("p1"))
        world.book(Sample.order("p2"))
        guard case .sameDay? = refused(world, .patient(.merge("p2", into: "p1"))) else {
            Issue.record("two visits of one day")
            return
        }
        #expect(refused(world, .patient(.merge("p1", into: "p1"))) == .samePatient("p1"))
    }

    @Test func aCourseIsGivenToWhomItWasMeantForAndBack() {
        var world = World()
        let visits = world.book(Sample.order("p1")).visits
        for visit in visits { world.accept(.visit(.order(visit, .confirm, .other))) }
        let before = world.state
        world.accept(.course(.give("c1", to: "p2", .correction)))
        let given = world.state.visits(of: world.state.courses(of: "p2")[0])
        #expect(given.map(\.id) == visits && given.allSatisfy { $0.patient == "p2" })
        #expect(given.allSatisfy { !$0.told && $0.status == .tentative }, "the right one has heard nothing")
        #expect(given.map(\.place) == before.visits(of: before.courses(of: "p1")[0]).map(\.place))
        #expect(world.state.courses(of: "p1").isEmpty)
        #expect(refused(world, .course(.give("c1", to: "p2", .correction))) == .samePatient("p2"))
        world.accept(.undo(world.events[world.events.count - 1]))
        let back = world.state.visits(of: world.state.courses(of: "p1")[0])
        #expect(back.allSatisfy { $0.patient == "p1" && $0.told })
        #expect(world.state.courses(of: "p2").isEmpty)
    }

    @Test func aPatientWhoComesNoMoreHasNothingAheadAndIsNotBookedForUntilReopened() {
        var world = World()
        world.book(Sample.order("p1"))
        world.accept(.waiting(.add(WaitingWish(.course("c1"), earlier: true))))
        world.accept(.patient(.close("p1", .moved)))
        #expect(world.state.courses(of: "p1").allSatisfy { $0.status == .ceased })
        #expect(world.state.visits(of: world.state.courses(of: "p1")[0]).allSatisfy { !$0.status.occupies })
        #expect(world.state.waitingList.isEmpty)
        #expect(refused(world, .course(.book(Sample.order("p1")))) == .patientGone("p1"))
        #expect(refused(world, .patient(.close("p1", .other))) == .patientGone("p1"))
        let ceased = world.events.last { !$0.event.courseChanges.isEmpty }
        if let ceased { #expect(refused(world, .undo(ceased)) == .patientGone("p1"), "it would be open again") }
        world.accept(.patient(.reopen("p1")))
        #expect(refused(world, .patient(.reopen("p1"))) == .patientOpen("p1"))
        world.book(Sample.order("p1"))
    }

    @Test(arguments: [
        ("MRN-1", "mrn-1 "), ("MRN-1", "MRN-1\u{A0}"), ("MRN 1", "MRN  1"), ("MRN-1", "\u{200B}MRN-1"),
        ("A1", "a\u{FF11}"),
    ])
    func recordNumbersAreComparedWithoutCaseAndBlanks(one: String, other: String) {
        #expect(RecordNumber.key(of: one) == RecordNumber.key(of: other))
        let two = [PatientDetails(record: one), PatientDetails(record: other)]
        #expect(refusal(World().decision(.patient(.import(two)))) == .sameRecordNumber(first: 0, second: 1))
    }

    @Test(arguments: ["", " ", "\u{A0}\u{200B}"]) func aBlankRecordNumberIsNone(record: String) {
        #expect(refusal(World().decision(.patient(.add(PatientDetails(record: record))))) == .recordNumber)
    }

    @Test(arguments: [
        ("annika van der meer", "Van der Meer, Annika"), ("MEER annika", "Van der Meer, Annika"),
        ("lucja", "Łucja Świątek"), ("swiatek", "Łucja Świątek"), ("bjorn sorensen", "Sørensen, Bjørn"),
        ("ohara", "O’Hara, Zoë"), ("strasse", "Straße"), ("李", "李 明"),
    ])
    func aNameIsFoundByItsPartsWithoutAccents(said: String, name: String) {
        let details = PatientDetails(record: "R-1", name: name)
        #expect(PatientQuery(said).matches(details))
        #expect(!PatientQuery(said + " xyz").matches(details))
    }

    @Test func aPatientIsFoundByDigitsOfAPhoneAndARecordNumber() {
        let details = PatientDetails(
            record: "MRN-4711", name: "Holm", phone: "+1 (555) 010-4477", birthDate: Day("1961-04-02"))
        for said in ["0104477", "555 010", "mrn-47", "MRN - 4711", "1961-04-02", ""] {
            #expect(PatientQuery(said).matches(details), "\(said)")
        }
        for said in ["0104478", "1961-04-03", "mrn-5"] { #expect(!PatientQuery(said).matches(details), "\(said)") }
    }

    @Test func familyNamesThatAreNearlyTheSameAreTakenForOneAnother() {
        for (one, other) in [
            ("Smith, John", "Smith, John"), ("John Smith", "Smith, Jane"), ("Meyer, A", "Meier, B"),
            ("Sorensen", "Sørensen"), ("Holms, A", "Holm, A"), ("Brain, A", "Brian, A"),
        ] { #expect(NameWords.areAlike(one, other), "\(one), \(other)") }
        for (one, other) in [("Lee, A", "Leu, B"), ("Smith, A", "Jones, A"), ("", "")] {
            #expect(!NameWords.areAlike(one, other), "\(one), \(other)")
        }
    }
}
