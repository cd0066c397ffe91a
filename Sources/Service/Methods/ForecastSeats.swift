internal import Synchronization

/// How many forecasts may go on at a time.
final class ForecastSeats: Sendable {
    private static let countMaximum = 2
    private let taken = Mutex(0)

    /// Takes a seat; false where there is none.
    func take() -> Bool {
        taken.withLock { taken in
            guard taken < Self.countMaximum else { return false }
            taken += 1
            return true
        }
    }

    /// Gives a seat back that was taken.
    func leave() { taken.withLock { $0 -= 1 } }
}
