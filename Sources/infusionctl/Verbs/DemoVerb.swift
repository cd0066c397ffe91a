import ArgumentParser

/// `infusionctl demo`
struct DemoVerb: Verb {
    static let configuration = CommandConfiguration(commandName: "demo", abstract: "See a clinic at work.")
    static let examples = [(line: "infusionctl demo", does: "")]
    func run() throws {}
}
