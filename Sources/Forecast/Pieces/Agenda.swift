package import Clinic

/// What is to happen, soonest first; what is for the same minute, in the order in which it was noted.
package struct Agenda<Deed: Sendable>: Sendable {
    private var heap: [(at: Instant, number: Int, deed: Deed)] = []
    private var count = 0

    package init() {}

    /// When the first is to happen.
    package var next: Instant? { heap.first?.at }

    /// Notes something for an instant.
    package mutating func note(_ deed: Deed, at: Instant) {
        count += 1
        heap.append((at, count, deed))
        var index = heap.count - 1
        while index > 0, precedes(index, (index - 1) / 2) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes out the first that is to happen through an instant.
    package mutating func take(through instant: Instant) -> Deed? {
        guard let first = heap.first, first.at <= instant else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first.deed }
        heap[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && precedes(child, least) {
                least = child
            }
            if least == index { return first.deed }
            heap.swapAt(index, least)
            index = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].at, heap[left].number) < (heap[right].at, heap[right].number)
    }
}
