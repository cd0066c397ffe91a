import Planning
import Wire

/// Who waits, and the open offers.
func waitingLines(_ reply: ClinicInterface.ListWaiting.Reply, _ style: Style) -> [String] {
    guard !reply.waiting.isEmpty else { return [] }
    var table = TextTable(
        ("entry", .left), ("waits", .left), ("patient", .left), ("phone", .left), ("wants", .left), ("now on", .left),
        ("since", .left), ("offer", .left))
    for entry in reply.waiting {
        table.add(
            entry.id, entry.visit ?? "\(entry.course), any visit", entry.patient, entry.shownPhone, entry.wants,
            entry.stands.map(momentText) ?? "", entry.since.day.short, entry.offer ?? "")
    }
    return table.lines(style)
        + reply.offers.flatMap { offer in
            ["", style.bold("\(offer.id) to \(offer.entry)") + ", held until \(momentText(offer.until))"]
                + moveTable(offer.moves).lines(style)
        }
}

/// Who gains by a place, best first.
///
/// - Parameters:
///   - named: how the place is named when it is offered.
///   - isFree: whether it is free already; else by what is only shown.
func matchLines(_ place: FreedPlaceMessage, named: String, isFree: Bool = true, _ style: Style) -> [String] {
    let head = style.bold(
        "\(isFree ? "free" : "would be free") on \(place.chair): "
            + "\(momentText(place.from)) to \(clockText(place.until))")
    guard let matches = place.matches, let best = matches.first else {
        return [head, "nobody on the waiting list gains by it"]
    }
    var table = TextTable(
        ("entry", .left), ("patient", .left), ("phone", .left), ("visit", .left), ("now", .left), ("would be", .left),
        ("earlier", .right), ("cost saved", .right), ("gain", .right), ("moves too", .left))
    for match in matches {
        let first = match.moves.first
        table.add(
            match.entry.id, match.entry.patient, match.entry.shownPhone, first?.visit ?? "",
            first.map { momentText($0.before) } ?? "", first.map { momentText($0.start) } ?? "",
            match.daysEarlier == 0 ? "" : "\(match.daysEarlier) d", "\(match.costSaved)", "\(match.gain)",
            match.moves.dropFirst().map(\.visit).joined(separator: ", "))
    }
    guard isFree else { return [head, ""] + table.lines(style) }
    return [head, ""] + table.lines(style) + [
        "", style.dim("to hold it for the first: infusionctl waitlist offer \(named) --to \(best.entry.id)"),
    ]
}

/// An offer that was made, and whom to call.
func offerLines(_ reply: ClinicInterface.OfferPlace.Reply, _ style: Style) -> [String] {
    let offer = reply.offer
    let phone = Names.current.areHidden ? nil : offer.phone
    let who = [Names.current.text(offer.patient), phone].compactMap(\.self).joined(separator: ", ")
    return [
        style.bold("\(offer.id) to \(offer.entry)") + ", held until \(momentText(offer.until)) (e\(reply.event))", "",
    ] + moveTable(offer.moves).lines(style) + [
        "", style.bold("to ask: \(who)"),
        style.dim("yes: infusionctl waitlist accept \(offer.id)"),
        style.dim("no:  infusionctl waitlist decline \(offer.id)"),
    ] + peopleLines(reply.people, style)
}

/// The places that a change leaves, and who gains by them.
func freedLines(_ difference: PlanDifferenceMessage, isRecorded: Bool, _ style: Style) -> [String] {
    (difference.freed ?? []).flatMap { place -> [String] in
        if place.matches != nil {
            // A visit that is called off names the place that it had.
            let left = difference.visits.first { $0.id == place.visit }?.after
            let named = left.map { $0.hasPlace ? placeOptions(place) : $0.id } ?? placeOptions(place)
            return [""] + matchLines(place, named: named, isFree: isRecorded, style)
        }
        guard !place.entries.isEmpty else { return [] }
        return [
            "",
            "\(place.chair) \(isRecorded ? "is" : "would be") free on \(momentText(place.from)): "
                + "\(listed(place.entries)) of the waiting list may want it",
        ]
    }
}

/// A place as the options of a verb.
func placeOptions(_ place: FreedPlaceMessage) -> String {
    let minutes = place.until.minute - place.from.minute
    return "--day \(place.day) --at \(clockText(place.from)) --chair \(place.chair) --length \(minutes)m"
}

private func moveTable(_ moves: [OfferMoveMessage]) -> TextTable {
    var table = TextTable(
        ("visit", .left), ("now", .left), ("would be", .left), ("until", .left), ("chair", .left), ("with", .left))
    for move in moves {
        table.add(
            move.visit, momentText(move.before), momentText(move.start), clockText(move.end), move.chair,
            attendantsText(move.attendants))
    }
    return table
}

extension WaitingMessage {
    fileprivate var shownPhone: String { Names.current.areHidden ? "" : phone ?? "" }

    fileprivate var wants: String {
        let hours = windows.map(windowText).joined(separator: "; ")
        return [earlier ? "earlier" : "", hours].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
