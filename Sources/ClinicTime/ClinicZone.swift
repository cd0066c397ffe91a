internal import Planning

/// A time zone with its law: what the clocks of the clinic show at every instant, from the system's tzdata.
///
/// Instants are minutes since 1970-01-01T00:00Z. Offsets are minutes east of UTC; the fractions of minutes that some
/// zones had until 1972 are cut.
package struct ClinicZone: Sendable {
    package let name: String
    private let firstOffset: Int
    private let changes: [ZoneChange]
    private let rule: ZoneRule?

    /// The zone of an IANA name, read from tzdata's compiled files.
    ///
    /// - Throws: that the name is unknown (with what was probably meant), or what is wrong with the file.
    package init(named name: String, directory: String = "/usr/share/zoneinfo") throws(ZoneError) {
        let bytes = try ZoneDirectory(path: directory).bytes(ofZone: name)
        do {
            let file = try ZoneFile(bytes)
            self.init(name: name, file: file)
        } catch {
            throw .malformed(name, cause: error.cause)
        }
    }

    private init(name: String, file: ZoneFile) {
        self.name = name
        firstOffset = file.firstOffset
        rule = file.rule
        // Years that a clinic plans in are looked up; the rule is worked out only for those far off.
        var changes = file.changes
        let lastYear = changes.last.map { Day(number: flooredDivision($0.minute, 1440)).civil.year } ?? 1970
        for year in lastYear..<max(lastYear, 2100) {
            for change in file.rule?.changes(in: year) ?? [] where change.minute > changes.last?.minute ?? .min {
                if change.offset != changes.last?.offset ?? firstOffset { changes.append(change) }
            }
        }
        self.changes = changes
    }

    /// The zone whose clocks show UTC; needs no tzdata.
    package static let utc = ClinicZone(name: "UTC", firstOffset: 0)

    private init(name: String, firstOffset: Int) {
        self.name = name
        self.firstOffset = firstOffset
        changes = []
        rule = nil
    }

    /// The names of all zones that the system's tzdata knows; empty where its list is not installed.
    package static func names(directory: String = "/usr/share/zoneinfo") -> [String] {
        ZoneDirectory(path: directory).names
    }

    /// Minutes east of UTC at a minute since 1970.
    package func offset(at minute: Int) -> Int {
        if let last = changes.last, minute >= last.minute, let rule {
            // Until the rule's first change after the table, what the table ended with stays.
            let year = Day(number: flooredDivision(minute, 1440)).civil.year
            let later = (year - 1...year + 1).flatMap(rule.changes(in:)).last { $0.minute <= minute }
            guard let later, later.minute > last.minute else { return last.offset }
            return later.offset
        }
        let index = countOfChanges(through: minute)
        guard index > 0 else { return changes.isEmpty ? rule?.offset(at: minute) ?? firstOffset : firstOffset }
        return changes[index - 1].offset
    }

    /// A stretch in which the offset stays.
    struct Period: Hashable {
        var from: Int
        var until: Int
        var offset: Int
    }

    /// The stretches of even offset that cover the minutes from … until, in order; successive offsets differ.
    func periods(from: Int, until: Int) -> [Period] {
        var periods = [Period(from: from, until: until, offset: offset(at: from))]
        for change in changes(after: from, before: until) where change.offset != periods[periods.count - 1].offset {
            periods[periods.count - 1].until = change.minute
            periods.append(Period(from: change.minute, until: until, offset: change.offset))
        }
        return periods.filter { $0.from < $0.until }
    }

    /// The instants at which the clocks show a local minute (minutes since 1970-01-01T00:00 local), ascending: none
    /// where it is skipped, two where it repeats.
    func instants(showing local: Int) -> [Int] {
        periods(from: local - ClinicZone.reach, until: local + ClinicZone.reach).compactMap { period in
            let minute = local - period.offset
            return period.from <= minute && minute < period.until ? minute : nil
        }
    }

    /// More than any offset from UTC, minutes.
    static let reach = 26 * 60

    private func changes(after from: Int, before until: Int) -> [ZoneChange] {
        let known = changes[countOfChanges(through: from)...].prefix { $0.minute < until }
        guard let rule, until > (changes.last?.minute ?? .min) else { return Array(known) }
        let first = Day(number: flooredDivision(from, 1440)).civil.year
        let last = Day(number: flooredDivision(until, 1440)).civil.year
        let begin = max(from, changes.last?.minute ?? .min)
        let later = (first - 1...last + 1).flatMap(rule.changes(in:)).filter { begin < $0.minute && $0.minute < until }
        return known + later
    }

    /// How many changes of the table lie at or before a minute.
    private func countOfChanges(through minute: Int) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].minute <= minute { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

typealias ZoneChange = ZoneFile.Change
