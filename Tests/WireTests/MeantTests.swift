import Testing
import VarlinkDescription

@testable import Wire

/// Names wherever a patient is meant: an answer that has a patient's id anywhere says who that is.
@Suite("Who is meant")
struct MeantTests {
    /// Answers with ids of patients and nothing beside them: whoever adds or resolves a patient has just said who it
    /// is, and events and exported visits go where names must not.
    private static let bare: Set = ["AddPatient", "ResolvePatient", "ListEvents", "Watch", "ExportVisits"]

    @Test("every answer that names a patient has a place for who that is, and no other has")
    func everyAnswer() throws {
        let description = try InterfaceDescription(parsing: ClinicInterface.description)
        for method in description.methods {
            let names = method.output.contains { namesPatient($0, description, beneath: []) }
            let tells = method.output.contains { $0.name == MeantMessage.field }
            #expect(tells == (names && !Self.bare.contains(method.name)), "\(method.name)")
        }
        #expect(Self.bare.isSubset(of: description.methods.map(\.name)))
    }

    /// Whether a field is a patient's id, or has one in it; types may have themselves in them.
    private func namesPatient(
        _ field: FieldDescription, _ description: InterfaceDescription, beneath: Set<String>
    ) -> Bool {
        field.name != MeantMessage.field
            && (["patient", "into"].contains(field.name) || holdsPatient(field.type, description, beneath: beneath))
    }

    private func holdsPatient(
        _ type: VarlinkType, _ description: InterfaceDescription, beneath: Set<String>
    ) -> Bool {
        switch type {
        case .bool, .int, .float, .string, .object, .any, .enumeration: false
        case .array(let inner), .map(let inner), .nullable(let inner):
            holdsPatient(inner, description, beneath: beneath)
        case .structure(let fields): fields.contains { namesPatient($0, description, beneath: beneath) }
        case .named(let name):
            !beneath.contains(name)
                && holdsPatient(description.type(named: name), description, beneath: beneath.union([name]))
        }
    }
}
