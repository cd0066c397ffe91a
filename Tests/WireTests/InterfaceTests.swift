import StrictJSON
import Testing

@testable import Wire

@Suite("The interfaces")
struct InterfaceTests {
    /// Every call with its reply, as the types know them: method, parameter names, reply names.
    static let calls: [(method: String, parameters: JSONObject)] = [
        call(Examples.addPatient), call(Examples.importPatients), call(Examples.listPatients),
        call(Examples.showPatient), call(Examples.listRegimens), call(Examples.showRegimen),
        call(Examples.proposeCourse), call(Examples.bookCourse), call(Examples.listCourses),
        call(Examples.showCourse), call(Examples.showVisit), call(Examples.dayCall), call(Examples.week),
        call(Examples.free), call(Examples.listEvents), call(Examples.watch),
        call(ServiceInterface.Status()), call(ServiceInterface.Verify()), call(ServiceInterface.Reload()),
        call(ServiceInterface.GetClock()), call(Examples.advanceClock),
    ]

    private static func call(_ value: some WireCall) -> (String, JSONObject) {
        (type(of: value).method, value.object)
    }

    @Test("every method described has a call, and every call is described")
    func methodsAndCalls() {
        let described = [ClinicInterface.description, ServiceInterface.description].flatMap { text in
            let name = text.split(separator: "\n").first { $0.hasPrefix("interface ") }!.dropFirst(10)
            return text.split(separator: "\n").filter { $0.hasPrefix("method ") }
                .map { "\(name).\($0.dropFirst(7).prefix { $0 != "(" })" }
        }
        #expect(described.sorted() == Self.calls.map(\.method).sorted())
    }

    @Test("a call with every field sends exactly the fields described, in their order", arguments: calls.indices)
    func parameters(index: Int) throws {
        let call = Self.calls[index]
        let name = call.method.split(separator: ".").last!
        let text = ClinicInterface.description + ServiceInterface.description
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("method \(name)(") })
        let inside = line.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        let fields = inside.split(separator: ",").map { field in
            String(field.prefix { $0 != ":" }.drop { $0 == " " })
        }
        #expect(call.parameters.keys == fields)
    }

    @Test("every field of a type, method and error is documented by its name")
    func documentation() {
        for text in [ClinicInterface.description, ServiceInterface.description] {
            var comment: [Substring] = []
            var declaration = ""
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("#") {
                    comment.append(line)
                } else if line.isEmpty {
                    comment = []
                } else {
                    declaration += line
                    guard declaration.filter({ $0 == "(" }).count == declaration.filter({ $0 == ")" }).count else {
                        continue
                    }
                    check(declaration, comment)
                    declaration = ""
                }
            }
        }
    }

    private func check(_ declaration: String, _ comment: [Substring]) {
        #expect(!comment.isEmpty, "\(declaration) has no comment")
        let documented = comment.flatMap { line in
            line.dropFirst(2).prefix { $0 != ":" }.split(separator: ",").map { $0.drop { $0 == " " } }
        }
        let named = declaration.split { "(),".contains($0) }.filter { $0.contains(":") }
        for field in named {
            let name = field.prefix { $0 != ":" }.drop { $0 == " " }
            #expect(documented.contains(name), "\(name) of \(declaration) has no comment")
        }
    }
}
