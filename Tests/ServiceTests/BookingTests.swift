import Clinic
import Planning
import Testing
import Varlink
import Wire

@testable import Service

@Suite("Booking")
struct BookingTests {
    @Test("a proposal is booked as it was shown, and stands in course, visit and day")
    func proposeAndBook() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let course = try oneVisit(patient, regimen: "three")
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: course, alternatives: 2))
        let plan = try #require(proposed.plan)
        #expect(plan.alternatives.count == 2)
        #expect(proposed.people == ["rn-1": "Nurse 1"])
        let booked = try await world.ask(ClinicInterface.BookCourse(proposal: proposed.proposal))
        #expect(booked.visits.map(\.start) == plan.visits.map(\.start))
        #expect(booked.visits.map(\.chair) == plan.visits.map(\.chair))
        let shown = try await world.ask(ClinicInterface.ShowCourse(course: booked.id))
        #expect(shown.visits == booked.visits)
        #expect(shown.asked.regimen == "three")
        #expect(shown.phases == ["all"])
        #expect(try await world.ask(ClinicInterface.ShowVisit(visit: "v2")).found == booked.visits[1])
        let board = try await world.ask(ClinicInterface.Day(day: booked.visits[0].start.day)).board
        #expect(board.chairs.flatMap(\.holds).map(\.visit) == [booked.visits[0]])
        #expect(board.people.first?.loads.map(\.percent) == [50])
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("an alternative is booked by its number, which counts the plan itself; beyond the last there is none")
    func alternative() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let proposed = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(patient), alternatives: 2))
        for number in [0, 4] {
            let failure = try await world.failure(
                of: ClinicInterface.BookCourse(proposal: proposed.proposal, alternative: number))
            let message = "expected a whole number from 1 to 3, found \(number)"
            #expect(failure == .invalidValue(field: "alternative", message: message, hint: nil))
        }
        let booked = try await world.ask(ClinicInterface.BookCourse(proposal: proposed.proposal, alternative: 2))
        #expect(booked.visits.map(\.start) == proposed.plan?.alternatives[0].visits.map(\.start))
        try await world.close()
    }

    @Test("the first of a proposal's plans is the one proposed")
    func firstAlternative() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let proposed = try await world.ask(
            ClinicInterface.ProposeCourse(course: oneVisit(patient), alternatives: 2))
        let booked = try await world.ask(ClinicInterface.BookCourse(proposal: proposed.proposal, alternative: 1))
        #expect(booked.visits.map(\.start) == proposed.plan?.visits.map(\.start))
        try await world.close()
    }

    @Test("a course without a place is answered with the days and what would help, and booking it is Refused")
    func refusal() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let sunday = try oneVisit(patient, earliest: "2026-03-08", startWithinDays: 0)
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: sunday))
        #expect(proposed.plan == nil && proposed.proposal == nil)
        #expect(proposed.refusal?.days.map(\.day) == [sunday.earliest])
        #expect(proposed.refusal?.wouldHelp.map(\.kind) == [.startWindow])
        let refused = try await world.failure(of: ClinicInterface.BookCourse(course: sunday))
        guard case .refused("several", let message, let hint, [], let refusal) = refused else {
            Issue.record("expected Refused, found \(String(describing: refused))")
            return
        }
        #expect(message == "no place for visit 1 (only), several: opening-hours and attendant-on-duty")
        #expect(refusal?.days.map(\.several) == [[.openingHours, .attendantOnDuty]])
        #expect(hint == "a start window longer by 1 would help")
        #expect(refusal?.days.map(\.closedBy) == proposed.refusal?.days.map(\.closedBy))
        try await world.close()
    }

    @Test("what does not exist is named", arguments: ["patient", "regimen", "person", "feature", "proposal"])
    func unknown(kind: String) async throws {
        let world = try await World()
        let patient = try await world.patient()
        var course = try oneVisit(patient)
        let expected: ClinicInterface.Failure
        switch kind {
        case "patient":
            course.patient = "p9"
            expected = .noSuchPatient(patient: "p9")
        case "regimen":
            course.regimen = "thre"
            expected = .noSuchRegimen(regimen: "thre", hint: "did you mean three?")
        case "person":
            course.preferredPerson = "rn-9"
            expected = .noSuchPerson(person: "rn-9")
        case "feature":
            course.features = ["monitr"]
            expected = .invalidValue(
                field: "course.features", message: "no chair has the feature monitr",
                hint: "did you mean monitor?")
        default:
            expected = .noSuchProposal(proposal: "pr9")
            #expect(try await world.failure(of: ClinicInterface.BookCourse(proposal: "pr9")) == expected)
            try await world.close()
            return
        }
        #expect(try await world.failure(of: ClinicInterface.ProposeCourse(course: course)) == expected)
        #expect(try await world.failure(of: ClinicInterface.BookCourse(course: course)) == expected)
        try await world.close()
    }

    @Test("bookings of many clients at once never take a chair twice nor a nurse beyond capacity")
    func manyAtOnce() async throws {
        let world = try await World()
        let patients = try await world.ask(
            ClinicInterface.ImportPatients(
                patients: (1...40).map { NewPatientMessage(recordNumber: "MRN-\($0)") })
        ).ids
        // A day has room for 6: two chairs, three hours; the window of 3 days has room for 18.
        let booked = try await withThrowingTaskGroup(of: Bool.self) { group in
            for patient in patients {
                group.addTask {
                    let course = try oneVisit(patient, earliest: "2026-03-03", startWithinDays: 2)
                    switch try await world.failure(of: ClinicInterface.BookCourse(course: course)) {
                    case nil: return true
                    case .refused: return false
                    case let other: throw Unexpected(failure: other)
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(booked == 18)
        let state = world.service.publication.current.state
        for (_, holds) in Dictionary(grouping: state.visits.map(\.value), by: \.place.chair) {
            let sorted = holds.map(\.holdInterval).sorted { $0.from < $1.from }
            for (one, next) in zip(sorted, sorted.dropFirst()) { #expect(one.until <= next.from) }
        }
        #expect(try await world.ask(ServiceInterface.Verify(), by: World.peer(.admin)).sound)
        try await world.close()
    }

    @Test("proposals are kept up to a limit, the oldest goes first")
    func shelf() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let proposed = try await world.ask(ClinicInterface.ProposeCourse(course: oneVisit(patient)))
        let id = try #require(proposed.proposal)
        let proposal = try #require(world.service.proposals.proposal(id))
        let shelf = ProposalShelf<Proposal>(limit: 2)
        #expect(shelf.keep(proposal) == nil, "no id is given that was not set aside")
        shelf.use(numbersThrough: 1_000)
        #expect([shelf.keep(proposal), shelf.keep(proposal), shelf.keep(proposal)] == ["pr1", "pr2", "pr3"])
        #expect(shelf.proposal("pr1") == nil)
        #expect(shelf.proposal("pr2") != nil)
        #expect(shelf.count == 2)
        try await world.close()
    }

    @Test("an import adds whom it does not know and answers the ids of all")
    func imports() async throws {
        let world = try await World()
        let known = try await world.patient(2)
        let reply = try await world.ask(
            ClinicInterface.ImportPatients(
                patients: ["MRN-1", "MRN-2", "MRN-3"].map { NewPatientMessage(recordNumber: $0) }))
        #expect(reply.added == 2)
        #expect(reply.ids == ["p2", known, "p3"])
        let twice = try await world.failure(
            of: ClinicInterface.ImportPatients(
                patients: ["A", "B", "A"].map { NewPatientMessage(recordNumber: $0) }))
        #expect(
            twice
                == .invalidValue(
                    field: "patients[2].recordNumber", message: "the same record number as patients[0]", hint: nil))
        #expect(
            try await world.failure(of: ClinicInterface.AddPatient(recordNumber: "MRN-2"))
                == .recordNumberTaken(patient: known))
        try await world.close()
    }

    @Test("patients are found by part of a name or record number, page by page")
    func listing() async throws {
        let world = try await World()
        for number in 1...5 { _ = try await world.patient(number) }
        let page = try await world.ask(ClinicInterface.ListPatients(query: "name", limit: 2))
        #expect(page.patients.map(\.id) == ["p1", "p2"])
        #expect(page.more)
        let rest = try await world.ask(ClinicInterface.ListPatients(query: "name", after: "p2", limit: 3))
        #expect(rest.patients.map(\.id) == ["p3", "p4", "p5"])
        #expect(!rest.more)
        #expect(try await world.ask(ClinicInterface.ListPatients(query: "mrn-4")).patients.map(\.id) == ["p4"])
        #expect(try await world.ask(ClinicInterface.ShowPatient(recordNumber: "MRN-3")).found.id == "p3")
        #expect(
            try await world.failure(of: ClinicInterface.ShowPatient(recordNumber: "MRN-9"))
                == .noSuchPatient(patient: ""))
        try await world.close()
    }
}

@Suite("Values that cannot be")
struct ValueTests {
    @Test(
        "a number or a day beyond its limit is named with the limit; at the limit it is taken",
        arguments: ["731", "732", "-731", "-732", "366", "367", "24:00", "23:59", "end", "type", "alternatives"])
    func limits(value: String) async throws {
        let world = try await World()
        var course = try oneVisit(try await world.patient())
        let today = try #require(Day("2026-03-02"))
        var alternatives: Int?
        var expected: (field: String, message: String, hint: String?)?
        switch value {
        case "731", "-731": course.earliest = today + Int(value)!
        case "732", "-732":
            course.earliest = today + Int(value)!
            let message = "expected a day within two years of 2026-03-02, found \(course.earliest)"
            expected = ("course.earliest", message, nil)
        case "366": course.startWithinDays = 366
        case "367":
            course.startWithinDays = 367
            expected = ("course.startWithinDays", "expected a whole number from 0 to 366, found 367", nil)
        case "23:59": course.usual = ClockTime(value)
        case "24:00":
            course.usual = ClockTime(value)
            expected = ("course.usual", "expected 0 to 1439 minutes from 00:00, found 1440", nil)
        case "end":
            course.endDay = course.earliest - 1
            expected = ("course.endDay", "expected a day from 2026-03-03 on, found 2026-03-02", nil)
        case "type":
            course.authorisations = [
                Authorisation(
                    number: "1", status: .approved, visits: 1, visitTypes: ["huor"], from: today, through: today)
            ]
            expected = ("course.authorisations[0].visitTypes", "no visit type huor", "did you mean hour?")
        default:
            alternatives = 21
            expected = ("alternatives", "expected a whole number from 0 to 20, found 21", nil)
        }
        let failure = try await world.failure(
            of: ClinicInterface.ProposeCourse(course: course, alternatives: alternatives))
        #expect(failure == expected.map { .invalidValue(field: $0.field, message: $0.message, hint: $0.hint) })
        try await world.close()
    }
}

/// An error that the test does not expect.
struct Unexpected: Error {
    let failure: ClinicInterface.Failure?
}
