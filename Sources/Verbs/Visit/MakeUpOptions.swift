import ArgumentParser

/// Whether and from when on a lost visit is made up for.
struct MakeUpOptions: ParsableArguments {
    @Flag(name: .long, help: "Leave its turn empty.")
    var noMakeUp = false

    @Flag(name: .long, help: "Make it up on its own day too, not only later.")
    var sameDay = false

    @Flag(name: .long, help: "Make it up on its own day or before it too, not only later.")
    var earlier = false

    func validate() throws {
        guard [noMakeUp, sameDay, earlier].filter({ $0 }).count > 1 else { return }
        throw ValidationError("--no-make-up, --same-day and --earlier exclude each other")
    }

    /// From when on, as it is sent.
    var start: String? { earlier ? "earlier" : sameDay ? "sameDay" : nil }
}
