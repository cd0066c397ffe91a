import ArgumentParser
internal import Glibc
import Planning
import Wire

/// The verb `infusionctl demo`.
struct DemoVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "See a clinic book its courses: starts a daemon of its own, on a simulated clock.",
        discussion: """
            Needs neither root nor systemd, and touches nothing but a new folder for temporary files, which stays: the \
            database in it can be looked into.
            """)
    static let examples = [
        (line: "infusionctl demo", does: "With the example configuration."),
        (line: "infusionctl demo --config config.json", does: "With your own clinic."),
    ]

    @Option(name: .long, help: ArgumentHelp("The clinic. (default: the example configuration)", valueName: "file"))
    var config: String?

    @Option(name: .long, help: "How many patients are booked.")
    var patients = 40

    mutating func validate() throws {
        guard (1...500).contains(patients) else {
            throw ValidationError("\(patients) patients are not possible (1 to 500)")
        }
    }

    func run() throws {
        let clinic = try DemoClinic(configuration: try config ?? DemoVerb.exampleConfiguration())
        do {
            try DemoStory(clinic, patients: patients).tell()
        } catch {
            clinic.stop()
            throw error
        }
        clinic.stop()
    }

    /// The example configuration: in the present folder, in one above this program, or where it is installed.
    private static func exampleConfiguration() throws -> String {
        let name = "config.example.json"
        var candidates = [name]
        if let program = Files.program {
            var folder = Files.folder(of: program)
            candidates.append(folder + "/../share/doc/infusiond/" + name)
            while folder != "/" {
                candidates.append(folder + "/" + name)
                folder = Files.folder(of: folder)
            }
        }
        guard let found = candidates.first(where: Files.isReadable) else {
            throw Failure.failed(
                "the example configuration \(name) is not found", hint: "--config names a clinic's configuration")
        }
        return found
    }
}
