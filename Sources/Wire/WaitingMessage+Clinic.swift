package import Clinic
internal import Planning

// The waiting list from values of Clinic.

extension WaitingMessage {
    /// An entry of the waiting list.
    ///
    /// - Parameter details: of the patient, for those who may see them.
    package init(
        _ entry: WaitingEntry, _ state: ClinicState, details: PatientDetails? = nil, _ offsets: ClockOffsets
    ) {
        let visits = state.course(entry.course).map(state.visits(of:)) ?? []
        let open = visits.filter { $0.status == .tentative || $0.status == .confirmed }
        let stands = entry.visit.flatMap(state.visit) ?? open.min { $0.place.minute < $1.place.minute }
        self.init(
            id: entry.id.text, course: entry.course.text, patient: entry.patient.text, name: details?.name,
            phone: details?.phone, visit: entry.visit?.text, earlier: entry.earlier, windows: entry.windows,
            since: offsets.instant(second: entry.since.seconds),
            stands: stands.map { offsets.instant(minute: $0.place.minute) },
            offer: state.offer(to: entry.id)?.id.text)
    }
}

extension OfferMoveMessage {
    /// A visit that would go to another place.
    package init(_ move: Offer.Move, _ state: ClinicState, _ offsets: ClockOffsets) {
        let type = state.visit(move.visit)?.visitType
        self.init(
            visit: move.visit.text, before: offsets.instant(minute: move.from.minute),
            start: offsets.instant(minute: move.to.minute),
            end: offsets.instant(minute: move.to.minute + (type?.length ?? move.hold)), chair: move.to.chair.text,
            attendants: type?.attendants(move.to.persons) ?? [:])
    }
}

extension WaitingMatchMessage {
    /// An entry that gains by a place.
    package init(_ match: Match, _ state: ClinicState, details: PatientDetails?, _ offsets: ClockOffsets) {
        self.init(
            entry: WaitingMessage(match.entry, state, details: details, offsets),
            moves: match.moves.map { OfferMoveMessage($0, state, offsets) }, gain: match.gain.total,
            costSaved: match.gain.costSaved, daysEarlier: match.gain.daysEarlier)
    }
}

extension OfferMessage {
    /// An offer.
    ///
    /// - Parameter details: of the patient, for those who may see them.
    package init(_ offer: Offer, _ state: ClinicState, details: PatientDetails? = nil, _ offsets: ClockOffsets) {
        self.init(
            id: offer.id.text, entry: offer.entry.text, course: offer.course.text, patient: offer.patient.text,
            name: details?.name, phone: details?.phone,
            moves: offer.moves.map { OfferMoveMessage($0, state, offsets) },
            until: offsets.instant(second: offer.until.seconds), gain: offer.gain.total,
            costSaved: offer.gain.costSaved, daysEarlier: offer.gain.daysEarlier)
    }
}

extension FreedPlaceMessage {
    /// A place that was left, with the entries that may want it.
    package init(_ place: FreedPlace, entries: [WaitingID], _ offsets: ClockOffsets) {
        self.init(
            day: place.day, chair: place.chair.text, from: offsets.instant(minute: place.interval.from),
            until: offsets.instant(minute: place.interval.until), visit: place.visit?.text,
            entries: entries.map(\.text))
    }

    package var place: FreedPlace {
        FreedPlace(
            day: day, chair: ChairID(chair), interval: Interval(from.minute, max(until.minute, from.minute + 1)),
            visit: visit.map { VisitID($0) })
    }
}

extension PlanDifferenceMessage {
    /// Tells of the places that were left by a change's events and for which somebody waits.
    package mutating func tell(_ events: [RecordedEvent], _ offsets: ClockOffsets) {
        let places = events.flatMap { recorded -> [PlacesFreed.Freed] in
            if case .waiting(.placesFreed(let freed)) = recorded.event { freed.places } else { [] }
        }
        freed =
            places.isEmpty ? nil : places.map { FreedPlaceMessage($0.place, entries: $0.entries, offsets) }
    }
}
