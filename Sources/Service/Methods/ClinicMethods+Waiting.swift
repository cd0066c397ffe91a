internal import Clinic
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// The methods about the waiting list.
    func waitingMethods() -> [NamedMethod] {
        [
            addWaiting(), listWaiting(), removeWaiting(), matchWaiting(), offerPlace(), acceptOffer(), declineOffer(),
        ]
    }

    private func addWaiting() -> NamedMethod {
        written(request: \ClinicInterface.AddWaiting.request) { call, _ throws(ClinicInterface.Failure) in
            let whose: WaitingWish.Whose
            switch (call.course, call.visit) {
            case (let course?, nil): whose = .course(CourseID(course))
            case (nil, let visit?): whose = .visit(VisitID(visit))
            case (nil, nil), (_?, _?):
                throw .invalidValue(field: "course", message: "expected exactly one of course and visit", hint: nil)
            }
            let wish = WaitingWish(whose, earlier: call.earlier ?? false, windows: call.windows ?? [])
            return ClinicCommand { _ in
                .waiting(.add(wish))
            } answer: { outcome in
                guard case .waiting(let id) = outcome.reply, let entry = outcome.snapshot.state.waiting(id) else {
                    preconditionFailure("whoever joins the waiting list is answered the entry")
                }
                return ClinicInterface.AddWaiting.Reply(
                    waiting: WaitingMessage(entry, outcome.snapshot.state, outcome.snapshot.offsets),
                    event: outcome.lastEvent)
            }
        }
    }

    private func listWaiting() -> NamedMethod {
        pooled { (_: ClinicInterface.ListWaiting, context) throws(ClinicInterface.Failure) in
            let snapshot = publication.current
            let (entries, offers) = (snapshot.state.waitingList, snapshot.state.openOffers)
            let patients = Set(entries.map(\.patient) + offers.map(\.patient))
            let details = try records.details(of: patients)
            try recordAccess(patients.sorted(), context)
            let messages = offers.map {
                OfferMessage($0, snapshot.state, details: details[$0.patient], snapshot.offsets)
            }
            return ClinicInterface.ListWaiting.Reply(
                waiting: entries.map {
                    WaitingMessage($0, snapshot.state, details: details[$0.patient], snapshot.offsets)
                }, offers: messages, people: snapshot.people(messages.flatMap(\.moves)))
        }
    }

    private func removeWaiting() -> NamedMethod {
        written(request: \ClinicInterface.RemoveWaiting.request) { call, _ in
            ClinicCommand { _ in
                .waiting(.remove(WaitingID(call.waiting)))
            } answer: {
                ClinicInterface.RemoveWaiting.Reply(event: $0.lastEvent)
            }
        }
    }

    private func matchWaiting() -> NamedMethod {
        pooled(on: \.searches) { (call: ClinicInterface.MatchWaiting, context) throws(ClinicInterface.Failure) in
            let named = NamedPlace(
                visit: call.visit, day: call.day, at: call.at, chair: call.chair, minutes: call.minutes)
            let place = try self.place(named, publication.current)
            let message = FreedPlaceMessage(place, entries: [], publication.current.offsets)
            let matched = try withNames([try matched(message, publication.current)], context)[0]
            let moves = (matched.matches ?? []).flatMap(\.moves)
            return ClinicInterface.MatchWaiting.Reply(place: matched, people: publication.current.people(moves))
        }
    }

    private func offerPlace() -> NamedMethod {
        written(
            request: \ClinicInterface.OfferPlace.request,
            finished: { answer, _, call async throws(VarlinkError) in try await withContact(answer, call) }
        ) { call, _ throws(ClinicInterface.Failure) in
            let minutes = call.holdMinutes ?? 60
            let named = NamedPlace(
                visit: call.visit, day: call.day, at: call.at, chair: call.chair, minutes: call.minutes)
            return ClinicCommand { snapshot throws(ClinicInterface.Failure) in
                let place = try place(named, snapshot)
                let until = Instant(seconds: clock.now.seconds + minutes * 60)
                return .waiting(.offer(WaitingID(call.waiting), place, until: until))
            } answer: { outcome in
                guard case .offer(let offer) = outcome.reply else { preconditionFailure("an offer is answered") }
                let message = OfferMessage(offer, outcome.snapshot.state, outcome.snapshot.offsets)
                return ClinicInterface.OfferPlace.Reply(
                    offer: message, event: outcome.lastEvent, people: outcome.snapshot.people(message.moves))
            }
        }
    }

    private func acceptOffer() -> NamedMethod {
        changing { (call: ClinicInterface.AcceptOffer, _) in .waiting(.accept(OfferID(call.offer))) }
    }

    private func declineOffer() -> NamedMethod {
        written(request: \ClinicInterface.DeclineOffer.request) { call, _ in
            ClinicCommand { _ in
                .waiting(.decline(OfferID(call.offer)))
            } answer: {
                ClinicInterface.DeclineOffer.Reply(event: $0.lastEvent)
            }
        }
    }

    // MARK: Places

    /// The stretch of a chair that a call names: what a visit has left, or a day, time and chair.
    private func place(_ named: NamedPlace, _ snapshot: Snapshot) throws(ClinicInterface.Failure) -> FreedPlace {
        switch (named.visit, named.day, named.at, named.chair) {
        case (let id?, nil, nil, nil):
            guard let visit = snapshot.state.visit(VisitID(id)) else { throw .noSuchVisit(visit: id) }
            guard !visit.status.occupies else {
                throw .invalidValue(
                    field: "visit", message: "visit \(id) has its place still",
                    hint: "name a place that it has left by day, time and chair")
            }
            return FreedPlace(
                day: visit.day, chair: visit.place.chair, interval: visit.holdInterval, visit: visit.id)
        case (nil, let day?, let at?, let chair?):
            try checkReach(day, from: snapshot.day(at: clock.now), "day")
            let minutes = named.minutes ?? 60
            guard snapshot.facility.chairs.contains(where: { $0.id.text == chair }) else {
                throw .noSuchChair(chair: chair)
            }
            let calendar = snapshot.calendar(of: day)
            guard let elapsed = calendar.elapsed(showing: at.minutes).first else {
                throw .invalidValue(field: "at", message: "the clock of \(day) does not show \(at.text)", hint: nil)
            }
            let from = calendar.firstMinute + elapsed
            return FreedPlace(day: day, chair: ChairID(chair), interval: Interval(from, from + minutes))
        case (_, _, _, _):
            throw .invalidValue(
                field: "visit", message: "expected a visit that has left its place, or day, at and chair", hint: nil)
        }
    }

    /// A place with those who gain by it at a moment, by their ids.
    private func matched(
        _ message: FreedPlaceMessage, _ moment: Snapshot
    ) throws(ClinicInterface.Failure) -> FreedPlaceMessage {
        var snapshot = moment
        let now = clock.now
        let found = try withDays(&snapshot) { snapshot throws(NeedsDays) in
            try matches(for: message.place, state: snapshot.state, calendar: snapshot.calendar, now: now)
        }
        var message = message
        message.entries = found.map(\.entry.id.text)
        message.matches = found.map { WaitingMatchMessage($0, snapshot.state, details: nil, snapshot.offsets) }
        return message
    }

    /// A difference with those who would gain by the places that it leaves, at the moment after it.
    func matched(
        _ difference: PlanDifferenceMessage?, _ next: Snapshot, _ call: Call
    ) throws(ClinicInterface.Failure) -> PlanDifferenceMessage? {
        guard var difference, let freed = difference.freed, !freed.isEmpty else { return difference }
        var places: [FreedPlaceMessage] = []
        for place in freed { places.append(try matched(place, next)) }
        difference.freed = try withNames(places, call)
        return difference
    }

    /// Places with who those are who gain by them. That somebody reads that is noted.
    private func withNames(
        _ places: [FreedPlaceMessage], _ call: Call
    ) throws(ClinicInterface.Failure) -> [FreedPlaceMessage] {
        let patients = Set(places.flatMap { $0.matches ?? [] }.map { PatientID($0.entry.patient) })
        let details = try records.details(of: patients)
        try recordAccess(patients.sorted(), call)
        return places.map { place in
            var place = place
            for index in (place.matches ?? []).indices {
                guard let patient = place.matches?[index].entry.patient else { continue }
                place.matches?[index].entry.name = details[PatientID(patient)]?.name
                place.matches?[index].entry.phone = details[PatientID(patient)]?.phone
            }
            return place
        }
    }

    /// The answer to a change with those who gain by the places that it leaves. It is worked out after the change is
    /// recorded, beside the writer: a long waiting list keeps nobody else waiting. It is kept for the request's
    /// repetition, without who they are: that is looked up each time.
    func matched(_ answer: StoredAnswer, _ key: RequestKey?, _ call: Call) async throws(VarlinkError) -> JSONObject {
        let given = try answer.result.get()
        guard var reply = answer.reply(as: ChangeReply.self) else { return given }
        guard let freed = reply.difference?.freed, !freed.isEmpty else {
            return await withContacts(reply, call).object
        }
        do throws(ClinicInterface.Failure) {
            if freed.contains(where: { $0.matches == nil }) {
                reply.difference?.freed = try await pools.searches.result { () throws(ClinicInterface.Failure) in
                    var places: [FreedPlaceMessage] = []
                    for place in freed { places.append(try matched(place, publication.current)) }
                    return places
                }
                if let key, let kept = await writer.amend(key, answer, with: StoredAnswer(reply)),
                    let known = kept.reply(as: ChangeReply.self)
                {
                    reply = known
                }
            }
            let places = reply.difference?.freed ?? []
            reply.difference?.freed = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                try withNames(places, call)
            }
        } catch {
            // What was done is done: the answer goes out without those who gain.
            return await withContacts(reply, call).object
        }
        return await withContacts(reply, call).object
    }

    /// The answer to an offer with whom to ask; it is kept without.
    private func withContact(_ answer: StoredAnswer, _ call: Call) async throws(VarlinkError) -> JSONObject {
        let given = try answer.result.get()
        guard var reply = answer.reply(as: ClinicInterface.OfferPlace.Reply.self) else { return given }
        let patient = PatientID(reply.offer.patient)
        let contact = await onLooks([:]) { contacts(of: [patient], call) }[patient]
        (reply.offer.name, reply.offer.phone) = (contact?.name, contact?.phone)
        return reply.object
    }
}

/// A place as a call names it.
private struct NamedPlace: Sendable {
    let visit: String?
    let day: Day?
    let at: ClockTime?
    let chair: String?
    let minutes: Int?
}

extension CommandOutcome {
    /// The number of the last event that was recorded, or of the last there is.
    fileprivate var lastEvent: Int { events.last?.number ?? snapshot.state.lastEvent }
}

extension Snapshot {
    /// The names of the staff in offered moves.
    fileprivate func people(_ moves: [OfferMoveMessage]) -> [String: String] {
        people(Set(moves.flatMap(\.attendants.values)))
    }
}
