/// A cover as indices: a label of the visit, a person of the staff, elapsed minutes.
struct RepairCover: Hashable {
    let label: Int
    let person: Int
    let interval: Interval
}

/// A day, counted from the calendar's first, and a start in elapsed minutes.
struct RepairTime: Hashable {
    let day: Int
    let start: Int
}

/// Who fills a visit's labels, and who covers, as indices of the staff. A negative number stands for a person whom the
/// clinic no longer has.
struct RepairStaff: Hashable {
    var persons: [Int]
    var covers: [RepairCover]

    static let none = RepairStaff(persons: [], covers: [])
}

/// A place as indices. A negative number stands for a chair that the clinic no longer has, or for none.
struct RepairPlace: Hashable {
    let time: RepairTime
    var chair: Int
    var staff: RepairStaff

    init(_ time: RepairTime, chair: Int, _ staff: RepairStaff) {
        self.time = time
        self.chair = chair
        self.staff = staff
    }

    var day: Int { time.day }
    var start: Int { time.start }

    /// The place with others who attend.
    func attended(by staff: RepairStaff) -> RepairPlace { RepairPlace(time, chair: chair, staff) }
}
