/// What `infusionbench year` is asked for.
package struct YearOptions: Sendable {
    package var firstSeed: UInt64 = 1
    package var seeds = 20
    package var days = 364
    package var clinic = YearClinic.full
    package var world = YearWorld.usual
    package var ways: [BookingWay] = BookingWay.allCases
    /// How inductions with goals aim at them.
    package var aim = YearClinic.Aim()
    /// Patients referred in so many first days of the year are not counted: the clinic fills meanwhile.
    package var warmUpDays = 0
    /// How many years are lived at a time; nil for as many as there are cores.
    package var jobs: Int?
    /// How often every hard rule is asked of all visits to come of whole courses; nil for never.
    package var check: Check?
    package var isJSON = false

    /// How often the rules are asked.
    package enum Check: String, CaseIterable, Sendable { case each, daily }

    /// Why arguments are refused, in a sentence.
    package struct Problem: Error, Hashable { package let text: String }

    /// The options that arguments ask for.
    package init(_ arguments: some Sequence<String>) throws(Problem) {
        var rest = Array(arguments)[...]
        while let word = rest.popFirst() {
            if word == "--json" {
                isJSON = true
                continue
            }
            guard Self.words.contains(word) else { throw Problem(text: "\(word) is not an option of year") }
            guard let value = rest.popFirst() else { throw Problem(text: "\(word) lacks its value") }
            try take(word, value)
        }
        guard warmUpDays + 90 < days else {
            throw Problem(text: "\(days) days are too few: the last 90 and \(warmUpDays) of warm-up are not counted")
        }
    }

    private static let words: Set<String> = [
        "--first-seed", "--seeds", "--days", "--clinic", "--world", "--ways", "--warm-up", "--jobs",
        "--check", "--spare", "--moved-day",
    ]

    private mutating func take(_ word: String, _ value: String) throws(Problem) {
        func number(_ range: ClosedRange<Int>) throws(Problem) -> Int {
            guard let number = Int(value), range.contains(number) else {
                throw Problem(text: "\(word) \(value): a whole number of \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        func named<Value: RawRepresentable & CaseIterable>(
            _ text: some StringProtocol
        ) throws(Problem) -> Value where Value.RawValue == String {
            guard let found = Value(rawValue: String(text)) else {
                let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(text: "\(word) \(text): one of \(names)")
            }
            return found
        }
        switch word {
        case "--first-seed": firstSeed = UInt64(try number(0...1_000_000_000))
        case "--seeds": seeds = try number(1...100_000)
        case "--days": days = try number(91...3640)
        case "--warm-up": warmUpDays = try number(0...3640)
        case "--jobs": jobs = try number(1...1024)
        case "--check": check = try (named(value) as Check)
        case "--spare":
            let prices = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
            guard !prices.contains(where: { $0 < 0 }) else {
                throw Problem(text: "\(word) \(value): whole numbers, such as 160,80,40,20")
            }
            aim.spare = prices
        case "--moved-day": aim.movedDay = try number(0...1_000_000)
        case "--clinic": clinic = try named(value)
        case "--world": world = try named(value)
        default:
            var found: [BookingWay] = []
            for text in value.split(separator: ",") {
                let way: BookingWay = try named(text)
                if !found.contains(way) { found.append(way) }
            }
            guard !found.isEmpty else { throw Problem(text: "\(word) lacks its value") }
            ways = found
        }
    }

    /// How it is called.
    package static let help = """
        OVERVIEW: Lets a clinic live through simulated years, each by several ways of booking with the same patients
        and the same fates, and says how many inductions were given as a whole within their goals.

        USAGE: infusionbench year [options]

        OPTIONS:
          --first-seed N   The first seed (1).
          --seeds N        How many seeds (20); means and intervals are taken over them.
          --days N         Days of a year (364); patients referred in the last 90 are not counted.
          --warm-up N      Patients referred in the first N days are not counted either (0).
          --clinic C       full (ten chairs, seven nurses) or small (three and three).
          --world W        usual; nextDay: of places of the next day 60 in a hundred are taken; heavyLosses: a quarter
                           of the patients lose a third of their visits.
          --ways W,…       goals: this program with goals; windows: without goals, but the desk keeps windows; gaps: at
                           the regimens' gaps; least, ideal: a desk that books one visit at a time, from the least or
                           the ideal gap on. All.
          --spare N,…      What a visit of an induction with a goal costs that leaves no day in hand, one, two and so on
                           (160,80,40,20).
          --moved-day N    With goals: what it costs to give a told visit another day (40).
          --jobs N         Years lived at a time (as many as there are cores).
          --check C        After each thing that happens, or daily, ask every hard rule of all visits to come.
          --json           The report as JSON, with the figures of every seed.
          --help           This.
        """
}
