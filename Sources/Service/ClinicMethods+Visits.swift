internal import Clinic
internal import Planning
internal import StrictJSON
internal import Wire

extension ClinicMethods {
    /// What is done with single visits.
    func visitMethods() -> [NamedMethod] {
        [confirmVisit(), cancelVisit(), moveVisit()]
    }

    private func confirmVisit() -> NamedMethod {
        changing { (call: ClinicInterface.ConfirmVisit, _) in
            .orderVisit(VisitID(call.visit), .confirm, call.because.code)
        }
    }

    private func cancelVisit() -> NamedMethod {
        changing { (call: ClinicInterface.CancelVisit, _) in
            .orderVisit(VisitID(call.visit), .cancel(isMadeUp: call.makeUp ?? true), call.because.code)
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
            let labels = visit.visitType.filledLabels.map(\.label)
            var persons: [String: PersonID] = [:]
            for (label, person) in call.attendants ?? [:] {
                guard labels.contains(label) else {
                    throw .invalidValue(
                        field: "attendants",
                        message: "expected labels among \(labels.joined(separator: ", ")), found \(label)",
                        hint: closest(to: label, among: labels).map { "did you mean \($0)?" })
                }
                guard snapshot.facility.staff.contains(where: { $0.id.text == person }) else {
                    throw .noSuchPerson(person: person)
                }
                persons[label] = PersonID(person)
            }
            let wish = PlaceWish(
                from: call.from, through: call.through, clock: call.at?.minutes,
                chair: call.chair.map { ChairID($0) }, persons: persons)
            return .orderVisit(visit.id, .move(wish), call.because.code)
        }
    }
}
