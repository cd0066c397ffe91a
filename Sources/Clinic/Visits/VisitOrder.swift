package import Planning

/// Something to be done with one visit; each with a reason (docs/contract/planning.md section 6).
package enum VisitOrder: Hashable, Sendable {
    /// The patient agrees to its time.
    case confirm
    /// No plan may move it, or any may again.
    case pin(Bool)
    /// It is called off; how late is measured in business hours.
    case cancel(isMadeUp: Bool, from: MakeUpStart = .later)
    /// The patient did not come.
    case noShow(isMadeUp: Bool, from: MakeUpStart = .later)
    /// The patient came and was not treated.
    case notTreated(VisitStatus.NotTreatedReason, isMadeUp: Bool, from: MakeUpStart = .later)
    /// It is left out of the course for good.
    case omit
    /// It goes to the best place that there is with what is named; later visits keep theirs.
    case move(PlaceWish)
    /// What is named of its place changes, and nothing else: the day (`from`), the time, the chair, persons.
    case place(PlaceWish)
    /// It takes place on a day or later; later visits keep their dates, or follow.
    case postpone(until: Day, later: Later)
    /// A policy rule is set aside for it; its next move may break the rule.
    case override(Rule)

    /// From when on a lost visit is made up: on a later day, on its own day too, or whenever its gap allows it.
    package enum MakeUpStart: String, CaseIterable, Hashable, Sendable { case later, sameDay, earlier }

    /// What becomes of later visits.
    package enum Later: String, CaseIterable, Hashable, Sendable { case keep, shift }
}
