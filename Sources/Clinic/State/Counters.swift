package import Planning

/// Marks ids of templates.
package enum TemplateKind {}
/// Marks ids of stretches of time off.
package enum AbsenceKind {}
/// Marks ids of chairs' outages.
package enum OutageKind {}
/// Marks ids of closures made while the clinic runs.
package enum ClosureKind {}
/// Marks ids of extra openings made while the clinic runs.
package enum OpeningKind {}

/// A template's id, `r3`.
package typealias TemplateID = Identifier<TemplateKind>
/// A time off's id, `t5`.
package typealias AbsenceID = Identifier<AbsenceKind>
/// A chair outage's id, `o2`.
package typealias OutageID = Identifier<OutageKind>
/// A closure's id, `k1`.
package typealias ClosureID = Identifier<ClosureKind>
/// An extra opening's id, `x1`.
package typealias OpeningID = Identifier<OpeningKind>

/// The last number given to each kind of thing that the clinic names itself. Ids are never given twice.
package struct Counters: Hashable, Sendable {
    package var patient = 0
    package var course = 0
    package var visit = 0
    package var template = 0
    /// Stretches of time off, `t5`.
    package var absence = 0
    /// Outages of chairs, `o2`.
    package var outage = 0
    package var closure = 0
    package var opening = 0
    /// Entries of the waiting list, `w3`.
    package var waiting = 0
    package var offer = 0
    package var shift = 0

    /// Nothing was named yet.
    package init() {}

    mutating func nextPatient() -> PatientID {
        patient += 1
        return PatientID("p\(patient)")
    }

    mutating func nextCourse() -> CourseID {
        course += 1
        return CourseID("c\(course)")
    }

    mutating func nextVisit() -> VisitID {
        visit += 1
        return VisitID("v\(visit)")
    }

    mutating func nextTemplate() -> TemplateID {
        template += 1
        return TemplateID("r\(template)")
    }

    mutating func nextAbsence() -> AbsenceID {
        absence += 1
        return AbsenceID("t\(absence)")
    }

    mutating func nextOutage() -> OutageID {
        outage += 1
        return OutageID("o\(outage)")
    }

    mutating func nextClosure() -> ClosureID {
        closure += 1
        return ClosureID("k\(closure)")
    }

    mutating func nextShift() -> ShiftID {
        shift += 1
        return ShiftID("s\(shift)")
    }

    mutating func nextOpening() -> OpeningID {
        opening += 1
        return OpeningID("x\(opening)")
    }

    mutating func nextWaiting() -> WaitingID {
        waiting += 1
        return WaitingID("w\(waiting)")
    }

    mutating func nextOffer() -> OfferID {
        offer += 1
        return OfferID("f\(offer)")
    }
}

extension Identifier {
    /// The number in an id that the clinic gave; 0 for any other id.
    package var number: Int { Int(text.dropFirst()) ?? 0 }
}
