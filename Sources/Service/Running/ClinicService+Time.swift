internal import Clinic
internal import ClinicTime
internal import Planning
internal import Wire

extension ClinicService {
    /// How often a call of `AdvanceClock` stops at most: whoever asks for more asks again.
    static let stopsMaximum = 1_000

    /// When time next asks something of the service: something falls due, or a day begins.
    func nextWake(after now: Instant) -> Instant {
        let snapshot = publication.current
        let midnight = Instant(minute: snapshot.zone.calendar(of: snapshot.day(at: now) + 1).firstMinute)
        return min(snapshot.dues.next ?? midnight, midnight)
    }

    /// Moves a simulated clock to an instant, through every instant on the way at which something falls due or a day
    /// begins. It stops short of it after `stopsMaximum` instants at which something was told, and where what is due
    /// cannot be told.
    ///
    /// - Returns: the instants at which something was told; nil where that could not be kept.
    func pass(to target: Instant, stopsMaximum: Int = ClinicService.stopsMaximum) async -> [Instant]? {
        var stops: [Instant] = []
        // Where the last round stood. Once it may stand still: what was due may have been taken back.
        var waited: Instant?
        while stops.count < stopsMaximum {
            let now = clock.now
            let stop = min(max(nextWake(after: now), now), target)
            guard let toldCount = await writer.pass(to: stop) else { return nil }
            if toldCount > 0 { stops.append(stop) }
            // Nothing was told and no time has passed: the next round would be the same.
            if toldCount == 0, stop == now, stop == waited { break }
            waited = stop
            if day(at: now) != day(at: stop) { await beginDay() }
            if stop == target { break }
        }
        return stops
    }

    /// Does what a new day asks: drops what is over, derives the days that have come in sight, plans the visits of
    /// open-ended phases that have come inside the horizon, and seeks the goals that would be missed.
    func beginDay() async {
        let today = day(at: clock.now)
        let snapshot = publication.current
        writer.begin(today)
        for course in snapshot.state.coursesToRoll {
            do throws(CommandError) {
                _ = try await writer.run(own { _ in .course(.alter(course, .lifecycle(.rollHorizon), .other)) })
            } catch {
                dependencies.rollFailed(course, error.message)
            }
        }
        await seekGoals()
        await makeRoom()
    }

    /// Plans the courses that would miss their goal and can reach it, the soonest goal first, where that is to happen
    /// by itself.
    private func seekGoals() async {
        let snapshot = publication.current
        if snapshot.facility.planning.seeksGoals == .propose { return }
        for (course, _) in snapshot.state.coursesAtRisk {
            do throws(CommandError) {
                _ = try await writer.run(own { _ in .course(.alter(course, .lifecycle(.seekGoal), .other)) })
            } catch {
                dependencies.rollFailed(course, error.message)
            }
        }
    }

    /// Where no plan reaches a goal on what is free, has visits of others make room, the soonest goal first, where that
    /// is to happen by itself. It is sought beside the writer; what no longer fits when it is made is left for the next
    /// night.
    private func makeRoom() async {
        let seeks = publication.current.facility.planning.seeksGoals
        if seeks == .propose { return }
        for (course, _) in publication.current.state.coursesAtRisk {
            let (snapshot, now) = (publication.current, clock.now)
            do {
                let found = try await pools.searches.result { () throws(ClinicInterface.Failure) in
                    try snapshot.room(for: course, now: now, mayCall: seeks == .all)
                }
                guard let found else { continue }
                _ = try await writer.run(own { _ in .repair(.change(found, .clinical)) })
            } catch {
                dependencies.rollFailed(course, "\(error)")
            }
        }
    }

    private func day(at instant: Instant) -> Day { publication.current.day(at: instant) }
}

extension Snapshot {
    /// How visits of others make room for a course's goal; nil where they cannot, or somebody would have to be called
    /// and may not.
    fileprivate func room(
        for course: CourseID, now: Instant, mayCall: Bool
    ) throws(ClinicInterface.Failure) -> ScheduleChange? {
        var snapshot = self
        let result = try snapshot.withDays { snapshot throws(NeedsDays) in
            try proposeYielding(for: course, state: snapshot.state, calendar: snapshot.calendar, now: now)
        }
        guard case .found(let change) = result, !change.isEmpty else { return nil }
        let decision = try snapshot.decision(on: .repair(.change(change, .clinical)), now: now, explains: false)
        guard case .accepted(_, _, .scheduleChanged(let differences, by: _)) = decision else { return nil }
        return mayCall || differences.allSatisfy(\.calls.isEmpty) ? change : nil
    }
}

/// Keeps a service in step with the system's clock: has told what falls due when it falls due, and days begun when they
/// begin.
struct Timekeeper: Sendable {
    private let service: ClinicService
    private let timer = WallTimer()

    /// How long to wait where what is due could not be kept, in seconds.
    private static let retrySeconds = 30

    /// A timekeeper of a service.
    init(service: ClinicService) { self.service = service }

    /// Runs until it is cancelled. A simulated clock is moved by whoever advances it: there only the day is begun.
    func run() async {
        await service.beginDay()
        if service.clock.isSimulated { return }
        await withDiscardingTaskGroup { group in
            group.addTask { [service, timer] in
                for await _ in service.signal.follow() {
                    if Task.isCancelled { break }
                    timer.arm(at: service.nextWake(after: service.clock.now))
                }
            }
            group.addTask { await keep() }
        }
        timer.cancel()
    }

    private func keep() async {
        var today = service.publication.current.day(at: service.clock.now)
        await catchUp()
        for await _ in timer.wakes {
            if Task.isCancelled { break }
            await catchUp()
            let day = service.publication.current.day(at: service.clock.now)
            if day != today {
                today = day
                await service.beginDay()
                await catchUp()
            }
        }
    }

    private func catchUp() async {
        let isKept = await service.writer.catchUp() != nil
        let now = service.clock.now
        let retry = Instant(seconds: now.seconds + Self.retrySeconds)
        let next = service.nextWake(after: now)
        timer.arm(at: isKept && next > now ? next : retry)
    }
}
