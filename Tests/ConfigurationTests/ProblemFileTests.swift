import ClinicTime
import Configuration
import Planning
import StrictJSON
import TestSupport
import Testing

struct ProblemFileTests {
    @Test("local times become instants by the clinic's clocks, repeated ones by their offset")
    func times() throws {
        let file = try readProblem(Files.problem().bytes(), file: "problem.json")
        let problem = file.problem
        let midnight = Day("2026-11-01")!.number * 1440 + 240
        #expect(problem.now == midnight + 30)
        #expect(problem.today == Day("2026-11-01")!)
        #expect(problem.timeOff == [TimeOff(person: "rn-1", interval: Interval(midnight + 75, midnight + 135))])
        let outage = Day("2026-11-04")!.number * 1440 + 300 + 480
        #expect(problem.outages == [Outage(chair: "chair-1", interval: Interval(outage, outage + 240))])
        #expect(problem.bookings[1].placement.start == 150)
        #expect(problem.mode == .each)
    }

    @Test("bookings have their persons in the order of the labels, covers in elapsed minutes, and a status")
    func bookings() throws {
        let problem = try readProblem(Files.problem().bytes(), file: "problem.json").problem
        let cover = Cover(label: "nurse", person: "rn-1", interval: Interval(720, 745))
        #expect(
            problem.bookings[0].placement
                == Placement(
                    day: Day("2026-11-02")!, start: 690, chair: "chair-1", persons: ["rn-1"], covers: [cover]))
        #expect(problem.bookings.map(\.confirmed) == [true, false])
    }

    @Test("a course has its wishes, and defaults where it has none")
    func courses() throws {
        let problem = try readProblem(Files.problem().bytes(), file: "problem.json").problem
        let wish = problem.courses[0]
        #expect((wish.wish.startWithinDays, wish.wish.usual, wish.alternatives) == (21, 600, 2))
        #expect(wish.visitTypes.map(\.id) == ["evaluation", "iv-40"])
        #expect(wish.wish.availability == [WeekWindow(days: [.mon, .tue], hours: Interval(540, 960))])
        #expect(wish.wish.authorisations[0].visits == 8)
        let plain = problem.courses[1]
        #expect(
            plain
                == CourseRequest(
                    id: "k2", patient: "q2", regimen: wish.regimen, visitTypes: wish.visitTypes,
                    wish: CourseWish(earliest: Day("2026-11-03")!)))
    }

    @Test("courses are placed together where no visit and no late start can cost more than the search holds")
    func dearCourses() throws {
        var document = try Files.problem()
        document.set(["mode"], to: "batch")
        document.set(["courses", "0", "startWithinDays"], to: 524)
        document.set(["planning"], to: ["weights": ["start": 1000, "gap": 0]])
        _ = try readProblem(document.bytes(), file: "problem.json")
        document.set(["courses", "0", "startWithinDays"], to: 525)
        let error = #expect(throws: ConfigurationError.self) {
            _ = try readProblem(document.bytes(), file: "problem.json")
        }
        #expect(error?.problems.map(\.path) == ["mode"])
        #expect(
            error?.problems.first?.message
                == "a visit of course k1 could cost 525000, in mode batch at most 524288")
        document.set(["mode"], to: "sequence")
        _ = try readProblem(document.bytes(), file: "problem.json")
    }

    @Test("features that no chair of a course's visits has are refused by their names")
    func missingFeatures() throws {
        var document = try Files.problem()
        document.set(["courses", "0", "features"], to: ["swing"])
        let error = #expect(throws: ConfigurationError.self) {
            try readProblem(document.bytes(), file: "problem.json")
        }
        #expect(error?.problems.map(\.path) == ["courses"])
        #expect(error?.problems.first?.message.contains("course k1 asks for \"swing\"") == true)
    }

    @Test("only the lead time can be set aside")
    func setAside() throws {
        var document = try Files.problem()
        document.set(["courses", "0", "setAside"], to: ["lead-time"])
        #expect(try readProblem(document.bytes(), file: "problem.json").problem.courses[0].setAside == [.leadTime])
        document.set(["courses", "0", "setAside"], to: ["gap"])
        let error = #expect(throws: ConfigurationError.self) {
            try readProblem(document.bytes(), file: "problem.json")
        }
        #expect(error?.problems.map(\.path) == ["courses[0].setAside[0]"])
    }

    @Test("the clinic's start window holds for courses that name none")
    func startWindow() throws {
        var document = try Files.problem()
        document.set(["planning"], to: ["startWithinDays": 5])
        let problem = try readProblem(document.bytes(), file: "problem.json").problem
        #expect(problem.courses.map(\.wish.startWithinDays) == [21, 5])
    }

    @Test("a course request is read back as it was written")
    func roundTrip() throws {
        let problem = try readProblem(Files.problem().bytes(), file: "problem.json").problem
        for course in problem.courses {
            let json = ClinicJSON.encode(course)
            #expect(try json.decode { ClinicJSON.courseRequest($0, in: problem.facility) } == course)
        }
    }

    @Test("whatever can be planned can be written and read back as the same problem")
    func randomProblems() throws {
        for seed in 0..<200 as Range<UInt64> {
            let problem = fileable(randomProblem(seed: seed).problem)
            let bytes = ClinicJSON.encode(problem, zone: .utc).bytes(pretty: true)
            do throws(ConfigurationError) {
                let read = try readProblem(bytes, file: "problem.json").problem
                #expect(read.facility == problem.facility, "seed \(seed)")
                #expect(read.courses == problem.courses, "seed \(seed)")
                #expect(read.bookings == problem.bookings, "seed \(seed)")
                #expect(read.timeOff == problem.timeOff && read.outages == problem.outages, "seed \(seed)")
                #expect((read.now, read.today, read.mode) == (problem.now, problem.today, problem.mode), "seed \(seed)")
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    /// The problem in a zone without clock changes, without what a file would not say: ideals beyond their limits,
    /// visits past the end of the day, persons and chairs who are not there.
    private func fileable(_ problem: Problem) -> Problem {
        var problem = problem
        problem.facility.timeZone = "UTC"
        problem.today = ClinicZone.utc.day(at: problem.now)
        for course in problem.courses.indices {
            problem.courses[course].regimen.id = RegimenID("r\(course)")
            for phase in problem.courses[course].regimen.phases.indices {
                guard var gap = problem.courses[course].regimen.phases[phase].firstGap else { continue }
                gap.ideal = min(max(gap.ideal, gap.minimum), gap.maximum)
                problem.courses[course].regimen.phases[phase].firstGap = gap
            }
            let person = problem.courses[course].wish.preferredPerson
            if !problem.facility.staff.contains(where: { $0.id == person }) {
                problem.courses[course].wish.preferredPerson = nil
            }
            let visits = problem.courses[course].regimen.phases.map(\.visit)
            problem.courses[course].visitTypes = visits.enumerated().filter { visits.firstIndex(of: $1) == $0 }
                .compactMap { problem.facility.visitType($1) }
            if !problem.courses[course].missingFeatures(in: problem.facility).isEmpty {
                problem.courses[course].wish.features = []
            }
        }
        for person in problem.facility.staff.indices {
            problem.facility.staff[person].shifts.removeAll { shift in
                shift.from.map { from in shift.through.map { $0 < from } ?? false } ?? false
            }
        }
        let chairs = Set(problem.facility.chairs.map(\.id))
        let staff = Set(problem.facility.staff.map(\.id))
        let facility = problem.facility
        problem.bookings.removeAll {
            $0.visitInterval.until > 1440 || !chairs.contains($0.placement.chair)
                || !staff.isSuperset(of: $0.placement.persons)
                || $0.visitType != facility.visitType($0.visitType.id)
        }
        problem.facility.regimens = problem.courses.map(\.regimen)
        return problem
    }

    @Test("optional sections may be missing")
    func optional() throws {
        var document = try Files.problem()
        for key in ["timeOff", "outOfService", "bookings", "mode"] { document.set([key], to: nil) }
        let problem = try readProblem(document.bytes(), file: "problem.json").problem
        #expect(problem.bookings.isEmpty && problem.timeOff.isEmpty && problem.outages.isEmpty)
    }
}
