import Planning
import StrictJSON
import Testing
import VarlinkDescription

@testable import Wire

/// What a call means to change is read off the names of its parameters, whatever its method: so that no method is
/// forgotten, each stands here with what is found.
@Suite("What was seen before a change")
struct SeenBeforeTests {
    /// The subjects of the examples, which have every parameter, by the methods' names.
    private static let found: [([SeenBefore.Subject], [String])] = [
        (
            [.visit("v3")],
            [
                "AddWaiting", "CancelVisit", "ConfirmVisit", "CorrectFact", "DeferVisit", "MoveVisit", "OmitVisit",
                "OverrideRule", "PinVisit", "RecordCall", "RecordFact", "RecordNoShow", "RecordNotTreated",
                "RecordPrerequisite",
            ]
        ),
        (
            [.course("c1")],
            [
                "AddAuthorisation", "AdvanceCourse", "BookHeldCourse", "CatchUpCourse", "CeaseCourse", "ChangeCourse",
                "ChangeGaps", "DecideGate", "EndPhase", "ExtendCourse", "FinishTask", "GiveCourse", "HoldCourse",
                "RecordAssessment", "ReleaseCourse", "ReplanCourse", "ResumeCourse", "StepBackCourse", "Undo",
            ]
        ),
        ([.patient("p1")], ["AdoptCourse", "BookCourse", "ChangePatient", "ClosePatient", "ReopenPatient"]),
        ([.patient("p2"), .patient("p1")], ["MergePatients"]),
        ([.proposal("pr1")], ["HoldProposal"]),
        ([.waiting("w1")], ["OfferPlace", "RemoveWaiting"]),
        ([.offer("f1")], ["AcceptOffer", "DeclineOffer"]),
        ([.person("rn-1")], ["AddShift", "AddTimeOff"]),
        ([.chair("chair-1")], ["AddOutage"]),
        ([.exception("t1"), .exception("o2")], ["TakeBack"]),
        ([.clinic], ["AddClosure", "AddOpening"]),
    ]

    @Test("every call that says what was seen names what it means to change")
    func subjects() throws {
        let description = try InterfaceDescription(parsing: ClinicInterface.description)
        let asking = description.methods.filter { $0.input.contains { $0.name == "seen" } }.map(\.name)
        #expect(Self.found.flatMap(\.1).sorted() == asking.sorted())
        for (subjects, methods) in Self.found {
            for method in methods {
                let call = try #require(InterfaceTests.calls.first { $0.method == "\(ClinicInterface.name).\(method)" })
                #expect(SeenBefore(call.parameters)?.subjects == subjects, "\(method)")
            }
        }
    }

    @Test("where the most particular is not named, the next that is counts; of what is new nothing is")
    func lessParticular() throws {
        func subjects(_ text: String) throws -> [SeenBefore.Subject]? {
            guard let parameters = try JSONValue(parsing: text).object else { return nil }
            return SeenBefore(parameters)?.subjects
        }
        #expect(try subjects(#"{"proposal": "pr1", "seen": 3}"#) == [.proposal("pr1")])
        #expect(try subjects(#"{"event": 912, "seen": 3}"#) == [.event(912)])
        #expect(try subjects(#"{"course": "c1", "visit": null, "seen": 3}"#) == [.course("c1")])
        #expect(try subjects(#"{"feature": "monitor", "seen": 3}"#) == [.clinic])
        #expect(try subjects(#"{"visit": "v3"}"#) == nil)
    }
}
