import Planning

extension CourseDraft {
    /// What is to be done and not done yet, by due day.
    var tasks: [ClinicTask] {
        openTasks(
            of: template, status: status, progress: progress, visits: visits, attempts: attempts,
            context.calendar.facility)
    }

    /// A task is done. Whoever has looked at a course late has done so for every review that was due.
    mutating func finish(_ task: ClinicTask) {
        progress.doneTasks.insert(task.id)
        guard task.kind == .review, let phase = visits[task.visit].flatMap({ template.phase($0.phase) }) else { return }
        let reviews = Reviews(of: phase, template, progress, visits: visits, attempts)
        progress.doneTasks.formUnion(reviews?.due(by: context.today) ?? [])
    }
}

extension ClinicState {
    /// What is to be done for a course and not done yet, by due day.
    package func tasks(of course: Course) -> [ClinicTask] {
        var images: [VisitID: VisitImage] = [:]
        for visit in visits(of: course) { images[visit.id] = visit.image }
        let attempts = VisitAttempts.attempts(of: course.template, course.progress, images)
        let tasks = openTasks(
            of: course.template, status: course.status, progress: course.progress, visits: images, attempts: attempts,
            configuration?.facility ?? Facility())
        return tasks.filter { task in
            switch task.kind {
            case .call: visit(task.visit).map(mayCall) ?? false
            case .findNumber: !isClosed(course.patient)
            case .check, .followUp, .makeUp, .review: true
            }
        }
    }

    /// Whether something is still to be done for a course that is over: somebody to be told, or a form of a visit that
    /// was given.
    package func owesAnything(_ course: Course) -> Bool {
        owesCall(course)
            || visits(of: course).contains { visit in
                visit.isGiven && followUps(of: visit).contains { !course.progress.doneTasks.contains($0.id) }
            }
    }
}

/// What is to be done for a course; of one that is over what is owed for the visits that were given, and calls.
private func openTasks(
    of template: Template, status: CourseStatus, progress: CourseProgress, visits: [VisitID: VisitImage],
    attempts: [VisitAttempts], _ facility: Facility
) -> [ClinicTask] {
    var tasks: [ClinicTask] = []
    for (id, image) in visits {
        guard let type = template.visitType(image.visitType) else { continue }
        if image.isGiven {
            tasks += type.tasks.map {
                ClinicTask(kind: .followUp, visit: id, name: $0.name, due: image.place.day + $0.dueDays)
            }
        }
        if image.needsCall {
            let day = min(image.place.day, image.heard?.time?.day ?? image.place.day)
            tasks.append(ClinicTask(kind: .call, visit: id, name: "call", due: facility.lastOpenDay(before: day)))
        }
    }
    if let task = numberTask(visits) { tasks.append(task) }
    if status.isOpen {
        for phase in template.regimen.phases {
            tasks += checks(of: phase, progress, visits, attempts.filter { $0.phase == phase.name })
            tasks += Reviews(of: phase, template, progress, visits: visits, attempts)?.next.map { [$0] } ?? []
        }
    }
    for attempt in attempts where status == .active {
        guard let image = visits[attempt.current], !image.status.occupies, !image.isForgone else { continue }
        tasks.append(
            ClinicTask(
                kind: .makeUp, visit: attempt.current, name: "makeUp",
                due: image.place.day + facility.planning.makeUpDays)
        )
    }
    return tasks.filter { $0.kind == .call || !progress.doneTasks.contains($0.id) }.sorted {
        ($0.due, $0.id) < ($1.due, $1.id)
    }
}

/// That a patient's number is to be found: the last call of all was to a wrong one.
private func numberTask(_ visits: [VisitID: VisitImage]) -> ClinicTask? {
    let last = visits.compactMap { id, image in
        image.facts.last { $0.kind == .called }.map { (id: id, fact: $0, image: image) }
    }.max { ($0.fact.at.seconds, $1.id.number) < ($1.fact.at.seconds, $0.id.number) }
    guard let last, last.fact.outcome == .wrongNumber else { return nil }
    let place = last.image.place
    let shown = last.fact.at.minute + place.start.day.number * 1440 + place.start.clock - place.minute
    return ClinicTask(
        kind: .findNumber, visit: last.id, name: ClinicTask.number,
        due: Day(number: shown >= 0 ? shown / 1440 : (shown - 1439) / 1440))
}

/// The scores to be taken after a phase's visits that were given. One that was taken on the day of the visit is taken,
/// be it before the infusion.
private func checks(
    of phase: Phase, _ progress: CourseProgress, _ visits: [VisitID: VisitImage], _ own: [VisitAttempts]
) -> [ClinicTask] {
    phase.checks.compactMap { check in
        let index = check.afterVisit - 1 - progress.givenElsewhere(of: phase)
        guard own.indices.contains(index), let image = visits[own[index].current], image.isGiven,
            !progress.hasScore(check.measure, since: image)
        else { return nil }
        return ClinicTask(kind: .check, visit: own[index].current, name: check.measure, due: image.place.day)
    }
}

extension CourseProgress {
    /// How many visits of a phase were given before the course came here.
    func givenElsewhere(of phase: Phase) -> Int { adoptedFrom?.phase == phase.name ? adoptedFrom?.given ?? 0 : 0 }

    /// Whether a score of a measure was taken on a visit's day or later.
    func hasScore(_ measure: String, since visit: VisitImage) -> Bool {
        assessments.contains { $0.measure == measure && $0.at.minute >= visit.place.minute - visit.place.start.clock }
    }
}

extension VisitImage {
    /// Whether the treatment was given, in part or whole.
    var isGiven: Bool { if case .completed = status { true } else { false } }
}

extension Visit {
    /// Whether the treatment was given, in part or whole.
    var isGiven: Bool { if case .completed = status { true } else { false } }
}

extension Facility {
    /// The last day before a day on which the clinic is open by its week; the day before where it never is.
    fileprivate func lastOpenDay(before day: Day) -> Day {
        let days = (1...7).map { day - $0 }
        return days.first { day in
            !hours[day.weekday, default: []].isEmpty
                && !closures.contains { $0.hours == nil && $0.from <= day && day <= $0.through }
        } ?? day - 1
    }
}
