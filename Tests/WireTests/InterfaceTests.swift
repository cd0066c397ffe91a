import StrictJSON
import Testing
import Varlink
import VarlinkDescription

@testable import Wire

@Suite("The interfaces")
struct InterfaceTests {
    /// Every call with its reply, as the types know them: method, parameter names, reply names.
    static let calls: [(method: String, parameters: JSONObject)] =
        [
            call(Examples.addPatient), call(Examples.importPatients), call(Examples.listPatients),
            call(Examples.showPatient), call(Examples.resolvePatient), call(Examples.listRegimens),
            call(Examples.showRegimen),
            call(Examples.proposeCourse), call(Examples.explainVisit), call(Examples.listVisitTypes),
            call(Examples.bookCourse), call(Examples.listCourses),
            call(Examples.showCourse), call(Examples.showVisit),
            call(Examples.listVisits), call(Examples.dayCall), call(Examples.week),
            call(Examples.free), call(Examples.listEvents), call(Examples.watch),
            call(ServiceInterface.Status()), call(ServiceInterface.Verify()), call(ServiceInterface.Reload()),
            call(ServiceInterface.GetClock()), call(Examples.advanceClock),
            call(Examples.addTimeOff), call(Examples.addShift), call(Examples.addOutage), call(Examples.addClosure),
            call(Examples.addOpening), call(Examples.takeBack), call(Examples.listAvailability),
            call(Examples.proposeRepair), call(Examples.applyRepair), call(Examples.proposeImprovement),
            call(Examples.applyImprovement), call(Examples.findGains),
            call(Examples.addWaiting), call(ClinicInterface.ListWaiting()), call(Examples.removeWaiting),
            call(Examples.matchWaiting), call(Examples.offerPlace), call(Examples.acceptOffer),
            call(Examples.declineOffer), call(Examples.audit), call(Examples.showVisitAsOf), call(Examples.backup),
            call(Examples.utilisation), call(Examples.adherence), call(Examples.month), call(Examples.forecast),
            call(ClinicInterface.Export()),
            call(Examples.exportVisits), call(Examples.stageImport), call(Examples.importFile),
            call(Examples.recordFact), call(Examples.correctFact), call(Examples.recordCall), call(Examples.today),
            call(Examples.listCalls),
        ] + Examples.changes.map { call($0) }

    private static func call(_ value: some WireCall) -> (String, JSONObject) {
        (type(of: value).method, value.object)
    }

    static func descriptions() throws -> [InterfaceDescription] {
        try [ClinicInterface.description, ServiceInterface.description].map { try InterfaceDescription(parsing: $0) }
    }

    @Test("the descriptions parse and have nothing that troubles older parsers or readers")
    func shortcomings() throws {
        for description in try Self.descriptions() { #expect(description.shortcomings() == []) }
        #expect(try Self.descriptions().map(\.name) == [ClinicInterface.name, ServiceInterface.name])
    }

    @Test("every method described has a call, and every call is described")
    func methodsAndCalls() throws {
        let described = try Self.descriptions().flatMap { interface in
            interface.methods.map { "\(interface.name).\($0.name)" }
        }
        #expect(described.sorted() == Self.calls.map(\.method).sorted())
    }

    @Test("a call with every field sends exactly the fields described, in their order", arguments: calls.indices)
    func parameters(index: Int) throws {
        let call = Self.calls[index]
        let methods = try Self.descriptions().flatMap { interface in
            interface.methods.map { (name: "\(interface.name).\($0.name)", method: $0, interface: interface) }
        }
        let found = try #require(methods.first { $0.name == call.method })
        #expect(call.parameters.keys == found.method.input.map(\.name))
        #expect(found.interface.mismatch(of: call.parameters, with: found.method.input) == nil)
    }
}
