/// How good a repair is: compared part by part, in this order, less is better (docs/contract/planning.md section 7).
package struct RepairScore: Hashable, Comparable, Sendable {
    /// Broken visits left without a place, and visits in progress that nobody can take over.
    package var unplaced: Int
    /// Visits whose patients know the time that lose their day or start.
    package var told: Int
    /// Other visits that lose their day or start.
    package var others: Int
    /// What the changed courses cost (section 4, and section 6 for told visits), each measured against the calendar as
    /// it stood before the repair, without its own visits.
    package var cost: Int
    /// Visits changed in any way: of equal repairs the one that touches less.
    package var changed: Int

    /// A score of the given parts.
    package init(unplaced: Int = 0, told: Int = 0, others: Int = 0, cost: Int = 0, changed: Int = 0) {
        self.unplaced = unplaced
        self.told = told
        self.others = others
        self.cost = cost
        self.changed = changed
    }

    package static func < (left: RepairScore, right: RepairScore) -> Bool {
        (left.unplaced, left.told, left.others, left.cost, left.changed)
            < (right.unplaced, right.told, right.others, right.cost, right.changed)
    }
}

/// How far it is proven that no repair is better, part by part in the order of docs/contract/planning.md section 7. The
/// raw value is its name everywhere.
package enum RepairProof: String, CaseIterable, Hashable, Sendable {
    case nothing
    /// No repair leaves fewer visits without a place.
    case unplaced
    /// Nor, where as many have a place, fewer told visits at another day or time.
    case calls
    case moves
    /// Nor is any cheaper.
    case best
}

/// A set of changes after which the hard rules hold, to be reviewed and applied as a whole.
package struct RepairPlan: Hashable, Sendable {
    /// A change of the place of one visit.
    package struct Change: Hashable, Sendable {
        package var visit: VisitID
        package var course: CourseID
        package var patient: PatientID
        /// Whether the patient knows the time.
        package var told: Bool
        package var before: Placement
        /// Where it goes; nil where no place was found.
        package var after: Placement?
        /// For a visit left without a place, the days it could have had and what closes each.
        package var closed: [DayClosing]

        /// A visit's way from one place to another, or to none.
        package init(
            visit: VisitID, course: CourseID, patient: PatientID, told: Bool, before: Placement, after: Placement?,
            closed: [DayClosing] = []
        ) {
            self.visit = visit
            self.course = course
            self.patient = patient
            self.told = told
            self.before = before
            self.after = after
            self.closed = closed
        }

        /// Whether the day or the start is another, or none.
        package var changesTime: Bool { after.map { $0.day != before.day || $0.start != before.start } ?? true }

        /// Whether the patient is to be called.
        package var needsCall: Bool { told && changesTime }
    }

    /// The changes, in the order of the courses and their visits.
    package var changes: [Change]
    /// Visits in progress that stay broken, and the rules they break.
    package var unresolved: [BrokenVisit]
    /// How good it is.
    package var score: RepairScore
    /// How far it is proven that no repair is better.
    package var proof: RepairProof
    /// Whether no repair is better.
    package var isBest: Bool { proof == .best }
    /// The size of the search in steps.
    package var steps: Int

    /// A set of changes with what it comes to.
    package init(
        changes: [Change], unresolved: [BrokenVisit], score: RepairScore, proof: RepairProof, steps: Int
    ) {
        self.changes = changes
        self.unresolved = unresolved
        self.score = score
        self.proof = proof
        self.steps = steps
    }

    /// The patients to be called, each once, in the order of the changes.
    package var calls: [PatientID] {
        var seen: Set<PatientID> = []
        return changes.filter(\.needsCall).map(\.patient).filter { seen.insert($0).inserted }
    }
}
