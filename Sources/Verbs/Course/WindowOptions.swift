import ArgumentParser

/// Whether what is planned anew is to end in time.
struct WindowOptions: ParsableArguments {
    @Flag(name: .long, help: "Keep the window of the phase: its visits end in time although some were lost.")
    var keepWindow = false

    /// The flag as it is sent.
    var isKept: Bool? { keepWindow ? true : nil }
}
