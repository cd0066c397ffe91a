import Clinic
import Planning

extension AuditChanges {
    /// What an event about staff, chairs or hours changed.
    func of(_ event: AvailabilityEvent) -> [AuditChangeMessage] {
        switch event {
        case .added(let exception): [change(exception.subjectWord, exception.what, nil, words(exception))]
        case .removed(let exception): [change(exception.subjectWord, exception.what, words(exception), nil)]
        }
    }

    private func words(_ exception: AvailabilityException) -> String {
        switch exception {
        case .timeOff(let absence): span(absence.timeOff.interval)
        case .outage(let outage): span(outage.outage.interval)
        case .closure(let closure): days(closure)
        case .opening(let opening): hours(opening)
        case .shift(let dated): hours(dated.shift)
        }
    }

    private func span(_ interval: Interval) -> String {
        "\(instant(interval.from * 60)) until \(instant(interval.until * 60))"
    }

    private func days(_ closure: DatedClosure) -> String {
        let (from, through) = (closure.closure.from, closure.closure.through)
        let hours = closure.closure.hours.map { " \(ClockWindow($0).text)" } ?? ""
        return (from == through ? "\(from)" : "\(from) through \(through)") + hours
    }

    private func hours(_ shift: ExtraShift) -> String { "\(shift.day) \(ClockWindow(shift.hours).text)" }

    private func hours(_ opening: DatedOpening) -> String {
        "\(opening.opening.day) \(ClockWindow(opening.opening.hours).text)"
    }
}

extension AvailabilityException {
    /// Whose availability it changes, in a word.
    fileprivate var subjectWord: String { subject == .clinic ? subject.kind : subject.id }

    /// What is other than configured, in a word.
    fileprivate var what: String {
        switch self {
        case .timeOff: "off"
        case .outage: "out"
        case .closure: "closed"
        case .opening: "open"
        case .shift: "works"
        }
    }
}
