/// What no answer can better.
struct BatchBounds {
    /// Courses that are left without a place in every answer, beside those that find none alone.
    let unplaced: Int
    /// The least that each course costs, ascending.
    private let costs: [Int]

    /// Each course alone on the calendar.
    init(_ courses: [BatchCourse]) {
        unplaced = 0
        costs = courses.map(\.aloneCost).sorted()
    }

    /// The least that an answer costs which leaves so many courses without a place: the dearest ones.
    func cost(leaving unplaced: Int) -> Int { costs.dropLast(unplaced).reduce(0, +) }
}
