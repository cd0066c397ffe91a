import Foundation
import Testing
import Verbs

@Suite struct HelpTests {
    /// Every verb of the tool, groups too, as typed behind its name; the first is the tool itself.
    static let verbs = CommandLineTool.verbs.map { $0.joined(separator: " ") }

    @Test func `the help of every verb is as it was read and agreed`() throws {
        var text = ""
        for verb in Self.verbs {
            let result = Program.verb(verb.split(separator: " ").map(String.init) + ["--help"])
            #expect(result.status == 0)
            text += "===== infusionctl \(verb)\n\(result.text)\n"
        }
        try expectGolden(text, "help")
    }

    @Test(arguments: verbs) func `the help of a verb ends with examples of that verb`(verb: String) throws {
        let result = Program.verb(["help"] + verb.split(separator: " ").map(String.init))
        let examples = try #require(result.output.components(separatedBy: "EXAMPLES:\n").last)
        #expect(examples != result.output)
        let lines = examples.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        #expect(!lines.isEmpty)
        #expect(lines.contains { $0.contains("infusionctl \(verb)") })
    }

    @Test func `a verb that is mistyped is a usage error that names what was meant`() throws {
        let words = [
            ["dya"], ["patient", "lst"], ["course", "propse", "p1", "x"], ["--socket", "/none", "stauts"], ["nonsense"],
        ]
        var text = ""
        for arguments in words {
            let result = Program.verb(arguments)
            #expect(result.status == 64)
            text += "$ infusionctl \(arguments.joined(separator: " "))\n\(result.text)\n"
        }
        try expectGolden(text, "mistyped")
    }

    @Test func `wrong arguments are usage errors in the house's form`() throws {
        let words = [
            ["course", "propose"], ["status", "--jsn"], ["status", "extra"], ["status", "--timeout", "0"],
            ["free", "--visit", "x", "--days", "0"], ["patient", "add"], ["course", "book", "pr1", "--usual", "9:00"],
            ["check", "-", "-"], ["call", "Status", "[]"], ["watch", "--since", "x"],
        ]
        var text = ""
        for arguments in words {
            let result = Program.verb(arguments, environment: ["INFUSIOND_SOCKET": "/nowhere/socket"])
            #expect(result.status == 64 || result.status == 69)
            text += "$ infusionctl \(arguments.joined(separator: " "))\n\(result.text)\n"
        }
        try expectGolden(text, "usage")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `a script completes the verbs in each shell`(shell: String) throws {
        let result = Program.verb(["--generate-completion-script", shell])
        #expect(result.status == 0)
        #expect(result.output.contains("propose"))
    }

    @Test func `a daemon that is not there is exit code 69 and says which socket was tried`() throws {
        let result = try Program.infusionctl(["status", "--socket", "/nowhere/socket"])
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("/nowhere/socket"))
        #expect(result.errors.contains("infusionctl: hint: "))
    }
}
