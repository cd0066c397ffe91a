import ArgumentParser
import StrictJSON
import Wire

/// The verb `infusionctl undo EVENT-OR-COURSE`.
struct UndoVerb: ChangeVerb {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back an event, or the last one of a course.",
        discussion: """
            Only where nothing has happened since to what it changed, and where the places from before are still free. \
            Whoever may not do a thing may not take it back.
            """)
    static let examples = [
        (line: "infusionctl undo e912", does: "What e912 did."),
        (line: "infusionctl undo c42 --dry-run", does: "What would the course be without its last change?"),
    ]

    @Argument(
        help: ArgumentHelp("The event, e912; or the course whose last event it is.", valueName: "event-or-course"))
    var subject: String

    @OptionGroup var why: OptionalReasonOptions
    @OptionGroup var told: ToldOptions
    @OptionGroup var change: ChangeOptions

    func call(_ daemon: DaemonConnection) throws -> ClinicInterface.Undo {
        let event = Int(subject.hasPrefix("e") ? String(subject.dropFirst()) : subject)
        guard event != nil || subject.hasPrefix("c") else {
            throw Failure.usage("\(JSONOutput.quoted(subject)) is no event and no course", hint: "say e912 or c42")
        }
        return ClinicInterface.Undo(
            event: event, course: event == nil ? subject : nil, reason: try why.code(), note: try why.note(),
            told: told.isTold, dryRun: change.isDryRun, seen: change.seen.seen, request: change.request.id)
    }
}
