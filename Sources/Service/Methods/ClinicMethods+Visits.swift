internal import Clinic
internal import Planning
internal import StrictJSON
internal import Wire

extension ClinicMethods {
    /// What is done with single visits.
    func visitMethods() -> [NamedMethod] {
        [
            confirmVisit(), pinVisit(), cancelVisit(), moveVisit(), deferVisit(), omitVisit(), overrideRule(),
            recordNoShow(), recordNotTreated(),
        ]
    }

    private func confirmVisit() -> NamedMethod {
        changing { (call: ClinicInterface.ConfirmVisit, _) in
            .visit(.order(VisitID(call.visit), .confirm, call.because.code))
        }
    }

    private func pinVisit() -> NamedMethod {
        changing { (call: ClinicInterface.PinVisit, _) in
            .visit(.order(VisitID(call.visit), .pin(call.pinned), call.because.code))
        }
    }

    private func cancelVisit() -> NamedMethod {
        changing { (call: ClinicInterface.CancelVisit, _) throws(ClinicInterface.Failure) in
            let order = VisitOrder.cancel(isMadeUp: call.makeUp ?? true, from: try makeUpStart(call.makeUpFrom))
            return .visit(
                .order(VisitID(call.visit), order, call.because.code, keepsWindow: call.keepWindow ?? false))
        }
    }

    private func moveVisit() -> NamedMethod {
        changing { (call: ClinicInterface.MoveVisit, snapshot) throws(ClinicInterface.Failure) in
            try planned(call.from, "from")
            try planned(call.through, "through")
            if let from = call.from, let through = call.through, through < from {
                throw .invalidValue(
                    field: "through", message: "expected a day from \(from) on, found \(through)", hint: nil)
            }
            guard let visit = snapshot.state.visit(VisitID(call.visit)) else { throw .noSuchVisit(visit: call.visit) }
            if let chair = call.chair, !snapshot.facility.chairs.contains(where: { $0.id.text == chair }) {
                throw .noSuchChair(chair: chair)
            }
            let wish = PlaceWish(
                from: call.from, through: call.through, clock: call.at?.minutes,
                chair: call.chair.map { ChairID($0) },
                persons: try persons(call.attendants ?? [:], of: visit, snapshot.facility))
            return .visit(
                .order(
                    visit.id, order(wish, for: visit, isPlanned: call.plan ?? false), call.because.code,
                    keepsWindow: call.keepWindow ?? false))
        }
    }

    /// What is meant by a wish: what is named of the place changes and nothing else, unless the best place with it is
    /// asked for, or days are named without a time.
    private func order(_ wish: PlaceWish, for visit: Visit, isPlanned: Bool) -> VisitOrder {
        let namesPlace = wish.clock != nil || wish.chair != nil || !wish.persons.isEmpty
        guard namesPlace, !isPlanned, visit.status.occupies else { return .move(wish) }
        let day = wish.from == wish.through ? wish.from : nil
        let isOneDay = day != nil || wish.from == nil && wish.through == nil
        if isOneDay, wish.clock != nil || [nil, visit.day].contains(day) { return .place(wish) }
        guard wish.clock != nil else { return .move(wish) }
        // The time on one of some days, with the same chair and persons.
        var kept = wish
        kept.chair = wish.chair ?? visit.place.chair
        let labels = visit.visitType.filledLabels.map(\.label)
        kept.persons = Dictionary(zip(labels, visit.place.persons)) { first, _ in first }
            .merging(wish.persons) { _, named in named }
        return .move(kept)
    }

    private func persons(
        _ attendants: [String: String], of visit: Visit, _ facility: Facility
    ) throws(ClinicInterface.Failure) -> [String: PersonID] {
        let labels = visit.visitType.filledLabels.map(\.label)
        var persons: [String: PersonID] = [:]
        for (label, person) in attendants {
            guard labels.contains(label) else {
                throw .invalidValue(
                    field: "attendants",
                    message: "expected labels among \(labels.joined(separator: ", ")), found \(label)",
                    hint: closest(to: label, among: labels).map { "did you mean \($0)?" })
            }
            guard facility.staff.contains(where: { $0.id.text == person }) else { throw .noSuchPerson(person: person) }
            persons[label] = PersonID(person)
        }
        return persons
    }

    private func deferVisit() -> NamedMethod {
        changing { (call: ClinicInterface.DeferVisit, _) throws(ClinicInterface.Failure) in
            try planned(call.until, "until")
            let later = VisitOrder.Later(rawValue: call.later) ?? .shift
            return .visit(
                .order(
                    VisitID(call.visit), .postpone(until: call.until, later: later), call.because.code,
                    keepsWindow: call.keepWindow ?? false))
        }
    }

    private func omitVisit() -> NamedMethod {
        changing { (call: ClinicInterface.OmitVisit, _) in
            .visit(.order(VisitID(call.visit), .omit, call.because.code))
        }
    }

    private func overrideRule() -> NamedMethod {
        changing { (call: ClinicInterface.OverrideRule, _) in
            .visit(.order(VisitID(call.visit), .override(call.rule), call.because.code))
        }
    }

    /// From when on a lost visit is to be made up for.
    private func makeUpStart(_ text: String?) throws(ClinicInterface.Failure) -> VisitOrder.MakeUpStart {
        guard let text else { return .later }
        guard let start = VisitOrder.MakeUpStart(rawValue: text) else {
            let names = VisitOrder.MakeUpStart.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidValue(field: "makeUpFrom", message: "expected one of \(names), found \(text)", hint: nil)
        }
        return start
    }

    private func recordNoShow() -> NamedMethod {
        changing { (call: ClinicInterface.RecordNoShow, _) throws(ClinicInterface.Failure) in
            let order = VisitOrder.noShow(isMadeUp: call.makeUp ?? true, from: try makeUpStart(call.makeUpFrom))
            return .visit(
                .order(VisitID(call.visit), order, call.because.code, keepsWindow: call.keepWindow ?? false))
        }
    }

    private func recordNotTreated() -> NamedMethod {
        changing { (call: ClinicInterface.RecordNotTreated, _) throws(ClinicInterface.Failure) in
            let obstacle = VisitStatus.NotTreatedReason(rawValue: call.obstacle) ?? .other
            let order = VisitOrder.notTreated(
                obstacle, isMadeUp: call.makeUp ?? true, from: try makeUpStart(call.makeUpFrom))
            return .visit(
                .order(
                    VisitID(call.visit), order, call.because.code, keepsWindow: call.keepWindow ?? false,
                    isMeant: call.yes ?? false))
        }
    }
}
