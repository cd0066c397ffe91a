/// Families of made-up problems for measuring and comparing planners (Tests/Instances/FORMAT.md).
package enum InstanceFamily: String, CaseIterable, Hashable, Sendable {
    /// Three short courses, one nurse: every answer can be tried.
    case tiny
    /// Sixteen courses for two nurses.
    case small
    /// A hundred and twenty courses for six nurses, in a new clinic.
    case medium
    /// Five hundred courses in a hospital's infusion centre.
    case hospital
    /// More courses than fit: some stay without a place.
    case tight
    /// Small, and some courses can have no place even alone.
    case infeasible
    /// Everything that problem files can say, at once.
    case mixed
}

/// A made-up problem of a family, in mode batch. The same family and seed give the same problem on every machine; its
/// time zone is UTC, so that it depends on no tzdata.
///
/// - Parameter courses: how many courses, instead of as many as the family has.
package func generate(family: InstanceFamily, seed: UInt64, courses: Int? = nil) -> Problem {
    var shape = InstanceShape(family)
    if let courses { shape.courses = courses }
    var maker = InstanceMaker(shape: shape, seed: seed)
    return maker.problem()
}

/// How large the problems of a family are, and how often what occurs in them.
struct InstanceShape {
    var chairs = 3
    var nurses = 2
    var providers = 1
    var therapists = 0
    var courses = 10
    /// Courses begin within so many days of each other.
    var spreadDays = 10
    var startWithinDays = 7...14
    var startEveryMinutes = 15
    /// The regimens, drawn with equal chance.
    var regimens: [RegimenID] = ["iv-3x2", "iv-2x3"]
    /// Whether nurses take breaks, which others watch over.
    var hasBreaks = true
    var partTimers = 0
    var trainees = 0
    var absences = 0
    var outages = 0
    var closures = 0
    var bookings = 0
    var withAvailability = 30
    var withPreferred = 50
    var withUsual = 40
    var withPreferredPerson = 30
    var withFeatures = 10
    var withBlackout = 10
    var withEndDay = 0
    var ofSamePatient = 0
    var impossible = 0

    init(_ family: InstanceFamily) {
        switch family {
        case .tiny: self = .tiny
        case .small:
            courses = 16
            absences = 1
        case .medium: self = .medium
        case .hospital: self = .hospital
        case .tight: self = .tight
        case .infeasible:
            courses = 8
            impossible = 40
            closures = 1
        case .mixed: self = .mixed
        }
    }

    private init() {}

    private static var tiny: InstanceShape {
        var shape = InstanceShape()
        (shape.chairs, shape.nurses, shape.courses, shape.spreadDays) = (1, 1, 3, 2)
        (shape.startEveryMinutes, shape.startWithinDays, shape.hasBreaks) = (60, 1...3, false)
        (shape.regimens, shape.withFeatures) = (["short"], 0)
        return shape
    }

    private static var medium: InstanceShape {
        var shape = InstanceShape()
        (shape.chairs, shape.nurses, shape.providers, shape.courses, shape.spreadDays) = (10, 6, 2, 120, 14)
        (shape.partTimers, shape.absences, shape.outages) = (2, 6, 2)
        shape.regimens = ["iv-3x2", "iv-2x3", "esketamine"]
        return shape
    }

    private static var hospital: InstanceShape {
        var shape = InstanceShape()
        (shape.chairs, shape.nurses, shape.providers, shape.courses, shape.spreadDays) = (200, 140, 10, 500, 56)
        (shape.partTimers, shape.absences, shape.outages, shape.trainees) = (40, 120, 30, 10)
        shape.regimens = ["iv-3x2", "iv-2x3", "esketamine", "pain-5d"]
        shape.bookings = 600
        return shape
    }

    private static var tight: InstanceShape {
        var shape = InstanceShape()
        (shape.chairs, shape.nurses, shape.courses, shape.spreadDays) = (2, 1, 24, 7)
        shape.regimens = ["iv-3x2", "iv-2x3", "pain-5d"]
        (shape.withAvailability, shape.absences) = (60, 1)
        shape.startWithinDays = 3...10
        return shape
    }

    private static var mixed: InstanceShape {
        var shape = InstanceShape()
        (shape.chairs, shape.nurses, shape.providers, shape.therapists, shape.courses) = (6, 4, 2, 2, 24)
        (shape.partTimers, shape.trainees, shape.absences, shape.outages, shape.closures) = (1, 1, 4, 2, 2)
        (shape.bookings, shape.withEndDay, shape.ofSamePatient, shape.impossible) = (40, 10, 10, 4)
        shape.regimens = ["iv-3x2", "iv-2x3", "esketamine", "pain-5d", "psychotherapy", "booster"]
        return shape
    }
}
