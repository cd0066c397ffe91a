internal import Clinic
internal import ClinicTime
internal import Planning
internal import StrictJSON

/// A text in quotes, as problems show it.
func quote(_ text: String) -> String { JSONValue.string(text).text() }

extension JSONReader {
    /// A day from 1970 to 2199.
    func day() -> Day? {
        guard let day = parsed(as: #"a day such as "2026-03-02""#, { Day($0) }) else { return nil }
        guard (1970...2199).contains(day.civil.year) else {
            return mismatch(expected: "a day from 1970-01-01 to 2199-12-31")
        }
        return day
    }

    /// The day on which somebody was born.
    func birthDate() -> Day? {
        guard let day = parsed(as: #"a day such as "1961-04-02""#, { Day($0) }) else { return nil }
        return day.isBirthDate ? day : mismatch(expected: "a day from 1850-01-01 to 2199-12-31")
    }

    /// A clock time such as "09:00", in minutes.
    func clock() -> Int? { parsed(as: #"a time such as "09:00""#) { clockMinute($0) } }

    /// A window such as "09:00-17:30", in minutes on the clock.
    func window() -> Interval? {
        if let text = value.string {
            if let window = clockWindow(text) { return window }
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            let ends = parts.map { clockMinute($0, mayEndDay: true) }
            if parts.count == 2, !ends.contains(nil) {
                problem("window \(quote(text)) does not end after it starts")
                return nil
            }
        }
        return mismatch(expected: #"a window such as "09:00-17:30""#)
    }

    /// Weekdays, at least one, none twice.
    func weekdays() -> Set<Weekday>? {
        let days = array { $0.choice(among: Weekday.allCases.map(\.name)).flatMap { Weekday(name: $0) } }
        guard let days else { return nil }
        guard !days.isEmpty else {
            problem("expected at least one weekday, mon to sun, found none")
            return nil
        }
        if let twice = firstTwice(days) { problem("\(quote(twice.name)) stands twice") }
        return Set(days)
    }

    /// A text of 1 to 200 characters, none of them a control character.
    func name() -> String? {
        guard let text = value.string, text.hasLength(within: 1...200), text.unicodeScalars.allSatisfy(isShown) else {
            return mismatch(expected: "a text of 1 to 200 characters")
        }
        return text
    }

    /// Names of some kind of thing, none twice.
    func names(_ kind: String) -> [String]? {
        guard let names = array(of: { $0.name() }) else { return nil }
        if let twice = firstTwice(names) { problem("\(kind) \(quote(twice)) stands twice") }
        return names
    }

    /// The elements of an array of some kind of thing, at least one.
    func elements<Element>(_ kind: String, of read: (JSONReader) -> Element?) -> [Element]? {
        guard value.array?.isEmpty != true else {
            problem("expected at least one \(kind), found none")
            return nil
        }
        return array(of: read)
    }

    /// A local time, as the clinic's clocks show it.
    func moment(in zone: ClinicZone?) -> LocalMoment? {
        let time = parsed(as: #"a local time such as "2026-03-02T09:00""#) { LocalTime($0) }
        guard let time else { return nil }
        guard (1970...2199).contains(time.day.civil.year) else {
            return mismatch(expected: "a local time from 1970 to 2199")
        }
        // Without the zone, which is a problem of its own, any clock will do to find further problems.
        guard let zone else { return try? ClinicZone.utc.local(LocalTime(day: time.day, clock: time.clock)) }
        do {
            return try zone.local(time)
        } catch {
            problem(error.message, hint: error.hint)
            return nil
        }
    }
}

extension JSONFields {
    /// A stretch of minutes since 1970 between the local times `from` and `until`.
    func stretch(in zone: ClinicZone?) -> Interval? {
        let from = value("from") { $0.moment(in: zone) }
        let until = value("until") { $0.moment(in: zone) }
        guard let from, let until else { return nil }
        guard let stretch = Interval(clipping: from.minute, until.minute) else {
            problem("until", "\(raw("until")?.text() ?? "") is not after \(raw("from")?.text() ?? "")")
            return nil
        }
        return stretch
    }

    /// The days `from` and `through`.
    func days() -> (from: Day, through: Day)? {
        let from = value("from") { $0.day() }
        let through = value("through") { $0.day() }
        guard let from, let through else { return nil }
        guard from <= through else {
            problem("through", "\(through) is before \(from)")
            return nil
        }
        return (from, through)
    }
}

private func isShown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80...0x9F).contains(scalar.value)
}

/// The first element that stands a second time.
func firstTwice<Element: Hashable>(_ elements: [Element]) -> Element? {
    var seen: Set<Element> = []
    return elements.first { !seen.insert($0).inserted }
}
