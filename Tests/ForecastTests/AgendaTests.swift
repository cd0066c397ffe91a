import Clinic
import Forecast
import Testing

/// What is to happen comes soonest first.
@Suite struct AgendaTests {
    @Test func `what is to happen comes soonest first, and of one minute in the order in which it was noted`() {
        var agenda = Agenda<String>()
        for (text, minute) in [("c", 7), ("a", 3), ("d", 7), ("e", 9), ("b", 3)] {
            agenda.note(text, at: Instant(minute: minute))
        }
        #expect(agenda.next == Instant(minute: 3))
        var taken: [String] = []
        while let deed = agenda.take(through: Instant(minute: 7)) { taken.append(deed) }
        #expect(taken == ["a", "b", "c", "d"] && agenda.next == Instant(minute: 9))
    }
}
