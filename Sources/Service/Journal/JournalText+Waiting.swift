internal import Clinic
internal import Planning
internal import Systemd
internal import Wire

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

    /// What the journal is told of places that became free: the first by which somebody gains, and who does, the best
    /// first.
    private func entry(of freed: PlacesFreed) -> JournalEntry? {
        guard var first = freed.places.first?.place else { return nil }
        var entries: [String] = []
        for freed in freed.places where entries.isEmpty {
            entries = gaining(by: freed.place).map(\.text)
            if !entries.isEmpty { first = freed.place }
        }
        let due = text(minute: first.interval.from)
        let more = freed.places.count > 1 ? ", and \(freed.places.count - 1) more" : ""
        let who = entries.isEmpty ? "nobody" : entries.joined(separator: ", ")
        let verb = entries.count > 1 ? "gain" : "gains"
        return entry(
            .placeFreed, "free on \(first.chair) at \(due)\(more): \(who) on the waiting list \(verb) by it",
            fields: [.chair(first.chair.text), .due(due), .count(freed.places.count)]
                + (first.visit.map { [.visit($0.text)] } ?? []))
    }

    /// Who waits and gains by a place, as the clinic was then; nobody where that cannot be found out.
    private func gaining(by place: FreedPlace) -> [WaitingID] {
        var asked = snapshot
        do throws(ClinicInterface.Failure) {
            return try asked.withDays { snapshot throws(NeedsDays) in
                try matches(for: place, state: snapshot.state, calendar: snapshot.calendar, now: recorded.at)
            }.map(\.entry.id)
        } catch {
            return []
        }
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
