import HashTreeCollections
import Planning

/// The names that the things of an export file get here.
struct ImportNames {
    /// Whether ids stay as they are: nothing has come to the clinic yet, and the file has ids of its own shape.
    let keepsIDs: Bool
    /// The numbers given so far, those of the file not counted.
    let counters: Counters
    private(set) var patients: [PatientID: PatientID] = [:]
    private(set) var templates: [TemplateID: TemplateID] = [:]
    private(set) var courses: [CourseID: CourseID] = [:]
    private(set) var visits: [VisitID: VisitID] = [:]
    /// Templates that are not recorded here yet, in the order of their numbers.
    private(set) var newTemplates: [Template] = []

    init(_ export: ClinicExport, known: [String: PatientID], _ state: ClinicState) {
        counters = state.counters
        var given = state.counters
        keepsIDs = state.counters == Counters() && export.hasOwnIDs
        for patient in export.patients {
            if let here = known[patient.details.record] {
                patients[patient.id] = here
            } else {
                patients[patient.id] = keepsIDs ? patient.id : given.nextPatient()
            }
        }
        for template in export.templates.sorted(by: { $0.id.number < $1.id.number }) {
            let latest = state.latestTemplates[template.regimen.id].flatMap { state.templates[$0] }
            if template.derivedFrom == nil, let latest, latest.regimen == template.regimen,
                latest.visitTypes == template.visitTypes
            {
                templates[template.id] = latest.id
                continue
            }
            let id = keepsIDs ? template.id : given.nextTemplate()
            templates[template.id] = id
            let origin = template.derivedFrom.map { templates[$0] ?? $0 }
            newTemplates.append(
                Template(
                    id: id, regimen: template.regimen, visitTypes: template.visitTypes, derivedFrom: origin))
        }
        for course in export.courses { courses[course.id] = keepsIDs ? course.id : given.nextCourse() }
        for visit in export.visits { visits[visit.id] = keepsIDs ? visit.id : given.nextVisit() }
    }

    /// The number of a course's id here; events come in this order.
    func courseNumber(_ id: CourseID) -> Int { (courses[id] ?? id).number }

    /// A visit under its names here.
    func visit(_ listed: ListedVisit, in export: ClinicExport) -> ListedVisit {
        var image = listed.image
        image.formerPatients = image.formerPatients.map { former in
            FormerPatient(
                patient: patients[former.patient] ?? former.patient, heard: former.heard, calls: former.calls)
        }
        return ListedVisit(
            id: visits[listed.id] ?? listed.id, course: courses[listed.course] ?? listed.course, image: image,
            line: listed.line)
    }

    /// The events by which patients of the file who were not known here come to stand as they did there: closed, or
    /// another one's entry.
    func standings(of new: [ListedPatient]) -> [Event] {
        let known = new.map { (id: patients[$0.id] ?? $0.id, standing: $0.standing) }
            .sorted { $0.id.number < $1.id.number }
        return known.compactMap { patient -> Event? in
            switch patient.standing {
            case .open: return nil
            case .closed(let reason): return .patient(.closed(patient.id, reason))
            case .merged(let other):
                let into = patients[other] ?? other
                return .patient(.merged(PatientMerge(from: patient.id, into: into, courses: [], visits: [])))
            }
        }
    }

    /// The event by which a course comes with its visits, which have their names here.
    func event(_ course: ListedCourse, _ own: [ListedVisit]) -> Event {
        let image = course.image
        var progress = image.progress
        progress.bookedElsewhere = course.bookedAt
        progress.doneTasks = Set(progress.doneTasks.map(task))
        progress.prerequisites = progress.prerequisites.map { done in
            PrerequisiteDone(name: done.name, day: done.day, visit: done.visit.map { visits[$0] ?? $0 })
        }
        return .course(
            .changed(
                CourseChanged(
                    action: .courseImported, course: courses[course.id] ?? course.id,
                    patient: patients[course.patient] ?? course.patient, before: nil,
                    after: CourseImage(
                        template: templates[image.template] ?? image.template, wish: image.wish, status: image.status,
                        usual: image.usual, progress: progress),
                    visits: own.sorted { $0.id.number < $1.id.number }.map { visit in
                        CourseChanged.VisitChange(id: visit.id, before: nil, after: visit.image)
                    })))
    }

    /// A task's id with the visit's name here.
    private func task(_ id: String) -> String {
        guard let slash = id.firstIndex(of: "/"), let visit = visits[VisitID(String(id[..<slash]))] else { return id }
        return visit.text + id[slash...]
    }
}

extension ClinicExport {
    /// Whether every id is of the clinic's own shape, such as p17.
    fileprivate var hasOwnIDs: Bool {
        func isOwn(_ id: String, _ letter: Character) -> Bool {
            id.first == letter && (1...9).contains(id.utf8.count - 1) && decimal(id.utf8.dropFirst()) != nil
                && id.utf8.dropFirst().first != UInt8(ascii: "0")
        }
        let kinds: [(letter: Character, ids: [String])] = [
            ("p", patients.map(\.id.text)), ("c", courses.map(\.id.text)), ("v", visits.map(\.id.text)),
            ("r", templates.map(\.id.text)), ("k", closures.map(\.id.text)), ("x", openings.map(\.id.text)),
            ("s", shifts.map(\.id.text)), ("t", absences.map(\.id.text)), ("o", outages.map(\.id.text)),
        ]
        return kinds.allSatisfy { kind in kind.ids.allSatisfy { isOwn($0, kind.letter) } }
    }
}
