/// The chairs, persons and patients that are taken while a repair tries places: all bookings of the days in play, put
/// and taken in place. Physical rules and `one-visit-a-day` are read off it, each with the visits that are in the way.
final class RepairBoard {
    private struct Hold {
        let item: ItemIndex
        let interval: Interval
    }

    private struct Load {
        let item: ItemIndex
        let run: LoadStretch
    }

    private final class DayUse {
        var holds: [[Hold]]
        var loads: [[Load]]
        var patients: [(patient: Int, item: ItemIndex)] = []

        init(chairs: Int, persons: Int) {
            holds = Array(repeating: [], count: chairs)
            loads = Array(repeating: [], count: persons)
        }
    }

    /// Stands for every booking that may not change.
    static let nobody = ItemIndex(-1)

    let model: RepairModel
    /// Where each item is; nil without a place.
    private(set) var places: Table<RepairItem, RepairPlace?>
    /// Items whose place is settled for the time being.
    var isLocked: Table<RepairItem, Bool>
    /// Items that may change neither their time nor their persons, whatever becomes of others: what they carry is
    /// settled.
    var isAnchored: Table<RepairItem, Bool>
    /// Visits in progress that are given up as broken: nothing is asked of them.
    var isGivenUp: Table<RepairItem, Bool>
    private var days: [DayUse?]

    init(_ model: RepairModel) {
        self.model = model
        places = Table(model.items.indices.map { model.items[$0].original })
        isLocked = Table(model.items.indices.map { model.items[$0].freedom == .fixed })
        isGivenUp = Table(repeating: false, count: model.items.count)
        isAnchored = isGivenUp
        days = Array(repeating: nil, count: max(0, model.calendar.last - model.calendar.first + 1))
    }

    // MARK: Putting and taking

    /// Gives an item another place, or none.
    func set(_ item: ItemIndex, _ place: RepairPlace?) {
        if let old = places[item], days.indices.contains(old.day), let use = days[old.day] {
            take(item, from: use, old)
        }
        places[item] = place
        if let place, days.indices.contains(place.day) { put(item, at: place, into: use(of: place.day, except: item)) }
    }

    /// What is taken of a day, filled when first asked for; an item may be left out of it.
    private func use(of day: Int, except item: ItemIndex? = nil) -> DayUse {
        if let use = days[day] { return use }
        let use = DayUse(chairs: model.layout.chairCount, persons: model.layout.personCount)
        days[day] = use
        for booking in model.board(day)?.bookings ?? [] {
            guard let index = model.itemIndex[booking.id] else {
                putStranger(isTakenOver(booking) ? booking.withoutPersons : booking, into: use, day)
                continue
            }
            if index != item, let place = places[index], place.day == day { put(index, at: place, into: use) }
        }
        return use
    }

    /// Whether a booking was kept for a visit under way that somebody else must take over: its persons may.
    private func isTakenOver(_ booking: Booking) -> Bool {
        booking.keptFor.flatMap { model.itemIndex[$0] }.map { model.items[$0].isBroken } ?? false
    }

    private func take(_ item: ItemIndex, from use: DayUse, _ place: RepairPlace) {
        if place.chair >= 0 { use.holds[place.chair].removeAll { $0.item == item } }
        for person in place.staff.persons where person >= 0 { use.loads[person].removeAll { $0.item == item } }
        for cover in place.staff.covers where cover.person >= 0 {
            use.loads[cover.person].removeAll { $0.item == item }
        }
        use.patients.removeAll { $0.item == item }
    }

    private func put(_ item: ItemIndex, at place: RepairPlace, into use: DayUse) {
        if place.chair >= 0 {
            use.holds[place.chair].append(Hold(item: item, interval: model.items[item].hold(from: place.start)))
        }
        for asked in loads(of: item, at: place) where asked.load > 0 {
            let run = LoadStretch(interval: asked.interval, load: asked.load)
            use.loads[asked.person].append(Load(item: item, run: run))
        }
        use.patients.append((model.items[item].patient, item))
    }

    private func putStranger(_ booking: Booking, into use: DayUse, _ day: Int) {
        let layout = model.layout
        guard let board = model.board(day) else { return }
        if let chair = layout.chairIndex[booking.placement.chair] {
            use.holds[chair].append(Hold(item: Self.nobody, interval: booking.holdInterval))
        }
        for id in Set(booking.placement.persons + booking.placement.covers.map(\.person)) {
            guard let person = layout.personIndex[id] else { continue }
            for (interval, load) in carriedLoads(of: id, in: booking, onDuty: board.roster.onDuty[person]) {
                use.loads[person].append(Load(item: Self.nobody, run: LoadStretch(interval: interval, load: load)))
            }
        }
        if let patient = model.patientIndex[booking.patient] { use.patients.append((patient, Self.nobody)) }
    }

    /// What an item at a place asks of each person, stage by stage while on duty, and of those who cover.
    func loads(of item: ItemIndex, at place: RepairPlace) -> [AskedLoad] {
        guard let roster = model.board(place.day)?.roster else { return [] }
        let labels = model.items[item].kind.labels
        let visit = AttendedVisit(labels: labels, roster: roster, start: place.start)
        var result: [AskedLoad] = []
        for (label, person) in place.staff.persons.enumerated() where label < labels.count {
            _ = visit.forEachPart(of: label, by: person) { stage, part, isThere in
                if isThere { result.append(AskedLoad(person: person, interval: part, load: stage.load)) }
                return true
            }
        }
        for cover in place.staff.covers where cover.person >= 0 {
            for stage in labels[cover.label].stages {
                guard let part = cover.interval.intersection(stage.interval.shifted(by: place.start)) else { continue }
                result.append(AskedLoad(person: cover.person, interval: part, load: stage.load))
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

    private func counts(_ other: ItemIndex, besides item: ItemIndex, _ others: Others) -> Bool {
        other != item && (others == .all || other == Self.nobody || isLocked[other])
    }

    /// The items whose holds on a chair overlap that of an item at a time; `nobody` among them where one may not
    /// change.
    func holders(of chair: Int, besides item: ItemIndex, at time: RepairTime, _ others: Others) -> [ItemIndex] {
        if chair < 0 { return [] }
        let hold = model.items[item].hold(from: time.start)
        return use(of: time.day).holds[chair]
            .filter { $0.interval.overlaps(hold) && counts($0.item, besides: item, others) }.map(\.item)
    }

    /// Whether a chair is free for an item at a time.
    func isFree(_ chair: Int, for item: ItemIndex, at time: RepairTime, _ others: Others) -> Bool {
        holders(of: chair, besides: item, at: time, others).isEmpty
    }

    private func isLoad(_ other: ItemIndex, besides item: ItemIndex, _ others: Others) -> Bool {
        counts(other, besides: item, others) || other != Self.nobody && other != item && isAnchored[other]
    }

    /// The loads that a person carries at some moment of an interval of a day beside an item's.
    func carried(
        by person: Int, on day: Int, in interval: Interval, besides item: ItemIndex, _ others: Others
    ) -> [LoadStretch] {
        var runs: [LoadStretch] = []
        for load in use(of: day).loads[person]
        where load.run.interval.overlaps(interval) && isLoad(load.item, besides: item, others) {
            runs.append(load.run)
        }
        return runs
    }

    /// Where a person would carry too much on a day with what an item asks, who else adds to it at the first such
    /// moment; nil where they can carry it all.
    func overload(
        of person: Int, on day: Int, with own: [AskedLoad], besides item: ItemIndex, _ others: Others
    ) -> [ItemIndex]? {
        let capacity = model.layout.capacities[person]
        let loads = use(of: day).loads[person].filter { isLoad($0.item, besides: item, others) }
        func check(_ moment: Int) -> [ItemIndex]? {
            var sum = 0
            for asked in own where asked.person == person && asked.interval.contains(moment) { sum += asked.load }
            for load in loads where load.run.interval.contains(moment) { sum += load.run.load }
            if sum <= capacity { return nil }
            return loads.filter { $0.run.interval.contains(moment) }.map(\.item)
        }
        // Loads rise only where something begins.
        for asked in own where asked.person == person {
            if let found = check(asked.interval.from) { return found }
            for load in loads where asked.interval.contains(load.run.interval.from) {
                if let found = check(load.run.interval.from) { return found }
            }
        }
        return nil
    }

    /// The other items of an item's patient on a day.
    func visits(besides item: ItemIndex, on day: Int, _ others: Others) -> [ItemIndex] {
        let patient = model.items[item].patient
        return use(of: day).patients
            .filter { $0.patient == patient && counts($0.item, besides: item, others) }.map(\.item)
    }
}

/// The loads on a day of a repair beside an item's, to the minute.
struct RepairLoads: CarriedLoads {
    let board: RepairBoard
    let day: Int
    let item: ItemIndex
    let others: RepairBoard.Others

    func peak(of person: Int, in interval: Interval, with own: [AskedLoad]) -> Int {
        let carried = board.carried(by: person, on: day, in: interval, besides: item, others)
        return peakLoad(of: person, in: interval, carried: carried, own: own)
    }
}
