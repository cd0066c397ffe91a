package import Planning

/// A local time as it is written: a date, a clock time and perhaps the offset that chooses among repeated times.
package struct LocalTime: Hashable, Sendable {
    package var day: Day
    /// Minutes on the clock, 0 to 1,439.
    package var clock: Int
    /// Minutes east of UTC; nil for the first time that the clock shows it.
    package var offset: Int?

    /// A clock time of a day.
    package init(day: Day, clock: Int, offset: Int? = nil) {
        self.day = day
        self.clock = clock
        self.offset = offset
    }

    /// Reads "2026-03-02T09:00" or "2026-11-01T01:30-05:00"; nil for any other shape.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 16 || bytes.count == 22, bytes[10] == UInt8(ascii: "T"),
            let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
            let clock = clockMinute(String(decoding: bytes[11..<16], as: UTF8.self))
        else { return nil }
        var offset: Int?
        if bytes.count == 22 {
            guard let read = offsetMinutes(bytes[16...]) else { return nil }
            offset = read
        }
        self.init(day: day, clock: clock, offset: offset)
    }
}

extension LocalTime: CustomStringConvertible {
    /// The local time as it is read.
    package var description: String { "\(day)T\(clockText(clock))" + (offset.map(offsetText) ?? "") }
}

/// An instant with what calendar and clock show at it.
package struct LocalMoment: Hashable, Sendable {
    /// The instant, minutes since 1970-01-01T00:00Z.
    package let minute: Int
    package let day: Day
    /// Minutes since the day's first instant.
    package let elapsed: Int
    /// Minutes on the clock.
    package let clock: Int
    /// Whether the clock showed the same date and time before, before it was put back.
    package let isLater: Bool
    /// Minutes east of UTC.
    package let offsetMinutes: Int
}

/// Why a local time names no instant.
package enum LocalTimeError: Error, Hashable, Sendable {
    /// The clocks never show it; the next minute that they do show.
    case skipped(LocalTime, next: LocalTime)
    /// The clocks show it, but not with this offset; those with which they do, minutes east of UTC.
    case otherOffset(LocalTime, possible: [Int])

    /// What is wrong, with the time.
    package var message: String {
        switch self {
        case .skipped(let time, _): "the clocks skip \(time)"
        case .otherOffset(let time, _): "\(time) has an offset that the clinic's clocks do not have then"
        }
    }

    package var hint: String {
        switch self {
        case .skipped(_, let next): "the next minute after the gap is \(next)"
        case .otherOffset(_, let possible): "the offset then is \(possible.map(offsetText).joined(separator: " or "))"
        }
    }
}

extension LocalTimeError: CustomStringConvertible {
    package var description: String { message }
}

extension ClinicZone {
    /// What calendar and clock show at a minute since 1970.
    package func local(at minute: Int) -> LocalMoment {
        let offset = offset(at: minute)
        let day = day(at: minute)
        return LocalMoment(
            minute: minute, day: day, elapsed: minute - calendar(of: day).firstMinute,
            clock: minute + offset - day.number * 1440, isLater: instants(showing: minute + offset).first != minute,
            offsetMinutes: offset)
    }

    /// The instant of a local time.
    ///
    /// - Throws: that the clocks skip it, or that the offset is not one that they have then.
    package func local(_ time: LocalTime) throws(LocalTimeError) -> LocalMoment {
        let shown = time.day.number * 1440 + time.clock
        let instants = instants(showing: shown)
        guard let first = instants.first else {
            let after = periods(from: shown - ClinicZone.reach, until: shown + ClinicZone.reach)
                .first { $0.from + $0.offset > shown }
            let next = after.map { $0.from + $0.offset } ?? shown
            let day = Day(number: flooredDivision(next, 1440))
            throw .skipped(time, next: LocalTime(day: day, clock: next - day.number * 1440))
        }
        guard let offset = time.offset else { return local(at: first) }
        guard let chosen = instants.first(where: { shown - $0 == offset }) else {
            throw .otherOffset(time, possible: instants.map { shown - $0 })
        }
        return local(at: chosen)
    }

    /// The local time at a minute since 1970, as files have it: with its offset exactly where it is the later of two.
    package func localText(at minute: Int) -> String {
        let moment = local(at: minute)
        let shown = minute + moment.offsetMinutes
        let day = Day(number: flooredDivision(shown, 1440))
        let offset = moment.isLater ? moment.offsetMinutes : nil
        return LocalTime(day: day, clock: shown - day.number * 1440, offset: offset).description
    }

    /// The local time at an elapsed minute of a day, as files have it.
    package func localText(day: Day, elapsed: Int) -> String {
        localText(at: calendar(of: day).firstMinute + elapsed)
    }
}
