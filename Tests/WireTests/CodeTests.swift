import Clinic
import Planning
import StrictJSON
import Testing

@testable import Wire

@Suite("Codes of the socket")
struct CodeTests {
    private func check<Code: WireCode, Value: RawRepresentable & CaseIterable>(
        _ code: Code.Type, _ values: Value.Type, also: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) where Value.RawValue == String {
        let expected = Set(values.allCases.map(\.rawValue) + also)
        #expect(Set(code.known.map(\.code)) == expected, sourceLocation: sourceLocation)
        for value in values.allCases { #expect(Code(value).code == value.rawValue, sourceLocation: sourceLocation) }
    }

    @Test("the codes are those of the clinic's and the planner's own enumerations, each of them and no other")
    func ownEnumerations() {
        check(AbsenceCode.self, PersonFinding.Absence.self)
        check(ActionCode.self, CourseAction.self, also: Event.Kind.allCases.map(\.rawValue) + ["read"])
        check(AlertCode.self, Alert.Kind.self)
        check(CallOutcomeCode.self, CallOutcome.self)
        check(CallPurposeCode.self, PhoneCall.Purpose.self)
        check(ConfirmCode.self, Phase.Confirmation.self)
        check(CourseStatusCode.self, CourseStatus.self)
        check(FactCode.self, Fact.Kind.self)
        check(GainCode.self, Beneficiary.Kind.self)
        check(OneMoreCode.self, DayAnswer.More.Kind.self)
        check(ProofCode.self, RepairProof.self)
        check(PurposeCode.self, ScheduleChange.Purpose.self)
        check(ScopeCode.self, Prerequisite.Scope.self)
        check(SheetCode.self, SheetLine.Kind.self)
        check(TaskCode.self, ClinicTask.Kind.self)
    }

    @Test("every status of a visit has its code")
    func statuses() {
        let all: [VisitStatus] = [
            .tentative, .confirmed, .arrived, .inProgress(stage: 0), .completed(.full), .noShow, .notTreated(.ate),
            .cancelled(.early, .other), .omitted,
        ]
        #expect(all.map { VisitStatusCode($0) } == VisitStatusCode.known)
    }

    @Test("a code of a newer version is read as unknown and written as it came")
    func unknown() throws {
        let code = try JSONValue.string("teleported").decode { VisitStatusCode($0) }
        #expect(code == .unknown("teleported"))
        #expect(code.json == .string("teleported"))
        #expect("\(code)" == "teleported")
        #expect(throws: JSONInvalid.self) { try JSONValue.integer(3).decode { VisitStatusCode($0) } }
    }
}
