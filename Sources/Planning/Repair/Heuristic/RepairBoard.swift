/// Who and what is taken while places are tried: all bookings of the days in play, put and taken in place. Physical
/// rules and `one-visit-a-day` are read off it, each with the visits that are in the way.
final class RepairBoard {
    /// What an item carries or would carry: a load on a person, zero too.
    struct Piece {
        let person: Int
        let interval: Interval
        let load: Int
    }

    private struct Hold {
        let item: Int
        let interval: Interval
    }

    private struct Load {
        let item: Int
        let interval: Interval
        let load: Int
    }

    private final class DayUse {
        var holds: [[Hold]]
        var loads: [[Load]]
        var patients: [(patient: Int, item: Int)] = []

        init(chairs: Int, persons: Int) {
            holds = Array(repeating: [], count: chairs)
            loads = Array(repeating: [], count: persons)
        }
    }

    /// Stands for every booking that may not change.
    static let nobody = -1

    let model: RepairModel
    /// Where each item is; nil without a place.
    private(set) var places: [RepairPlace?]
    /// Items whose place is settled for the time being.
    var isLocked: [Bool]
    /// Items that may change neither their time nor their persons, whatever becomes of others: what they carry is
    /// settled.
    var isAnchored: [Bool]
    /// Visits in progress that are given up as broken: nothing is asked of them.
    var isGivenUp: [Bool]
    private var days: [DayUse?]

    init(_ model: RepairModel) {
        self.model = model
        places = model.items.map(\.original)
        isLocked = model.items.map { $0.freedom == .fixed }
        isGivenUp = Array(repeating: false, count: model.items.count)
        isAnchored = isGivenUp
        days = Array(repeating: nil, count: max(0, model.calendar.last - model.calendar.first + 1))
    }

    // MARK: Putting and taking

    /// Gives an item another place, or none.
    func set(_ item: Int, _ place: RepairPlace?) {
        if let old = places[item], days.indices.contains(old.day), let use = days[old.day] {
            take(item, from: use, old)
        }
        places[item] = place
        if let place, days.indices.contains(place.day) {
            let use = use(of: place.day, except: item)
            put(item, into: use, place, model.items[item].kind, model.items[item].patient)
        }
    }

    private func use(of day: Int, except item: Int) -> DayUse {
        if let use = days[day] { return use }
        let use = DayUse(chairs: model.frame.chairCount, persons: model.frame.personCount)
        days[day] = use
        for booking in model.board(day)?.bookings ?? [] {
            guard let index = model.itemIndex[booking.id] else {
                putStranger(booking, into: use, day)
                continue
            }
            if index != item, let place = places[index], place.day == day {
                put(index, into: use, place, model.items[index].kind, model.items[index].patient)
            }
        }
        return use
    }

    private func take(_ item: Int, from use: DayUse, _ place: RepairPlace) {
        if place.chair >= 0 { use.holds[place.chair].removeAll { $0.item == item } }
        for person in place.persons where person >= 0 { use.loads[person].removeAll { $0.item == item } }
        for cover in place.covers where cover.person >= 0 { use.loads[cover.person].removeAll { $0.item == item } }
        use.patients.removeAll { $0.item == item }
    }

    private func put(_ item: Int, into use: DayUse, _ place: RepairPlace, _ kind: VisitKind, _ patient: Int) {
        if place.chair >= 0 {
            let hold = Interval(place.start, place.start + kind.type.hold)
            use.holds[place.chair].append(Hold(item: item, interval: hold))
        }
        for piece in pieces(kind, place) where piece.load > 0 {
            use.loads[piece.person].append(Load(item: item, interval: piece.interval, load: piece.load))
        }
        use.patients.append((patient, item))
    }

    private func putStranger(_ booking: Booking, into use: DayUse, _ day: Int) {
        let frame = model.frame
        guard let board = model.board(day) else { return }
        if let chair = frame.chairIndex[booking.placement.chair] {
            use.holds[chair].append(Hold(item: Self.nobody, interval: booking.holdInterval))
        }
        for id in Set(booking.placement.persons + booking.placement.covers.map(\.person)) {
            guard let person = frame.personIndex[id] else { continue }
            for (interval, load) in carriedLoads(of: id, in: booking, onDuty: board.roster.onDuty[person]) {
                use.loads[person].append(Load(item: Self.nobody, interval: interval, load: load))
            }
        }
        if let patient = model.patientIndex[booking.patient] { use.patients.append((patient, Self.nobody)) }
    }

    /// What a visit at a place asks of each person, stage by stage while on duty, and of those who cover.
    func pieces(_ kind: VisitKind, _ place: RepairPlace) -> [Piece] {
        guard let roster = model.board(place.day)?.roster else { return [] }
        var result: [Piece] = []
        for (label, person) in place.persons.enumerated() where person >= 0 && label < kind.labels.count {
            for stage in kind.labels[label].stages {
                let interval = stage.interval.shifted(by: place.start)
                for duty in roster.onDuty[person] {
                    guard let part = duty.intersection(interval) else { continue }
                    result.append(Piece(person: person, interval: part, load: stage.load))
                }
            }
        }
        for cover in place.covers where cover.person >= 0 {
            for stage in kind.labels[cover.label].stages {
                guard let part = cover.interval.intersection(stage.interval.shifted(by: place.start)) else { continue }
                result.append(Piece(person: cover.person, interval: part, load: stage.load))
            }
        }
        return result
    }

    // MARK: Who is in the way

    /// Which visits count as being in the way.
    enum Others {
        case all
        case locked
    }

    private func counts(_ other: Int, besides item: Int, _ others: Others) -> Bool {
        other != item && (others == .all || other == Self.nobody || isLocked[other])
    }

    /// The items whose holds overlap a hold on a chair; `nobody` among them where one may not change.
    func holders(of chair: Int, _ day: Int, _ hold: Interval, besides item: Int, _ others: Others) -> [Int] {
        if chair < 0 { return [] }
        return use(of: day, except: -2).holds[chair]
            .filter { $0.interval.overlaps(hold) && counts($0.item, besides: item, others) }.map(\.item)
    }

    /// Where a person would carry too much with the given pieces, who else adds to it at the first such moment; nil
    /// where they can carry them all.
    func overload(
        of person: Int, _ day: Int, _ own: [Piece], besides item: Int, _ others: Others
    ) -> [Int]? {
        let capacity = model.frame.capacities[person]
        let loads = use(of: day, except: -2).loads[person].filter {
            counts($0.item, besides: item, others) || $0.item >= 0 && $0.item != item && isAnchored[$0.item]
        }
        func check(_ moment: Int) -> [Int]? {
            var sum = 0
            for piece in own where piece.person == person && piece.interval.contains(moment) { sum += piece.load }
            for load in loads where load.interval.contains(moment) { sum += load.load }
            if sum <= capacity { return nil }
            return loads.filter { $0.interval.contains(moment) }.map(\.item)
        }
        // Loads rise only where something begins.
        for piece in own where piece.person == person {
            if let found = check(piece.interval.from) { return found }
            for load in loads where piece.interval.contains(load.interval.from) {
                if let found = check(load.interval.from) { return found }
            }
        }
        return nil
    }

    /// The other items of a patient on a day.
    func visits(of patient: Int, _ day: Int, besides item: Int, _ others: Others) -> [Int] {
        use(of: day, except: -2).patients
            .filter { $0.patient == patient && counts($0.item, besides: item, others) }.map(\.item)
    }
}
