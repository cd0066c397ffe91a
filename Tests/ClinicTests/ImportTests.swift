import Clinic
import Planning
import Testing

/// Clinics that leave as an export and come into another.
@Suite struct ImportTests {
    private func export(_ state: ClinicState, at: Instant = Sample.now) throws -> ClinicExport {
        let details = Dictionary(
            uniqueKeysWithValues: state.allPatients.map { ($0, PatientDetails(record: "MRN \($0)")) })
        return try #require(ClinicExport(state, details: details, at: at))
    }

    private func problems(_ decision: Decision) -> [ImportProblem] {
        if case .unimportable(let problems)? = refusal(decision) { problems } else { [] }
    }

    @Test("whatever happened to a clinic, another takes it in as it stands", arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func livingHistory(seed: UInt64) throws {
        var history = LivingHistory(seed: seed)
        for _ in 0..<70 where !history.isBroken { _ = history.step() }
        let state = history.world.state
        let facility = try #require(state.configuration?.facility)
        let file = try export(state, at: history.now)
        var other = World(facility, patients: 0, days: 200)
        let decision = other.decision(.importClinic(file, known: [:]), now: history.now)
        #expect(problems(decision) == [], "seed \(seed)")
        guard case .accepted(let events, let beside, .imported(let imported)) = decision else { return }
        other.take(events)
        #expect(beside.patients.count == state.patientCount)
        #expect(imported.courses.count == state.courses.count)
        var again = try export(other.state, at: history.now)
        again.lastEvent = file.lastEvent
        #expect(again == file, "seed \(seed)")
        #expect(
            other.state.allCourses.flatMap { other.state.tasks(of: $0) }
                == state.allCourses.flatMap { state.tasks(of: $0) }, "seed \(seed)")
    }

    @Test("a patient whose record number has the form of an id comes only where the number is known")
    func recordNumberLikeID() throws {
        var file = try export(World(patients: 2).state)
        file.patients[0].details.record = "P 7"
        file.patients[0].line = 12
        let other = World(patients: 0)
        let found = problems(other.decision(.importClinic(file, known: [:]), now: Sample.now))
        #expect(
            found == [
                ImportProblem(
                    line: 12,
                    message: "the record number of \(file.patients[0].id) has the form of an id, "
                        + "so that it could mean another patient")
            ])
        #expect(problems(other.decision(.importClinic(file, known: ["P 7": "p9"]), now: Sample.now)) == [])
    }

    @Test("a visit comes through five years from now, and no later")
    func reach() throws {
        var world = World()
        world.book()
        var file = try export(world.state)
        let last = Day(number: Sample.now.minute / 1440) + 5 * 366
        for (day, isTaken) in [(last, true), (last + 1, false), (Day("2199-12-31") ?? last, false)] {
            let index = file.visits.count - 1
            let place = file.visits[index].image.place
            file.visits[index].image.place = Place(
                start: PromisedTime(day: day, clock: place.start.clock), minute: place.minute, chair: place.chair,
                persons: place.persons)
            let found = problems(World(patients: 0).decision(.importClinic(file, known: [:]), now: Sample.now))
            #expect(found.contains { $0.message.contains("more than five years from now") } != isTaken)
        }
    }

    @Test("ids that are not the clinic's own are replaced, in tasks and prerequisites too")
    func foreignIDs() throws {
        var world = World()
        world.book()
        var file = try export(world.state)
        for index in file.visits.indices { file.visits[index].id = VisitID("visit:\(index)") }
        let course = try #require(file.courses.first)
        var progress = course.image.progress
        progress.doneTasks = ["visit:1/form"]
        progress.prerequisites = [PrerequisiteDone(name: "consent", day: Sample.monday, visit: "visit:1")]
        file.courses[0].image = CourseImage(
            template: course.image.template, wish: course.image.wish, status: .active, usual: nil, progress: progress)
        var other = World(patients: 0)
        other.accept(.importClinic(file, known: [:]))
        let taken = try #require(other.state.course("c1"))
        #expect(taken.visits == ["v1", "v2", "v3", "v4"])
        #expect(taken.progress.doneTasks == ["v2/form"])
        #expect(taken.progress.prerequisites.first?.visit == "v2")
    }

    @Test("a chair that is taken from the first minute to the last of a hold is a problem, the minute after none")
    func chairs() throws {
        var world = World()
        world.book()
        var file = try export(world.state)
        let first = file.visits[1]
        var second = first
        second.id = "v77"
        second.line = 9
        second.image.number = 9
        func moved(by minutes: Int) -> ListedVisit {
            let place = first.image.place
            var visit = second
            visit.image.place = Place(
                start: PromisedTime(day: place.day, clock: place.start.clock + minutes), minute: place.minute + minutes,
                chair: place.chair, persons: [first.image.place.persons[0] == "rn-1" ? "rn-2" : "rn-1"])
            return visit
        }
        file.visits.append(moved(by: Sample.infusion.hold - 1))
        let found = problems(World(patients: 0).decision(.importClinic(file, known: [:])))
        #expect(found.map(\.line) == [9])
        #expect(found.first?.message.hasPrefix("chair-free: chair-1 is held on ") == true)
        file.visits[file.visits.count - 1] = moved(by: Sample.infusion.hold)
        #expect(problems(World(patients: 0).decision(.importClinic(file, known: [:]))) == [])
    }

    @Test("what is not there, or stands twice, is told by line, all at once")
    func references() throws {
        var world = World()
        world.book()
        var file = try export(world.state)
        file.visits[0].line = 4
        file.visits[0].image.place = Place(
            start: file.visits[0].image.place.start, minute: file.visits[0].image.place.minute, chair: "chair-9",
            persons: ["md-9"])
        file.visits[1].line = 5
        file.visits[1].image.number = 3
        file.visits[2].line = 6
        file.visits[2].image.phase = "nowhere"
        file.visits[3].line = 7
        file.visits[3].image.status = .inProgress(stage: 3)
        file.configuration.facility.timeZone = "Europe/Vienna"
        let found = problems(World(patients: 0).decision(.importClinic(file, known: [:])))
        #expect(found.map(\.line) == [0, 4, 4, 6, 6, 7])
    }

    @Test("patients who are known stay as they are and get the course")
    func known() throws {
        var world = World()
        world.book(Sample.order("p2"))
        let file = try export(world.state)
        var other = World(patients: 1)
        guard case .imported(let imported) = other.accept(.importClinic(file, known: ["MRN p2": "p1"])) else { return }
        #expect(imported.patients == ["p2", "p1"])
        #expect(imported.newPatients == 1)
        #expect(other.state.courses(of: "p1").map(\.id) == ["c1"])
        #expect(other.state.course("c1")?.progress.bookedElsewhere == Sample.now)
    }
}
