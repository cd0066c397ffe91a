import Clinic
import Planning
import StrictJSON

extension RepairProposed: Shaped {
    static let shape = Shape<RepairProposed>(
        RepairProposed.init,
        Field("proposal", \.proposal),
        Field("day", \.day),
        Field("lost", \.lost, Subject.shape(kind: "kind").codec.list),
        Field("courses", \.courses),
        Field("unresolved", \.unresolved),
        Field("best", \.isBest, Bool.json.always))
}

extension RepairProposed.OfCourse: Shaped {
    static let shape = Shape<RepairProposed.OfCourse>(
        { course, patient, isCalled, moves in
            RepairProposed.OfCourse(
                course: course, patient: patient, isCalled: isCalled, moves: moves.map { $0.move(of: course) })
        },
        Field("course", \.course),
        Field("patient", \.patient),
        Field("called", \.isCalled),
        Field("moves", { $0.moves.map(CourselessMove.init) }, CourselessMove.json.list.always))
}

/// A move as it stands in the list of its course.
private struct CourselessMove {
    let visit: VisitID
    let from: Place
    let to: Place?
    let madeUp: Place?
    let rules: [Rule]

    func move(of course: CourseID) -> ScheduleChange.Move {
        ScheduleChange.Move(visit: visit, course: course, from: from, to: to, madeUp: madeUp, rules: rules)
    }
}

extension CourselessMove: Shaped {
    init(_ move: ScheduleChange.Move) {
        self.init(visit: move.visit, from: move.from, to: move.to, madeUp: move.madeUp, rules: move.rules)
    }

    static let shape = Shape<CourselessMove>(
        { CourselessMove(visit: $0, from: $1, to: $2, madeUp: $3, rules: $4) },
        Field("visit", \.visit),
        Field("from", \.from),
        Field("to", \.to),
        Field("madeUp", \.madeUp),
        Field("rules", \.rules))
}
