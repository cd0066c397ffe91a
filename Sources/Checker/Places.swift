package import Planning

/// Who fills the labels of a visit, and who covers.
package struct Filling: Hashable, Sendable {
    /// One person a label, in the order of `VisitType.filledLabels`.
    package let persons: [PersonID]
    /// The covers that the persons' absences ask for.
    package let covers: [Cover]
}

/// The places that one visit could have on one day, by trying them all: every start, chair and choice of persons.
///
/// Rules on days (gap, phase window, one visit a day, course end) are left to whoever asks; `opens` asks the last two.
package struct Places: Sendable {
    private let setting: Setting
    private let template: CheckedVisit
    package let clinicDay: ClinicDay

    /// The places of a visit type for a course on a day; a rule may be left out, and the step says for which visit.
    package init(
        of visitType: VisitType, for request: CourseRequest, on clinicDay: ClinicDay, in setting: Setting,
        step: CheckedStep? = nil, without: Rule? = nil
    ) {
        self.setting = setting
        self.clinicDay = clinicDay
        self.template = CheckedVisit(
            patient: request.patient, visitType: visitType,
            placement: Placement(day: clinicDay.calendar.day, start: 0, chair: "", persons: []),
            clinicDay: clinicDay, earliestInstant: setting.earliestStart(of: step, request),
            request: request, without: without)
    }

    private func holds(_ rule: Rule, _ visit: CheckedVisit, _ keeps: (CheckedVisit) -> Bool) -> Bool {
        visit.without == rule || keeps(visit)
    }

    /// The starts that the clinic, the patient and the lead time allow, ascending elapsed minutes.
    package func starts() -> [Int] {
        var visit = template
        return clinicDay.starts.filter { start in
            visit.placement.start = start
            return visit.visitInterval.until <= clinicDay.calendar.length
                && holds(.openingHours, visit, keepsOpeningHours)
                && holds(.patientAvailable, visit, keepsPatientAvailable) && holds(.leadTime, visit, keepsLeadTime)
        }
    }

    /// The chairs that may be held at a start, in configured order.
    package func chairs(at start: Int) -> [ChairID] {
        var visit = template
        visit.placement.start = start
        return clinicDay.chairs.map(\.chair.id).filter { chair in
            visit.placement.chair = chair
            return holds(.chairInService, visit, keepsChairInService)
                && holds(.chairFree, visit, keepsChairFree) && holds(.chairFeatures, visit, keepsChairFeatures)
        }
    }

    /// Every choice of persons that a start allows, with its covers, in configured order label by label.
    package func fillings(at start: Int) -> [Filling] {
        var visit = template
        visit.placement.start = start
        guard holds(.attendantOnDuty, visit, keepsPresence) else { return [] }
        var found: [Filling] = []
        extend(&visit, &found)
        return found
    }

    private func extend(_ visit: inout CheckedVisit, _ found: inout [Filling]) {
        let labels = visit.visitType.filledLabels
        let filled = visit.placement.persons.count
        guard filled < labels.count else {
            if let covers = coversIfAllowed(&visit) {
                found.append(Filling(persons: visit.placement.persons, covers: covers))
            }
            return
        }
        for person in clinicDay.staff where isFit(person, for: labels[filled], visit) {
            visit.placement.persons.append(person.person.id)
            extend(&visit, &found)
            visit.placement.persons.removeLast()
        }
    }

    /// Whether a person is qualified for a label and on duty when it is first named.
    private func isFit(_ person: ClinicDay.PersonDay, for label: Attendant, _ visit: CheckedVisit) -> Bool {
        (visit.without == .attendantQualified || qualifies(person.person, for: label, on: visit.placement.day))
            && startsOnDuty(person, at: visit.stages(naming: label.label).first?.interval.from, visit)
    }

    private func coversIfAllowed(_ visit: inout CheckedVisit) -> [Cover]? {
        guard let covers = visit.determinedCovers() else { return nil }
        visit.placement.covers = covers
        defer { visit.placement.covers = [] }
        return holds(.attendantCapacity, visit, keepsAttendantCapacity) ? covers : nil
    }

    /// Whether the day has any place: the rules of the place, and the patient's other visits and the course's end.
    package func opens() -> Bool {
        guard holds(.oneVisitADay, template, keepsOneVisitADay), holds(.courseEnd, template, keepsCourseEnd) else {
            return false
        }
        return starts().contains { !chairs(at: $0).isEmpty && !fillings(at: $0).isEmpty }
    }
}
