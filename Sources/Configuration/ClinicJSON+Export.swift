internal import Clinic
internal import ClinicTime
internal import Planning
internal import StrictJSON

extension ClinicJSON {
    static func encode(_ retired: Retired) -> JSONValue {
        object([("chairs", list(retired.chairs.map(encode))), ("staff", list(retired.staff.map(encode)))])
    }

    static func encode(_ dated: DatedClosure) -> JSONValue {
        let closure = dated.closure
        return object([
            ("id", .string(dated.id.text)), ("from", day(closure.from)), ("through", day(closure.through)),
            ("hours", closure.hours.map(window)),
        ])
    }

    static func encode(_ dated: DatedOpening) -> JSONValue {
        object([
            ("id", .string(dated.id.text)), ("day", day(dated.opening.day)), ("hours", window(dated.opening.hours)),
        ])
    }

    static func encode(_ dated: DatedShift) -> JSONValue {
        object([
            ("id", .string(dated.id.text)), ("person", .string(dated.shift.person.text)), ("day", day(dated.shift.day)),
            ("hours", window(dated.shift.hours)),
        ])
    }

    static func encode(_ absence: Absence, zone: ClinicZone) -> JSONValue {
        let stretch = absence.timeOff.interval
        return object([
            ("id", .string(absence.id.text)), ("person", .string(absence.timeOff.person.text)),
            ("from", .string(zone.localText(at: stretch.from))), ("until", .string(zone.localText(at: stretch.until))),
        ])
    }

    static func encode(_ outage: ChairOutage, zone: ClinicZone) -> JSONValue {
        let stretch = outage.outage.interval
        return object([
            ("id", .string(outage.id.text)), ("chair", .string(outage.outage.chair.text)),
            ("from", .string(zone.localText(at: stretch.from))), ("until", .string(zone.localText(at: stretch.until))),
        ])
    }

    static func encode(_ patient: ListedPatient) -> JSONValue {
        object([
            ("id", .string(patient.id.text)), ("recordNumber", .string(patient.details.record)),
            ("name", patient.details.name.map { .string($0) }), ("phone", patient.details.phone.map { .string($0) }),
            ("note", patient.details.note.map { .string($0) }),
            ("birthDate", patient.details.birthDate.map { .string($0.description) }),
            ("language", patient.details.language.map { .string($0) }), ("closed", closed(patient.standing)),
            ("mergedInto", merged(patient.standing)),
        ])
    }

    /// Why a patient comes no more.
    private static func closed(_ standing: PatientStanding) -> JSONValue? {
        if case .closed(let reason) = standing { .string(reason.rawValue) } else { nil }
    }

    /// The entry that stays of somebody who was entered twice.
    private static func merged(_ standing: PatientStanding) -> JSONValue? {
        if case .merged(let patient) = standing { .string(patient.text) } else { nil }
    }

    static func encode(_ template: Template) -> JSONValue {
        object([
            ("id", .string(template.id.text)), ("derivedFrom", template.derivedFrom.map { .string($0.text) }),
            ("regimen", encode(template.regimen)), ("visitTypes", .array(template.visitTypes.map(encode))),
        ])
    }

    static func encode(_ course: ListedCourse, template: Template, zone: ClinicZone) -> JSONValue {
        let request = CourseRequest(
            id: course.id, patient: course.patient, regimen: template.regimen, visitTypes: template.visitTypes,
            wish: course.image.wish, payer: course.payer)
        let progress = course.image.progress
        return object([
            ("id", .string(course.id.text)), ("template", .string(template.id.text)),
            ("status", .string(course.image.status.rawValue)), ("bookedAt", instant(course.bookedAt, zone)),
            ("keptTime", course.image.usual.map { .string(clockText($0)) }), ("asked", encode(request)),
            ("assessments", list(progress.assessments.map { encode($0, zone) })),
            ("openGates", list(progress.openGates)), ("prerequisites", list(progress.prerequisites.map(encode))),
            ("doneTasks", list(progress.doneTasks)), ("adopted", progress.adoptedFrom.map(encode)),
            ("heldUntil", progress.heldUntil.map { instant($0, zone) }),
        ])
    }

    private static func encode(_ assessment: Assessment, _ zone: ClinicZone) -> JSONValue {
        object([
            ("measure", .string(assessment.measure)), ("score", .integer(assessment.score)),
            ("at", instant(assessment.at, zone)),
        ])
    }

    private static func encode(_ done: PrerequisiteDone) -> JSONValue {
        object([
            ("name", .string(done.name)), ("day", day(done.day)), ("visit", done.visit.map { .string($0.text) }),
        ])
    }

    private static func encode(_ adopted: CourseProgress.Adopted) -> JSONValue {
        object([
            ("phase", .string(adopted.phase)), ("given", .integer(adopted.given)), ("lastDay", day(adopted.lastDay)),
        ])
    }

    static func encode(_ visit: ListedVisit, type: VisitType, zone: ClinicZone) -> JSONValue {
        let (image, place) = (visit.image, visit.image.place)
        let covers = place.handovers.map { cover in
            object([
                ("label", .string(cover.label)), ("person", .string(cover.person.text)),
                ("from", .string(zone.localText(at: place.minute + cover.stretch.from))),
                ("until", .string(zone.localText(at: place.minute + cover.stretch.until))),
            ])
        }
        let overrides = image.overrides.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { ($0.key.rawValue, JSONValue.string($0.value.rawValue)) as (String, JSONValue?) }
        return object(
            [
                ("id", .string(visit.id.text)), ("course", .string(visit.course.text)),
                ("number", .integer(image.number)), ("phase", .string(image.phase)),
                ("visit", .string(image.visitType.text)), ("status", .string(image.status.name)),
            ] + details(of: image.status) + [
                ("start", .string(promisedText(place, zone))),
                ("end", .string(zone.localText(at: place.minute + type.length))), ("chair", .string(place.chair.text)),
                ("attendants", object(zip(type.filledLabels, place.persons).map { ($0.label, .string($1.text)) })),
                ("covers", list(covers)), ("told", flag(image.told)), ("pinned", flag(image.pinned)),
                ("needsCall", flag(image.needsCall)), ("heard", image.isHeardPlain ? nil : encode(image.heard, zone)),
                ("forgone", flag(image.isForgone)), ("takenBack", flag(image.isTakenBack)),
                ("latestDay", image.latestDay.map(day)), ("asked", image.asked.map { .string($0.rawValue) }),
                ("formerPatients", list(image.formerPatients.map { encode($0, zone) })),
                ("overrides", overrides.isEmpty ? nil : object(overrides)), ("terms", encode(image.terms)),
                ("facts", list(image.facts.map { encode($0, zone) })),
            ])
    }

    /// What a status carries beside its name.
    private static func details(of status: VisitStatus) -> [(String, JSONValue?)] {
        switch status {
        case .tentative, .confirmed, .arrived, .noShow, .omitted: []
        case .inProgress(let stage): [("stage", .integer(stage))]
        case .completed(let given): [("given", .string(given.rawValue))]
        case .notTreated(let obstacle): [("obstacle", .string(obstacle.rawValue))]
        case .cancelled(let notice, let reason):
            [("notice", .string(notice.rawValue)), ("reason", .string(reason.rawValue))]
        }
    }

    private static func encode(_ fact: Fact, _ zone: ClinicZone) -> JSONValue {
        object([
            ("kind", .string(fact.kind.rawValue)), ("at", instant(fact.at, zone)),
            ("number", fact.number.map { .integer($0) }), ("detail", fact.detail.map { .string($0) }),
        ])
    }

    private static func encode(_ former: FormerPatient, _ zone: ClinicZone) -> JSONValue {
        object([
            ("patient", .string(former.patient.text)), ("heard", encode(former.heard, zone)),
            ("calls", list(former.calls.map { encode($0, zone) })),
        ])
    }

    /// What the patient heard, where the flags alone do not say it.
    private static func encode(_ heard: Heard?, _ zone: ClinicZone) -> JSONValue? {
        func text(_ time: PromisedTime) -> String {
            let day = zone.calendar(of: time.day)
            let offset = time.isLater ? zone.offset(at: day.firstMinute + time.elapsed(of: day)) : nil
            return LocalTime(day: time.day, clock: time.clock, offset: offset).description
        }
        return switch heard {
        case nil: nil
        case .at(let time): .string(text(time))
        case .calledOff: "calledOff"
        case .unsure(let time): .string((["unsure"] + (time.map { [text($0)] } ?? [])).joined(separator: " "))
        }
    }

    /// The start as it was promised, with its offset where the clock shows it for the second time.
    private static func promisedText(_ place: Place, _ zone: ClinicZone) -> String {
        let offset = place.start.isLater ? zone.offset(at: place.minute) : nil
        return LocalTime(day: place.day, clock: place.start.clock, offset: offset).description
    }

    private static func instant(_ instant: Instant, _ zone: ClinicZone) -> JSONValue {
        .string(zone.instantText(atSecond: instant.seconds))
    }
}
