import HashTreeCollections
package import Planning

extension ClinicState {
    /// A patient, by id.
    package func patient(_ id: PatientID) -> Patient? { patients[id] }

    /// A course, by id.
    package func course(_ id: CourseID) -> Course? { courses[id] }

    /// A visit, by id.
    package func visit(_ id: VisitID) -> Visit? { visits[id] }

    /// A template, by id.
    package func template(_ id: TemplateID) -> Template? { templates[id] }

    /// A patient's courses that the state holds, in the order in which they were booked.
    package func courses(of patient: PatientID) -> [Course] {
        coursesByPatient[patient, default: []].compactMap { courses[$0] }
    }

    /// A course's visits that the state holds, in the order of their numbers.
    package func visits(of course: Course) -> [Visit] { course.visits.compactMap { visits[$0] } }

    /// A day's visits, whatever their status, ascending by start.
    package func visits(on day: Day) -> [Visit] { visitsByDay[day, default: []].compactMap { visits[$0] } }

    /// The days that have visits, ascending.
    package var daysWithVisits: [Day] { visitsByDay.keys.sorted() }

    /// How many visits the state holds.
    package var visitCount: Int { visits.count }

    /// How many patients there are.
    package var patientCount: Int { patients.count }

    /// All patients, in the order in which they became known.
    package var allPatients: [PatientID] { patients.keys.sorted { $0.number < $1.number } }

    /// All courses that the state holds, in the order in which they were booked.
    package var allCourses: [Course] { courses.values.sorted { $0.id.number < $1.id.number } }

    /// All absences, in the order in which they became known.
    package var allAbsences: [Absence] { absences.values.sorted { $0.id.number < $1.id.number } }

    /// All outages, in the order in which they became known.
    package var allOutages: [ChairOutage] { outages.values.sorted { $0.id.number < $1.id.number } }

    /// All closures added by command, in the order in which they became known.
    package var allClosures: [DatedClosure] { closures.values.sorted { $0.id.number < $1.id.number } }

    /// All extra openings added by command, in the order in which they became known.
    package var allOpenings: [DatedOpening] { openings.values.sorted { $0.id.number < $1.id.number } }

    /// All extra shifts, in the order in which they became known.
    package var allShifts: [DatedShift] { shifts.values.sorted { $0.id.number < $1.id.number } }
}

extension ClinicState {
    /// In which courses, visits and other parts a state differs from this one, each named; empty where they are the
    /// same.
    package func differences(from other: ClinicState) -> [String] {
        if self == other { return [] }
        var found: [String] = []
        for id in Set(courses.keys).union(other.courses.keys).sorted(by: { $0.number < $1.number })
        where courses[id] != other.courses[id] { found.append("course \(id)") }
        for id in Set(visits.keys).union(other.visits.keys).sorted(by: { $0.number < $1.number })
        where visits[id] != other.visits[id] { found.append("visit \(id)") }
        let parts: [(String, Bool)] = [
            ("the configuration", configuration == other.configuration && retired == other.retired),
            ("the patients", patients == other.patients && coursesByPatient == other.coursesByPatient),
            ("the visits that were given away", givenAway == other.givenAway),
            ("the regimens", templates == other.templates && latestTemplates == other.latestTemplates),
            ("the order of the days", visitsByDay == other.visitsByDay),
            (
                "what is closed or away",
                absences == other.absences && outages == other.outages && closures == other.closures
                    && openings == other.openings && shifts == other.shifts
            ),
            ("the waiting list", waiting == other.waiting && offers == other.offers),
            ("the last numbers", counters == other.counters && lastEvent == other.lastEvent),
            ("what was told last", lastInstant == other.lastInstant && alertedThrough == other.alertedThrough),
        ]
        return found + parts.filter { !$0.1 }.map(\.0)
    }
}
