import ArgumentParser
import StrictJSON
import Varlink
import Wire

/// `infusionctl call METHOD [JSON]`
struct CallVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Make one call as it stands on the socket, and print its reply.",
        discussion: """
            A method without a dot is one of io.infusiond.Clinic or io.infusiond.Service. Parameters that belong to \
            patients should come by standard input, not as an argument.
            """)
    static let examples = [
        (line: "infusionctl call Status", does: "The same as infusionctl status --json."),
        (line: #"infusionctl call Free '{"visit": "iv-40"}'"#, does: "With parameters."),
        (line: "infusionctl call AddPatient - < patient.json", does: "With parameters from standard input."),
        (line: "infusionctl call Watch --more", does: "A series of replies, one a line."),
        (line: "infusionctl call org.varlink.service.GetInfo", does: "What the service says of itself."),
    ]

    @Argument(help: "The method's name.")
    var method: String

    @Argument(help: #"The parameters as a JSON object; "-" reads them from standard input."#)
    var parameters: String?

    @Flag(name: .long, help: "Ask for a series of replies; each stands on a line of its own.")
    var more = false

    @OptionGroup var connection: ConnectionOptions

    @Flag(name: .long, help: .hidden)
    var json = false

    func run() throws {
        let bytes = parameters == "-" ? try Files.read("-") : Array((parameters ?? "{}").utf8)
        let object = try JSONOutput.object(bytes, name: "parameters")
        let client = try connection.connect().client
        do {
            if more {
                var replies = try client.callForMore(fullName, object)
                while let reply = try replies.next() {
                    try Output.write(lines: [reply.text()])
                }
            } else {
                try Output.write(lines: [try client.call(fullName, object).text(pretty: true)])
            }
        } catch let error as ClientError {
            throw Failure(error)
        }
    }

    private var fullName: String {
        if method.contains(".") { return method }
        let isOfService = ServiceInterface.roles.keys.contains(method)
        return isOfService ? ServiceInterface.member(method) : ClinicInterface.member(method)
    }
}
