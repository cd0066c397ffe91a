package import Planning

/// One hard rule: whether a visit keeps it, and what is to be said where it does not.
package struct RuleCheck: Sendable {
    package let rule: Rule
    /// Whether a visit keeps it.
    package let keeps: @Sendable (CheckedVisit) -> Bool
    /// The finding with its numbers, for a visit that breaks it.
    package let finding: @Sendable (CheckedVisit) -> String
}

/// Every hard rule that a single visit can break, in the order of the table of docs/contract/planning.md section 3. The
/// last rule of the table, `authorisation`, is asked of all confirmed visits of a course at once: see `unauthorised`.
package let ruleChecks: [RuleCheck] = [
    RuleCheck(rule: .openingHours, keeps: keepsOpeningHours) { "\(clock($0)) is not within one opening interval" },
    RuleCheck(rule: .chairInService, keeps: keepsChairInService) { "\(chair($0)) is out of service during its hold" },
    RuleCheck(rule: .chairFree, keeps: keepsChairFree) { "\(chair($0)) is held by another visit" },
    RuleCheck(rule: .chairFeatures, keeps: keepsChairFeatures) { "\(chair($0)) lacks \(missingFeatures(of: $0))" },
    RuleCheck(rule: .attendantOnDuty, keeps: keepsAttendantOnDuty) {
        "off duty without cover, or without the presence asked for, among \(persons($0))"
    },
    RuleCheck(rule: .attendantCapacity, keeps: keepsAttendantCapacity) {
        "loads above capacity on one of \(persons($0))"
    },
    RuleCheck(rule: .attendantQualified, keeps: keepsAttendantQualified) {
        "a role or valid credential is missing among \(persons($0))"
    },
    RuleCheck(rule: .gap, keeps: keepsGap, finding: gapFinding),
    RuleCheck(rule: .phaseWindow, keeps: keepsPhaseWindow) {
        "\($0.placement.day - ($0.phaseFirst ?? $0.placement.day)) days since the phase's first visit "
            + "(at most \($0.step?.phase.withinDays ?? 0))"
    },
    RuleCheck(rule: .patientAvailable, keeps: keepsPatientAvailable) { "the patient cannot come at \(clock($0))" },
    RuleCheck(rule: .oneVisitADay, keeps: keepsOneVisitADay) { "another visit of the patient on \($0.placement.day)" },
    RuleCheck(rule: .leadTime, keeps: keepsLeadTime) {
        "starts \(($0.earliestInstant ?? 0) - instant($0)) minutes too soon after now"
    },
    RuleCheck(rule: .courseEnd, keeps: keepsCourseEnd) {
        "\($0.placement.day) is after the course's end"
    },
]

/// All its stages lie in one opening interval of one day; where the rule is left out, within the day.
func keepsOpeningHours(_ visit: CheckedVisit) -> Bool {
    visit.clinicDay.openings.hold(visit.visitInterval)
}

/// Its chair is in service for the whole hold.
func keepsChairInService(_ visit: CheckedVisit) -> Bool {
    guard let chair = visit.clinicDay.chair(visit.placement.chair) else { return false }
    return !chair.outages.contains { $0.overlaps(visit.holdInterval) }
}

/// The chair has every feature that the visit type and the course ask of it.
func keepsChairFeatures(_ visit: CheckedVisit) -> Bool {
    guard let chair = visit.clinicDay.chair(visit.placement.chair) else { return false }
    return chair.chair.features.isSuperset(of: neededFeatures(of: visit))
}

/// What a visit type asks of its chair, and what the course asks beside it: where no chair has both, the course asks
/// nothing of this visit, if some other visit of its regimen can be served.
private func neededFeatures(of visit: CheckedVisit) -> Set<String> {
    let own = visit.visitType.chairFeatures
    guard let request = visit.request, !request.wish.features.isEmpty else { return own }
    func canBeServed(_ features: Set<String>) -> Bool {
        visit.clinicDay.chairs.contains { $0.chair.features.isSuperset(of: features.union(request.wish.features)) }
    }
    if canBeServed(own) { return own.union(request.wish.features) }
    let others = request.regimen.phases.compactMap { phase in request.visitTypes.first { $0.id == phase.visit } }
    return others.contains { canBeServed($0.chairFeatures) } ? own : own.union(request.wish.features)
}

/// No other hold on that chair overlaps its hold.
func keepsChairFree(_ visit: CheckedVisit) -> Bool {
    guard let chair = visit.clinicDay.chair(visit.placement.chair) else { return false }
    return !chair.holds.contains { $0.overlaps(visit.holdInterval) }
}

/// Each person, covers too, has the label's role, and every required credential is valid on that day.
func keepsAttendantQualified(_ visit: CheckedVisit) -> Bool {
    let labels = visit.visitType.filledLabels
    func isQualified(_ id: PersonID, _ label: Attendant?) -> Bool {
        guard let label, let person = visit.clinicDay.person(id) else { return false }
        return qualifies(person.person, for: label, on: visit.placement.day)
    }
    return visit.fillers.allSatisfy { isQualified($0.person, $0.label) }
        && visit.placement.covers.allSatisfy { cover in
            isQualified(cover.person, labels.first { $0.label == cover.label })
        }
}

/// Each person is on duty during every stage that names the label, or covered in a `handover` stage by one other person
/// who is on duty. Each is on duty at the first moment of the first such stage. Each `presence` is filled at every
/// moment.
func keepsAttendantOnDuty(_ visit: CheckedVisit) -> Bool {
    keepsLabelsOnDuty(visit) && keepsPresence(visit)
}

/// The part of `attendant-on-duty` that concerns persons and their covers.
func keepsLabelsOnDuty(_ visit: CheckedVisit) -> Bool {
    visit.fillers.allSatisfy { label, id in
        guard let person = visit.clinicDay.person(id) else { return false }
        let stages = visit.stages(naming: label.label)
        guard startsOnDuty(person, at: stages.first?.interval.from, visit) else { return false }
        return stages.allSatisfy { stage, interval, _ in
            let absences = visit.absences(of: person, within: interval)
            guard stage.handover || visit.hasBegun else { return absences.isEmpty }
            return absences.subtracting(carried(label, of: id, visit)).isEmpty
        }
    }
}

/// When somebody on duty carries a label for its own person. A stored cover may be longer than the absence has become.
private func carried(_ label: Attendant, of id: PersonID, _ visit: CheckedVisit) -> [Interval] {
    visit.placement.covers.filter { cover in
        cover.label == label.label && cover.person != id
            && visit.clinicDay.person(cover.person)?.onDuty.hold(cover.interval) == true
    }.map(\.interval)
}

/// Whether a person is on duty at the first moment of the first stage that names their label.
func startsOnDuty(_ person: ClinicDay.PersonDay, at minute: Int?, _ visit: CheckedVisit) -> Bool {
    guard let minute, visit.without != .attendantOnDuty else { return true }
    return person.onDuty.contains { $0.contains(minute) }
}

/// At every moment of the stages that name a `presence` label, someone on duty has the role and the credentials.
func keepsPresence(_ visit: CheckedVisit) -> Bool {
    visit.visitType.attendants.filter(\.presence).allSatisfy { label in
        let present = visit.clinicDay.staff.filter { qualifies($0.person, for: label, on: visit.placement.day) }
            .flatMap(\.onDuty)
        return visit.stages(naming: label.label).allSatisfy { [$0.interval].subtracting(present).isEmpty }
    }
}

/// At every moment of the stages that name the label, the loads on the person who carries it, this visit's included,
/// add up to at most `capacityPercent`.
func keepsAttendantCapacity(_ visit: CheckedVisit) -> Bool {
    let covers = visit.placement.covers
    let filled = visit.fillers.allSatisfy { label, id in
        guard let person = visit.clinicDay.person(id) else { return false }
        return visit.stages(naming: label.label).allSatisfy { _, interval, _ in
            [interval].subtracting(visit.absences(of: person, within: interval)).allSatisfy { carried in
                visit.peak(on: person, within: carried, covers: covers) <= person.person.capacityPercent
            }
        }
    }
    return filled
        && covers.allSatisfy { cover in
            guard let person = visit.clinicDay.person(cover.person) else { return false }
            return visit.peak(on: person, within: cover.interval, covers: covers) <= person.person.capacityPercent
        }
}

/// Days since the course's previous visit lie in the allowed gap; first visit: in its start window.
func keepsGap(_ visit: CheckedVisit) -> Bool {
    guard let request = visit.request, let step = visit.step else { return true }
    let gap = visit.placement.day - (visit.previous ?? request.wish.earliest)
    let asked = step.gap(on: visit.placement.day)
    return asked.minimum <= gap && gap <= asked.maximum
}

/// The visit's day is at most `withinDays` after the first visit of its phase.
func keepsPhaseWindow(_ visit: CheckedVisit) -> Bool {
    guard let within = visit.step?.phase.withinDays, let first = visit.phaseFirst else { return true }
    return visit.placement.day - first <= within
}

/// [start, end) lies in the patient's availability, if any is given, and on no blackout day.
func keepsPatientAvailable(_ visit: CheckedVisit) -> Bool {
    guard let request = visit.request else { return true }
    if request.wish.blackoutDays.contains(visit.placement.day) { return false }
    return request.wish.availability.isEmpty
        || windowIntervals(request.wish.availability, on: visit.clinicDay.calendar).hold(visit.visitInterval)
}

/// The patient has no other visit that day, in any course.
func keepsOneVisitADay(_ visit: CheckedVisit) -> Bool {
    !visit.clinicDay.patients.contains(visit.patient)
}

/// Its start is at least `leadTimeMinutes` after now, or no earlier than now where that was set aside.
func keepsLeadTime(_ visit: CheckedVisit) -> Bool {
    visit.earliestInstant.map { instant(visit) >= $0 } ?? true
}

/// It is not after the course's end day, if one is set.
func keepsCourseEnd(_ visit: CheckedVisit) -> Bool {
    visit.request?.wish.endDay.map { visit.placement.day <= $0 } ?? true
}

/// The windows of a day's weekday in its elapsed minutes, merged.
func windowIntervals(_ windows: [WeekWindow], on calendar: DayCalendar) -> [Interval] {
    windows.filter { $0.days.contains(calendar.day.weekday) }
        .compactMap { calendar.interval(ofClock: $0.hours) }.merged()
}

private func instant(_ visit: CheckedVisit) -> Int { visit.clinicDay.calendar.firstMinute + visit.placement.start }

private func chair(_ visit: CheckedVisit) -> String { visit.placement.chair.text }

private func persons(_ visit: CheckedVisit) -> String {
    (visit.placement.persons + visit.placement.covers.map(\.person)).map(\.text).joined(separator: ", ")
}

private func missingFeatures(of visit: CheckedVisit) -> String {
    let features = visit.clinicDay.chair(visit.placement.chair)?.chair.features ?? []
    return neededFeatures(of: visit).subtracting(features).sorted().joined(separator: ", ")
}

private func clock(_ visit: CheckedVisit) -> String {
    let minute = visit.clinicDay.calendar.clock(at: visit.placement.start)
    return "\(visit.placement.day)T\(padded(minute / 60, 2)):\(padded(minute % 60, 2))"
}

private func gapFinding(_ visit: CheckedVisit) -> String {
    guard let request = visit.request, let step = visit.step else { return "gap not known" }
    let gap = visit.placement.day - (visit.previous ?? request.wish.earliest)
    let since = visit.previous == nil ? "the earliest day" : "the previous visit"
    let asked = step.gap(on: visit.placement.day)
    return "\(gap) days since \(since) (\(asked.minimum) to \(asked.maximum))"
}
