internal import Clinic
internal import Planning
internal import Systemd

extension JournalText {
    /// What the journal is told of an event about the waiting list.
    func entries(of event: WaitingEvent) -> [JournalEntry] {
        switch event {
        case .placesFreed(let freed): entry(of: freed).map { [$0] } ?? []
        case .offerMade(let offer): [entry(of: offer)]
        case .offerClosed(let closed): entry(of: closed).map { [$0] } ?? []
        case .added, .removed: []
        }
    }

    /// What the journal is told of places that became free: the first, and who may want it.
    private func entry(of freed: PlacesFreed) -> JournalEntry? {
        guard let first = freed.places.first else { return nil }
        let due = text(minute: first.place.interval.from)
        let entries = first.entries.map(\.text).joined(separator: ", ")
        let more = freed.places.count > 1 ? ", and \(freed.places.count - 1) later" : ""
        return entry(
            .placeFreed, "free on \(first.place.chair) at \(due)\(more): \(entries) of the waiting list may want it",
            fields: [.chair(first.place.chair.text), .due(due), .count(freed.places.count)]
                + (first.place.visit.map { [.visit($0.text)] } ?? []))
    }

    /// What the journal is told of a place that is offered.
    private func entry(of offer: Offer) -> JournalEntry {
        let due = text(offer.until)
        return entry(
            .waitlistMatch, "a place is offered to \(offer.entry) of the waiting list until \(due): offer \(offer.id)",
            fields: [
                .course(offer.course.text), .visit(offer.moves[0].visit.text), .patient(offer.patient.text), .due(due),
            ])
    }

    /// What the journal is told of an offer that came to nothing by itself.
    private func entry(of closed: OfferClosed) -> JournalEntry? {
        guard closed.outcome == .expired || closed.outcome == .withdrawn else { return nil }
        let offer = closed.offer
        return entry(
            .placeFreed, "offer \(offer.id) to \(offer.entry) of the waiting list \(closed.outcome.rawValue)",
            fields: [.chair(offer.moves[0].to.chair.text), .due(text(minute: offer.moves[0].to.minute))])
    }
}
