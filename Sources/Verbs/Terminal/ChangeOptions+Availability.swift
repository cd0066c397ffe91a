import Planning
import StrictJSON
import Wire

extension ChangeOptions {
    /// Makes a call that changes staff, chairs or hours, and shows whom that hits.
    ///
    /// - Parameters:
    ///   - what: what it does, in words.
    ///   - day: a day on which visits may gain by it.
    func make<Call: AvailabilityCall>(
        _ call: Call, _ what: String, gains day: Day? = nil, _ daemon: DaemonConnection
    ) throws {
        let reply = try daemon.call(call)
        var gains: ClinicInterface.FindGains.Reply?
        if let day, reply.recorded { gains = try daemon.call(ClinicInterface.FindGains(from: day)) }
        try output.show(
            Payload(.object(reply.object(gains: gains))) { style in
                lossLines(reply, what, isDryRun: dryRun, style) + (gains.map { gainLines($0, style) } ?? [])
            })
    }

    /// Takes back what was added, by ids.
    func takeBack(_ ids: [String], _ what: String, _ why: OptionalReasonOptions, _ daemon: DaemonConnection) throws {
        let call = ClinicInterface.TakeBack(
            ids: ids, reason: try why.code(), note: try why.note(), dryRun: isDryRun,
            seen: seen.seen, request: request.id)
        try make(call, what, daemon)
    }
}

/// Whether a text is an id that begins with a letter: s4.
func isID(_ text: String, _ letter: Character) -> Bool {
    text.first == letter && text.count > 1 && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
}
