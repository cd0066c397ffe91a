import HashTreeCollections
import Planning

/// What of an export file cannot stand here, beside places that are taken.
struct ImportCheck {
    private(set) var problems: [ImportProblem] = []
    private let chairs: Set<ChairID>
    private let staff: Set<PersonID>

    init(_ export: ClinicExport, _ facility: Facility, _ state: ClinicState, _ now: Instant) {
        chairs = Set((facility.chairs + state.retired.chairs).map(\.id))
        staff = Set((facility.staff + state.retired.staff).map(\.id))
        let own = export.configuration.facility
        if own.timeZone != facility.timeZone {
            add(0, "the file's time zone is \(own.timeZone), this clinic's is \(facility.timeZone)")
        }
        if facility.gridMinutes % own.gridMinutes != 0 && own.gridMinutes % facility.gridMinutes != 0 {
            add(0, "the file's grid is \(own.gridMinutes) minutes, this clinic's is \(facility.gridMinutes)")
        }
        for absence in export.absences where !staff.contains(absence.timeOff.person) {
            add(0, "nobody of the staff here is \(absence.timeOff.person), who has time off \(absence.id)")
        }
        for dated in export.shifts where !staff.contains(dated.shift.person) {
            add(0, "nobody of the staff here is \(dated.shift.person), who has extra shift \(dated.id)")
        }
        for outage in export.outages where !chairs.contains(outage.outage.chair) {
            add(0, "there is no chair \(outage.outage.chair) here, which has outage \(outage.id)")
        }
        check(export)
        checkStandings(export)
        checkReach(export, now)
    }

    /// An entry that has become another one's has nothing of its own, and nobody who comes no more has an open course.
    private mutating func checkStandings(_ export: ClinicExport) {
        let patients = Dictionary(export.patients.map { ($0.id, $0) }) { first, _ in first }
        for patient in export.patients {
            guard case .merged(let other) = patient.standing else { continue }
            switch patients[other]?.standing {
            case .open?, .closed?: break
            case .merged?: add(patient.line, "\(patient.id) has become \(other)'s, who is another one's too")
            case nil: add(patient.line, "\(patient.id) has become \(other)'s, who is not in the file")
            }
        }
        for course in export.courses {
            switch patients[course.patient]?.standing {
            case .merged?: add(course.line, "course \(course.id) is of \(course.patient), who is another one's")
            case .closed? where course.image.status.isOpen:
                add(course.line, "course \(course.id) is open, and its patient \(course.patient) comes no more")
            case .open?, .closed?, nil: break
            }
        }
        for visit in export.visits {
            for former in visit.image.formerPatients where patients[former.patient] == nil {
                add(visit.line, "visit \(visit.id) was \(former.patient)'s, who is not in the file")
            }
        }
    }

    /// Calendars are derived day by day, at every start through the last visit: a slip of the year must not derive
    /// centuries.
    private mutating func checkReach(_ export: ClinicExport, _ now: Instant) {
        let last = Day(number: now.minute / 1440) + 5 * 366
        for visit in export.visits where visit.image.place.day > last {
            add(visit.line, "visit \(visit.id) is on \(visit.image.place.day), more than five years from now")
        }
    }

    private mutating func add(_ line: Int, _ message: String) {
        problems.append(ImportProblem(line: line, message: message))
    }

    private mutating func check(_ export: ClinicExport) {
        let templates = Dictionary(export.templates.map { ($0.id, $0) }) { first, _ in first }
        let courses = Dictionary(export.courses.map { ($0.id, $0) }) { first, _ in first }
        let visits = Set(export.visits.map(\.id))
        for course in export.courses {
            if let person = course.image.wish.preferredPerson, !staff.contains(person) {
                add(course.line, "nobody of the staff here is \(person), whom course \(course.id) prefers")
            }
            for done in course.image.progress.prerequisites {
                guard let visit = done.visit, !visits.contains(visit) else { continue }
                add(course.line, "\(done.name) was done for visit \(visit), which is not in the file")
            }
        }
        var turns: [CourseID: [Int: VisitID]] = [:]
        for visit in export.visits {
            guard let course = courses[visit.course], let template = templates[course.image.template] else { continue }
            check(visit, of: template)
            guard visit.image.status.occupies else { continue }
            if let other = turns[course.id, default: [:]].updateValue(visit.id, forKey: visit.image.number) {
                add(visit.line, "turn \(visit.image.number) of course \(course.id) is visit \(other)'s too")
            }
        }
    }

    private mutating func check(_ visit: ListedVisit, of template: Template) {
        let (image, place) = (visit.image, visit.image.place)
        if !chairs.contains(place.chair) { add(visit.line, "there is no chair \(place.chair) here") }
        for person in Set(place.persons + place.handovers.map(\.person)).sorted() where !staff.contains(person) {
            add(visit.line, "nobody of the staff here is \(person)")
        }
        if image.status.occupies, template.phase(image.phase) == nil {
            add(visit.line, "regimen \(template.regimen.id) has no phase \(image.phase)")
        }
        if case .inProgress(let stage) = image.status, let type = template.visitType(image.visitType),
            stage >= type.stages.count
        {
            add(visit.line, "stage \(stage) is beyond the last (\(type.stages.count - 1))")
        }
    }
}

/// Visits that would take a chair twice or a person beyond what they can carry, among themselves and with those here.
///
/// - Parameter listed: visits under their names here.
func overlaps(
    among listed: [ListedVisit], _ export: ClinicExport, with state: ClinicState, _ facility: Facility
) -> [ImportProblem] {
    let templates = Dictionary(export.templates.map { ($0.id, $0) }) { first, _ in first }
    let courses = Dictionary(export.courses.map { ($0.id, $0) }) { first, _ in first }
    let coming = zip(export.visits, listed).compactMap { original, visit -> (visit: Visit, line: Int)? in
        guard visit.image.status.occupies,
            let course = courses[original.course],
            let type = templates[course.image.template]?.visitType(visit.image.visitType)
        else { return nil }
        return (Visit(visit.id, visit.image, of: visit.course, course.patient, type), visit.line)
    }
    let present = state.visits.values.filter(\.status.occupies).map { (visit: $0, line: 0) }
    return chairsTwice(coming + present) + staffBeyond(coming + present, facility, state.retired)
}

private func chairsTwice(_ visits: [(visit: Visit, line: Int)]) -> [ImportProblem] {
    Dictionary(grouping: visits, by: \.visit.place.chair).flatMap { chair, own -> [ImportProblem] in
        let sorted = own.sorted { left, right in
            (left.visit.place.minute, left.visit.id.number) < (right.visit.place.minute, right.visit.id.number)
        }
        var problems: [ImportProblem] = []
        var last: (visit: Visit, line: Int)?
        for item in sorted {
            if let last, item.visit.holdInterval.overlaps(last.visit.holdInterval), item.line > 0 || last.line > 0 {
                let (mine, other) = item.line > 0 ? (item, last) : (last, item)
                let place = other.line > 0 ? "line \(other.line)" : "visit \(other.visit.id) here"
                problems.append(
                    ImportProblem(
                        line: mine.line,
                        message: "\(Rule.chairFree.rawValue): \(chair) is held on \(mine.visit.day) by \(place)"))
            }
            if last.map({ $0.visit.holdInterval.until < item.visit.holdInterval.until }) ?? true { last = item }
        }
        return problems
    }
}

private func staffBeyond(
    _ visits: [(visit: Visit, line: Int)], _ facility: Facility, _ retired: Retired
) -> [ImportProblem] {
    var runs: [PersonID: [(run: LoadRun, line: Int)]] = [:]
    for item in visits {
        for run in item.visit.loadRuns where run.load > 0 { runs[run.person, default: []].append((run, item.line)) }
    }
    return (facility.staff + retired.staff).flatMap { person -> [ImportProblem] in
        let own = runs[person.id, default: []].sorted { $0.run.interval.from < $1.run.interval.from }
        var problems: [ImportProblem] = []
        var carried: [(run: LoadRun, line: Int)] = []
        for item in own {
            carried.removeAll { $0.run.interval.until <= item.run.interval.from }
            carried.append(item)
            let load = carried.reduce(0) { $0 + $1.run.load }
            guard load > person.capacityPercent, let line = carried.map(\.line).max(), line > 0 else { continue }
            problems.append(
                ImportProblem(
                    line: line,
                    message:
                        "\(Rule.attendantCapacity.rawValue): \(person.id) would carry \(load) % "
                        + "(at most \(person.capacityPercent))"))
        }
        return problems
    }
}
