import Clinic
import Foundation
import Planning
import Store
import Testing
import Varlink
import VarlinkDescription
import Wire

@testable import Service

/// For every method that takes a request id: a call that is done in the clinic that `World.requested` makes, and one
/// that is refused there but would be done, or refused otherwise, after `World.goOn`.
struct Requests {
    typealias Pair = (done: any WireCall, refused: any WireCall)

    /// The bare names of all methods that take a request id.
    static var methods: [String] {
        let description = try? InterfaceDescription(parsing: ClinicInterface.description)
        return (description?.methods ?? []).filter { $0.input.contains { $0.name == "request" } }.map(\.name).sorted()
    }

    let held: String
    let proposal: String
    let repair: String
    let offer: String
    let task: String
    let export: String

    private let tuesday = Day("2026-03-03")!

    /// The calls of a method, without a request id; nil for a method that was forgotten here.
    func pair(_ method: String) throws -> Pair? {
        try ofVisits(method) ?? ofCourses(method) ?? ofCare(method) ?? ofFacility(method) ?? ofWaiting(method)
            ?? ofPatients(method) ?? others(method)
    }

    private func ofVisits(_ method: String) -> Pair? {
        func pair<Call: WireCall>(_ call: (String) -> Call) -> Pair { (call("v3"), call("v20")) }
        switch method {
        case "ConfirmVisit": return pair { ClinicInterface.ConfirmVisit(visit: $0) }
        case "PinVisit": return pair { ClinicInterface.PinVisit(visit: $0, pinned: true) }
        case "CancelVisit": return pair { ClinicInterface.CancelVisit(visit: $0, reason: "other") }
        case "MoveVisit": return pair { ClinicInterface.MoveVisit(visit: $0, from: tuesday + 8, reason: "other") }
        case "DeferVisit":
            return pair { ClinicInterface.DeferVisit(visit: $0, until: tuesday + 8, later: "shift", reason: "other") }
        case "OmitVisit": return pair { ClinicInterface.OmitVisit(visit: $0, reason: "other") }
        case "OverrideRule": return pair { ClinicInterface.OverrideRule(visit: $0, rule: .gap, reason: "clinical") }
        case "RecordNoShow": return pair { ClinicInterface.RecordNoShow(visit: $0) }
        case "RecordNotTreated": return pair { ClinicInterface.RecordNotTreated(visit: $0, obstacle: "ate", yes: true) }
        case "RecordFact": return pair { ClinicInterface.RecordFact(visit: $0, fact: "escortConfirmed") }
        // What happened is recorded by events that these visits do not have.
        case "CorrectFact": return pair { ClinicInterface.CorrectFact(visit: $0, event: 1) }
        case "RecordCall": return pair { ClinicInterface.RecordCall(call: $0, outcome: "reached") }
        case "AddWaiting": return pair { ClinicInterface.AddWaiting(visit: $0, earlier: true) }
        default: return nil
        }
    }

    private func ofCourses(_ method: String) throws -> Pair? {
        func pair<Call: WireCall>(_ call: (String) -> Call) -> Pair { (call("c1"), call("c7")) }
        switch method {
        case "ExtendCourse": return pair { ClinicInterface.ExtendCourse(course: $0, visits: 1, reason: "other") }
        case "EndPhase": return pair { ClinicInterface.EndPhase(course: $0, phase: "all", reason: "other") }
        case "AdvanceCourse":
            return (
                ClinicInterface.AdvanceCourse(course: "c2", reason: "other"),
                ClinicInterface.AdvanceCourse(course: "c7", reason: "other")
            )
        case "StepBackCourse": return pair { ClinicInterface.StepBackCourse(course: $0, visits: 1, reason: "other") }
        case "ChangeGaps":
            return pair { ClinicInterface.ChangeGaps(course: $0, phase: "all", gaps: [2], reason: "other") }
        case "ChangeCourse":
            return pair { ClinicInterface.ChangeCourse(course: $0, usual: ClockTime(minutes: 600), reason: "other") }
        case "HoldCourse": return pair { ClinicInterface.HoldCourse(course: $0, reason: "other") }
        case "ResumeCourse":
            return (
                ClinicInterface.ResumeCourse(course: "c3", from: tuesday + 8, reason: "other"),
                ClinicInterface.ResumeCourse(course: "c7", from: tuesday + 8, reason: "other")
            )
        case "CeaseCourse": return pair { ClinicInterface.CeaseCourse(course: $0, reason: "other") }
        case "ReplanCourse": return pair { ClinicInterface.ReplanCourse(course: $0, reason: "other") }
        case "CatchUpCourse":
            return pair { ClinicInterface.CatchUpCourse(course: $0, within: 20, reason: "other") }
        case "BookHeldCourse":
            return (ClinicInterface.BookHeldCourse(course: held), ClinicInterface.BookHeldCourse(course: "c7"))
        case "ReleaseCourse":
            return (ClinicInterface.ReleaseCourse(course: held), ClinicInterface.ReleaseCourse(course: "c7"))
        case "Undo": return (ClinicInterface.Undo(course: "c1"), ClinicInterface.Undo(course: "c7"))
        case "AdoptCourse":
            func adopt(_ patient: String) throws -> any WireCall {
                ClinicInterface.AdoptCourse(
                    course: try oneVisit(patient, regimen: "three"), phase: "all", given: 1, lastDay: tuesday - 1,
                    again: true, reason: "other")
            }
            return (try adopt("p1"), try adopt("p6"))
        default: return nil
        }
    }

    private func ofCare(_ method: String) -> Pair? {
        func pair<Call: WireCall>(_ call: (String) -> Call) -> Pair { (call("c2"), call("c7")) }
        switch method {
        case "RecordAssessment":
            return pair { ClinicInterface.RecordAssessment(course: $0, measure: "PHQ-9", score: 9) }
        case "DecideGate": return pair { ClinicInterface.DecideGate(course: $0, phase: "second", opens: true) }
        case "RecordPrerequisite": return pair { ClinicInterface.RecordPrerequisite(course: $0, name: "consent") }
        case "FinishTask": return pair { ClinicInterface.FinishTask(course: $0, task: task) }
        case "AddAuthorisation":
            let authorisation = Authorisation(
                number: "A-1", status: .approved, requestedOn: tuesday, visits: 8, visitTypes: ["hour"], from: tuesday,
                through: tuesday + 60)
            return pair { ClinicInterface.AddAuthorisation(course: $0, authorisation: authorisation) }
        default: return nil
        }
    }

    private func ofFacility(_ method: String) -> Pair? {
        let far = Day("2028-03-05")!
        switch method {
        case "AddTimeOff":
            return (
                ClinicInterface.AddTimeOff(person: "rn-1", from: tuesday),
                ClinicInterface.AddTimeOff(person: "rn-9", from: tuesday)
            )
        case "AddShift":
            let hours = ClockWindow(Interval(480, 780))
            return (
                ClinicInterface.AddShift(person: "rn-1", day: tuesday + 3, hours: hours),
                ClinicInterface.AddShift(person: "rn-1", day: far, hours: hours)
            )
        case "AddOutage":
            return (
                ClinicInterface.AddOutage(chair: "chair-1", from: tuesday),
                ClinicInterface.AddOutage(chair: "chair-1", from: far)
            )
        case "AddClosure": return (ClinicInterface.AddClosure(from: tuesday), ClinicInterface.AddClosure(from: far))
        case "AddOpening":
            let hours = ClockWindow(Interval(480, 780))
            return (
                ClinicInterface.AddOpening(day: tuesday + 3, hours: hours),
                ClinicInterface.AddOpening(day: far, hours: hours)
            )
        case "TakeBack": return (ClinicInterface.TakeBack(ids: ["t1"]), ClinicInterface.TakeBack(ids: ["t2"]))
        default: return nil
        }
    }

    private func ofWaiting(_ method: String) -> Pair? {
        switch method {
        case "RemoveWaiting":
            return (ClinicInterface.RemoveWaiting(waiting: "w1"), ClinicInterface.RemoveWaiting(waiting: "w3"))
        case "OfferPlace":
            return (
                ClinicInterface.OfferPlace(waiting: "w2", day: tuesday, at: ClockTime(minutes: 540), chair: "chair-4"),
                ClinicInterface.OfferPlace(waiting: "w3", day: tuesday, at: ClockTime(minutes: 540), chair: "chair-4")
            )
        case "AcceptOffer": return (ClinicInterface.AcceptOffer(offer: offer), ClinicInterface.AcceptOffer(offer: "f2"))
        case "DeclineOffer":
            return (ClinicInterface.DeclineOffer(offer: offer), ClinicInterface.DeclineOffer(offer: "f2"))
        default: return nil
        }
    }

    private func ofPatients(_ method: String) -> Pair? {
        func pair<Call: WireCall>(_ patient: String, _ call: (String) -> Call) -> Pair { (call(patient), call("p6")) }
        switch method {
        case "ChangePatient": return pair("p1") { ClinicInterface.ChangePatient(patient: $0, phone: "1") }
        case "MergePatients": return pair("p3") { ClinicInterface.MergePatients(patient: $0, into: "p1") }
        case "ClosePatient": return pair("p1") { ClinicInterface.ClosePatient(patient: $0, why: "moved") }
        case "ReopenPatient": return pair("p1") { ClinicInterface.ReopenPatient(patient: $0) }
        case "GiveCourse":
            return pair("p1") { ClinicInterface.GiveCourse(course: "c3", patient: $0, reason: "correction") }
        default: return nil
        }
    }

    private func others(_ method: String) throws -> Pair? {
        func patient(_ number: String) -> ClinicInterface.AddPatient {
            ClinicInterface.AddPatient(recordNumber: number)
        }
        switch method {
        case "AddPatient": return (patient("MRN-77"), patient("MRN-1"))
        case "ImportPatients":
            return (
                ClinicInterface.ImportPatients(patients: [NewPatientMessage(recordNumber: "MRN-78")]),
                ClinicInterface.ImportPatients(patients: [NewPatientMessage(recordNumber: "")])
            )
        case "BookCourse":
            return (
                ClinicInterface.BookCourse(proposal: proposal, again: true, reason: "other"),
                ClinicInterface.BookCourse(course: try oneVisit("p6"))
            )
        case "HoldProposal":
            return (
                ClinicInterface.HoldProposal(proposal: proposal, minutes: 60, again: true, reason: "other"),
                ClinicInterface.HoldProposal(proposal: "pr4", minutes: 60)
            )
        case "ApplyRepair":
            return (ClinicInterface.ApplyRepair(proposal: repair), ClinicInterface.ApplyRepair(proposal: "rp2"))
        case "ApplyImprovement":
            return (
                ClinicInterface.ApplyImprovement(weeks: 1),
                ClinicInterface.ApplyImprovement(proposal: "rp2")
            )
        case "Import":
            let checksum = Checksum.text(of: export.utf8)
            return (
                ClinicInterface.Import(upload: "export", checksum: checksum),
                ClinicInterface.Import(upload: "later", checksum: checksum)
            )
        default: return nil
        }
    }
}

extension World {
    static let everything = World.peer(.admin, uid: 4300)

    /// A clinic in which something of every kind is there.
    static func requested(for method: String) async throws -> (world: World, requests: Requests) {
        let text = careText().replacingOccurrences(
            of: #"{"id": "chair-2", "features": ["monitor"]}"#,
            with: (2...4).map { #"{"id": "chair-\#($0)", "features": ["monitor"]}"# }.joined(separator: ", "))
        let world = try await World(text)
        let patient = try await world.patient(1)
        let export = try world.export()
        try await world.ask(ClinicInterface.StageImport(upload: "export", part: 0, text: export), by: everything)
        let booked = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, regimen: "three")))
        // A visit that somebody was told of and that goes to another time is a task.
        let told = try await world.course(2, regimen: "care").visits[0]
        try await world.ask(ClinicInterface.ConfirmVisit(visit: told.id))
        try await world.ask(
            ClinicInterface.MoveVisit(
                visit: told.id, from: told.start.day, through: told.start.day, at: ClockTime(minutes: 660),
                reason: "other"))
        let others = try await [3, 4, 5].asyncMap { number in
            try await world.ask(
                ClinicInterface.BookCourse(course: oneVisit(try await world.patient(number), startWithinDays: 20)))
        }
        let tuesday = Day("2026-03-03")!
        func propose(_ earliest: Day) async throws -> String {
            let course = CourseRequestMessage(patient: "p5", regimen: "three", earliest: earliest)
            return try #require(try await world.ask(ClinicInterface.ProposeCourse(course: course)).proposal)
        }
        let held = try await world.ask(
            ClinicInterface.HoldProposal(proposal: try await propose(tuesday + 14), minutes: 600)
        ).id
        let proposal = try await propose(tuesday + 28)
        for other in others.dropFirst() {
            let later = try await world.ask(
                ClinicInterface.MoveVisit(visit: other.visits[0].id, from: tuesday + 7, reason: "other"))
            try await world.ask(
                ClinicInterface.AddWaiting(visit: try #require(later.difference?.visits[0].id), earlier: true))
        }
        let offer = try await world.ask(
            ClinicInterface.OfferPlace(
                waiting: "w1", day: tuesday, at: ClockTime(minutes: 600), chair: "chair-3", holdMinutes: 600)
        ).offer.id
        try await world.ask(ClinicInterface.HoldCourse(course: "c3", reason: "other"))
        try await world.ask(
            ClinicInterface.AddTimeOff(
                person: try #require(booked.visits[0].attendants["nurse"]), from: booked.visits[0].start.day))
        // Searches take long: only where they are asked for.
        let repair = method == "ApplyRepair" ? try await world.ask(ClinicInterface.ProposeRepair()).proposal : "rp1"
        if method == "ReopenPatient" {
            try await world.ask(ClinicInterface.ClosePatient(patient: "p1", why: "moved"))
        }
        let tasks = try await world.ask(ClinicInterface.ListTasks(course: "c2")).tasks
        let requests = Requests(
            held: held, proposal: proposal, repair: try #require(repair), offer: offer,
            task: try #require(tasks.first?.id), export: export)
        return (world, requests)
    }

    /// The export file as the method sends it.
    private func export() throws -> String {
        var pieces = ExportPieces(service.publication.current, at: World.start)
        return try pieces.text(atLeast: 1 << 20) { patients throws(ClinicInterface.Failure) in
            (try? service.store.details(of: patients)) ?? [:]
        } payer: { course throws(ClinicInterface.Failure) in
            (try? service.store.payer(of: course)) ?? nil
        }
    }

    /// Lets time pass and much happen: whatever was refused because it was not there is there now, and much that was
    /// there is gone.
    func goOn(_ requests: Requests, for method: String) async throws {
        for number in 6...7 { _ = try await patient(number) }
        for number in 6...7 {
            for earliest in ["2026-03-10", "2026-03-17", "2026-03-24"] {
                let course = CourseRequestMessage(
                    patient: "p\(number)", regimen: "three", earliest: try #require(Day(earliest)),
                    startWithinDays: 40)
                _ = try await failure(of: ClinicInterface.BookCourse(course: course))
                _ = try await ask(ClinicInterface.ProposeCourse(course: course))
            }
        }
        _ = try await ask(ClinicInterface.AddTimeOff(person: "rn-2", from: Day("2026-04-10")))
        if method.hasPrefix("Apply") {
            for day in 3...5 { _ = try await ask(ClinicInterface.ProposeRepair(day: Day("2026-03-03")! + day)) }
        }
        for number in 17...20 {
            _ = try await failure(of: ClinicInterface.AddWaiting(visit: "v\(number)", earlier: true))
        }
        _ = try await ask(
            ClinicInterface.StageImport(upload: "later", part: 0, text: requests.export), by: Self.everything)
        for course in ["c1", "c2", "c3", requests.held] {
            _ = try await failure(of: ClinicInterface.CeaseCourse(course: course, reason: "other"))
        }
        _ = try await ask(ServiceInterface.AdvanceClock(minutes: 3 * 1440), by: World.peer(.admin))
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ make: (Element) async throws -> Value) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await make(element)) }
        return values
    }
}
