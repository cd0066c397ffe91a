internal import Clinic
internal import Planning
internal import StrictJSON
internal import Wire

extension ClinicMethods {
    /// What is done with courses as a whole.
    func courseChangeMethods() -> [NamedMethod] {
        [
            extendCourse(), endPhase(), advanceCourse(), stepBackCourse(), changeGaps(), changeCourse(), holdCourse(),
            resumeCourse(), ceaseCourse(), replanCourse(), catchUpCourse(), adoptCourse(),
        ]
    }

    private func extendCourse() -> NamedMethod {
        changing { (call: ClinicInterface.ExtendCourse, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            if let phase = call.phase { try checkPhase(phase, of: course) }
            guard let planned = course.phase(call.phase)?.plannedCount else {
                throw .invalidValue(
                    field: "phase",
                    message: "expected a phase with a number of visits: \(course.lastPhase) is open-ended",
                    hint: "an open-ended phase goes on by itself")
            }
            // As many as a configuration may give it.
            try Wire.check(planned + call.visits, in: 1...500, "visits", of: "visits in the phase")
            return .course(
                .alter(course.id, .pattern(.extend(phase: call.phase, visits: call.visits)), call.because.code))
        }
    }

    private func endPhase() -> NamedMethod {
        changing { (call: ClinicInterface.EndPhase, snapshot) throws(ClinicInterface.Failure) in
            let course = try course(call.course, snapshot)
            try checkPhase(call.phase, of: course)
            return .course(.alter(course.id, .pattern(.end(phase: call.phase)), call.because.code))
        }
    }

    private func advanceCourse() -> NamedMethod {
        changing { (call: ClinicInterface.AdvanceCourse, _) in
            .course(.alter(CourseID(call.course), .pattern(.advance), call.because.code))
        }
    }

    private func stepBackCourse() -> NamedMethod {
        changing { (call: ClinicInterface.StepBackCourse, _) throws(ClinicInterface.Failure) in
            return .course(.alter(CourseID(call.course), .pattern(.stepBack(visits: call.visits)), call.because.code))
        }
    }

    private func changeGaps() -> NamedMethod {
        changing { (call: ClinicInterface.ChangeGaps, snapshot) throws(ClinicInterface.Failure) in
            try planned(call.from, "from")
            let course = try course(call.course, snapshot)
            try checkPhase(call.phase, of: course)
            if call.gaps.isEmpty { throw .invalidValue(field: "gaps", message: "expected at least one gap", hint: nil) }
            let phase = course.phase(call.phase).map { phase in call.from.map(phase.inForce) ?? phase }
            let before = call.toleranceBefore ?? phase?.toleranceBefore ?? 0
            let after = call.toleranceAfter ?? phase?.toleranceAfter ?? 0
            let alteration = PatternAlteration.regap(
                phase: call.phase, gaps: call.gaps, before: before, after: after, from: call.from)
            return .course(.alter(course.id, .pattern(alteration), call.because.code))
        }
    }

    private func changeCourse() -> NamedMethod {
        changing { (call: ClinicInterface.ChangeCourse, snapshot) throws(ClinicInterface.Failure) in
            try planned(call.from, "from")
            let course = try course(call.course, snapshot)
            let wish = try call.wish(of: course, snapshot)
            return .course(.alter(course.id, .pattern(.change(wish, from: call.from)), call.because.code))
        }
    }

    private func holdCourse() -> NamedMethod {
        changing { (call: ClinicInterface.HoldCourse, _) in
            .course(.alter(CourseID(call.course), .lifecycle(.hold), call.because.code))
        }
    }

    private func resumeCourse() -> NamedMethod {
        changing { (call: ClinicInterface.ResumeCourse, _) throws(ClinicInterface.Failure) in
            try planned(call.from, "from")
            return .course(
                .alter(
                    CourseID(call.course), .lifecycle(.resume(from: call.from)), call.because.code,
                    keepsWindow: call.keepWindow ?? false))
        }
    }

    private func ceaseCourse() -> NamedMethod {
        changing { (call: ClinicInterface.CeaseCourse, _) in
            .course(.alter(CourseID(call.course), .lifecycle(.cease), call.because.code))
        }
    }

    private func replanCourse() -> NamedMethod {
        changing { (call: ClinicInterface.ReplanCourse, _) in
            .course(.alter(CourseID(call.course), .lifecycle(.replan), call.because.code))
        }
    }

    private func catchUpCourse() -> NamedMethod {
        changing { (call: ClinicInterface.CatchUpCourse, _) throws(ClinicInterface.Failure) in
            let alteration = LifecycleAlteration.catchUp(within: call.within, isNearest: call.nearest ?? false)
            return .course(.alter(CourseID(call.course), .lifecycle(alteration), call.because.code))
        }
    }

    private func adoptCourse() -> NamedMethod {
        changing { (call: ClinicInterface.AdoptCourse, snapshot) throws(ClinicInterface.Failure) in
            let order = try order(call.course, alternatives: 0, again: call.again, snapshot)
            if let regimen = snapshot.facility.regimen(order.regimen) {
                guard let phase = regimen.phases.first(where: { $0.name == call.phase }) else {
                    throw .noPhase(call.phase, among: regimen.phases)
                }
                try Wire.check(call.given, in: 1...(phase.plannedCount ?? 1000), "given")
            }
            let today = snapshot.day(at: clock.now)
            guard call.lastDay <= today, call.lastDay > today - 3660 else {
                throw .invalidValue(
                    field: "lastDay", message: "expected a day through \(today), found \(call.lastDay)", hint: nil)
            }
            let adopted = CourseProgress.Adopted(phase: call.phase, given: call.given, lastDay: call.lastDay)
            return .course(.adopt(order, adopted))
        }
    }

    /// The course that a call names.
    func course(_ id: String, _ snapshot: Snapshot) throws(ClinicInterface.Failure) -> Course {
        guard let course = snapshot.state.course(CourseID(id)) else { throw .noSuchCourse(course: id) }
        return course
    }

    /// That a course has a phase.
    func checkPhase(_ phase: String, of course: Course) throws(ClinicInterface.Failure) {
        guard course.phase(phase) != nil else { throw .noPhase(phase, among: course.template.regimen.phases) }
    }
}

extension Course {
    fileprivate var lastPhase: String { template.regimen.phases.last?.name ?? "" }

    /// The phase of a name; the last one where none is named.
    fileprivate func phase(_ name: String?) -> Phase? { template.phase(name ?? lastPhase) }
}

extension ClinicInterface.Failure {
    /// That there is no such phase.
    static func noPhase(_ name: String, among phases: [Phase]) -> Self {
        let names = phases.map(\.name)
        return .invalidValue(
            field: "phase", message: "expected one of \(names.joined(separator: ", ")), found \(name)",
            hint: closest(to: name, among: names).map { "did you mean \($0)?" })
    }
}

extension ClinicInterface.ChangeCourse {
    /// The wish that a course is to have in place of the present one.
    fileprivate func wish(
        of course: Course, _ snapshot: Snapshot
    ) throws(ClinicInterface.Failure) -> CourseWish {
        let present = course.wish
        var wish = present
        wish.availability = availability ?? wish.availability
        wish.blackoutDays = blackoutDays.map { Set($0) } ?? wish.blackoutDays
        wish.preferred = preferred ?? wish.preferred
        wish.features = features.map { Set($0) } ?? wish.features
        for (index, name) in (clear ?? []).enumerated() {
            switch name {
            case "usual": wish.usual = nil
            case "preferredPerson": wish.preferredPerson = nil
            case "endDay": wish.endDay = nil
            default:
                throw .invalidValue(
                    field: "clear[\(index)]", message: "expected usual, preferredPerson or endDay, found \(name)",
                    hint: nil)
            }
        }
        if let usual {
            try Wire.check(usual.minutes, in: 0...1439, "usual", of: "minutes from 00:00")
            wish.usual = usual.minutes
        }
        if let preferredPerson {
            guard snapshot.facility.staff.contains(where: { $0.id.text == preferredPerson }) else {
                throw .noSuchPerson(person: preferredPerson)
            }
            wish.preferredPerson = PersonID(preferredPerson)
        }
        wish.endDay = endDay ?? wish.endDay
        if wish.features != present.features {
            let request = CourseRequest(
                id: course.id, patient: course.patient, regimen: course.template.regimen,
                visitTypes: course.template.visitTypes, wish: wish)
            let missing = request.missingFeatures(in: snapshot.facility).sorted()
            if !missing.isEmpty {
                let features = missing.joined(separator: ", ")
                throw ClinicInterface.Failure(.unknown(.feature, features), snapshot: snapshot)
            }
        }
        return wish
    }
}
