import ArgumentParser
import Configuration
import StrictJSON

/// The verbs `infusionctl config …`.
struct ConfigVerbs: Verb {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check a configuration file.", subcommands: [ConfigCheckVerb.self])
    static let examples = [(line: "infusionctl config check config.json", does: "All problems at once.")]
}

/// `infusionctl config check FILE`
struct ConfigCheckVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "List all problems of a configuration file. Needs no daemon.",
        discussion: "Exit code 1 where there are any.")
    static let examples = [
        (line: "infusionctl config check /etc/infusiond/config.json", does: "Before infusionctl reload.")
    ]

    @Argument(help: #"The file; "-" is standard input."#)
    var file: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let name = Files.name(file)
        let bytes = try Files.read(file)
        do {
            _ = try readConfiguration(bytes, file: name)
        } catch {
            throw Failure(error)
        }
        let counts = try ConfigCheckVerb.counts(JSONOutput.object(bytes, name: name))
        let json: JSONValue = ["file": .string(name), "problems": []]
        try output.show(
            Payload(json) { style in ["\(name): \(style.green("in order")): \(counts.joined(separator: ", "))"] })
    }

    /// What the file is about, for people.
    private static func counts(_ object: JSONObject) -> [String] {
        func count(_ key: String) -> Int { object[key]?.array?.count ?? 0 }
        return [
            object["clinic"]?["name"]?.string ?? "", counted(count("chairs"), "chair"),
            counted(count("staff"), "member", "members") + " of staff", counted(count("visitTypes"), "visit type"),
            counted(count("regimens"), "regimen"),
        ].filter { !$0.isEmpty }
    }
}
