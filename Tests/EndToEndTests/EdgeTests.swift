import Foundation
import StrictJSON
import Testing
import Varlink
import VarlinkDescription

@Suite("The daemon's edge")
struct EdgeTests {
    private let service = "io.infusiond.Service."

    @Test("the least and the greatest number and a huge text in every field of every method end no daemon")
    func everyField() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        _ = try daemon.call("io.infusiond.Clinic.AddPatient", ["recordNumber": "MRN-1"])
        let course: JSONObject = ["patient": "p1", "regimen": "one", "earliest": "2026-03-03"]
        _ = try daemon.call("io.infusiond.Clinic.ProposeCourse", ["course": .object(course)])
        for name in ["io.infusiond.Clinic", "io.infusiond.Service"] {
            let asked: JSONObject = ["interface": .string(name)]
            let text = try daemon.call("org.varlink.service.GetInterfaceDescription", asked)["description"]?.string
            let interface = try InterfaceDescription(parsing: try #require(text))
            for method in interface.methods {
                for field in method.input {
                    for value in extremes(of: field.type) {
                        var parameters = JSONObject()
                        for other in method.input where !other.isNullable { parameters[other.name] = usual(other.type) }
                        if method.input.contains(where: { $0.name == "proposal" }) { parameters["proposal"] = "pr1" }
                        parameters[field.name] = value
                        let call: JSONObject = [
                            "method": .string("\(name).\(method.name)"), "parameters": .object(parameters),
                            "more": .bool(method.requiresMore),
                        ]
                        let answer = try daemon.exchange(JSONValue.object(call).bytes() + [0])
                        #expect(
                            answer.contains("InvalidValue") || field.bounds.lengths.upperBound > 40_000,
                            "\(method.name).\(field.name): \(answer.prefix(300))")
                    }
                }
            }
        }
        #expect(try daemon.call(service + "Verify")["sound"] == true)
    }

    @Test("a name of 240 KB that Unicode would have to sort keeps nobody waiting")
    func longName() throws {
        let daemon = try RunningDaemon()
        try daemon.start()
        let marks = String(repeating: "\u{301}\u{316}", count: 60_000)
        let answer = try daemon.exchange(Array(#"{"method":"io.infusiond.Clinic.Day\#(marks)"}"#.utf8) + [0])
        #expect(answer.contains("MethodNotFound"))
        #expect(try daemon.call(service + "GetClock")["simulated"] == true)
    }

    /// What no field may be.
    private func extremes(of type: VarlinkType) -> [JSONValue] {
        switch type {
        case .nullable(let inner): extremes(of: inner)
        case .int: [.integer(.min), .integer(.max)]
        case .string: [.string("x" + String(repeating: "\u{301}\u{316}", count: 10_000))]
        case .array(let element): [.array(Array(repeating: usual(element), count: 10_001))]
        case .map: [["label": .string(String(repeating: "x", count: 3000))]]
        case .bool, .float, .object, .any, .named, .structure, .enumeration: []
        }
    }

    private func usual(_ type: VarlinkType) -> JSONValue {
        switch type {
        case .nullable(let inner): usual(inner)
        case .int: 1
        case .string: "x"
        case .bool: true
        case .array(let element): [usual(element)]
        case .named("CourseRequest"): ["patient": "p1", "regimen": "one", "earliest": "2026-03-03"]
        case .named("WeekWindow"): ["days": ["mon"], "hours": "09:00-12:00"]
        case .named("NewPatient"): ["recordNumber": "MRN-1"]
        case .named("ForecastAssumption"): ["rate": "noShow", "value": 1]
        case .named("ForecastChange"): ["name": "x"]
        case .named("Authorisation"):
            [
                "number": "1", "status": "approved", "visits": 1, "visitTypes": ["hour"], "from": "2026-03-01",
                "through": "2026-03-31",
            ]
        case .map: ["label": "rn-1"]
        case .float, .object, .any, .named, .structure, .enumeration: nil
        }
    }
}
