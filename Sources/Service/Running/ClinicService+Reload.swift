internal import Clinic
internal import Configuration
internal import HashTreeCollections
internal import Planning
package import StrictJSON
package import Varlink
internal import Wire

extension ClinicService {
    /// Reads the configuration file again and brings it into force, or refuses it whole.
    ///
    /// - Throws: `ConfigurationRefused` with all problems; the old configuration stays then.
    package func reload() async throws(VarlinkError) -> JSONObject {
        let configuration: ConfigurationFile
        do throws(ConfigurationError) {
            configuration = try dependencies.configuration()
        } catch {
            let problems = error.problems.map { ProblemMessage(path: $0.path, message: $0.message, hint: $0.hint) }
            dependencies.configurationRefused(problems.count, problems[0].path)
            throw VarlinkError(ServiceInterface.Failure.configurationRefused(problems: problems))
        }
        let before = publication.current.state.retired
        let event: Int?
        do throws(CommandError) {
            event = try await adopt(configuration)
        } catch {
            throw VarlinkError(error)
        }
        let snapshot = publication.current
        let known = Set(before.chairs.map(\.id.text) + before.staff.map(\.id.text))
        let retired = snapshot.state.retired.chairs.map(\.id.text) + snapshot.state.retired.staff.map(\.id.text)
        let now = clock.now
        let breaches = await withCheckedContinuation { (continuation: CheckedContinuation<[BreachMessage]?, Never>) in
            if !pools.searches.run({ continuation.resume(returning: snapshot.breaches(now: now)) }) {
                continuation.resume(returning: nil)
            }
        }
        return ServiceInterface.Reload.Reply(
            changed: event != nil, event: event, retired: retired.filter { !known.contains($0) },
            // It is in force already: with too much waiting it is told here rather than refused.
            breaches: breaches ?? snapshot.breaches(now: now)
        ).object
    }

    /// Brings a configuration into force with its access rights.
    ///
    /// - Returns: the event that records it; nil where nothing changed that planning knows.
    /// - Throws: `ConfigurationRefused` where the visits there are forbid it, or how writing fails.
    func adopt(_ configuration: ConfigurationFile) async throws(CommandError) -> Int? {
        let job = CommandJob(
            of: dependencies.own, zone: configuration.zone,
            refusal: { [dependencies] refusal, snapshot in
                guard case .fixed(let key, let from, let to) = refusal else {
                    return .clinic(ClinicInterface.Failure(refusal, snapshot: snapshot))
                }
                let problem = ProblemMessage(
                    path: "clinic.\(key)", message: "stays \(from) once a visit exists, found \(to)")
                dependencies.configurationRefused(1, problem.path)
                return .service(.configurationRefused(problems: [problem]))
            }
        ) { _ in .configuration(.adopt(configuration.clinic)) }
        let result = try await writer.run(job)
        callers.change(to: AccessRights(configuration.access, users: users))
        guard case .done(let outcome, _) = result else { return nil }
        return outcome.events.last?.number
    }
}

extension Snapshot {
    /// Visits still to come that break a rule of the configuration in force, ascending by start.
    func breaches(now: Instant) -> [BreachMessage] {
        var breaches: [BreachMessage] = []
        for course in state.courses.values where course.status.isOpen {
            for visit in state.visits(of: course) where visit.status.isOpen && visit.place.minute > now.minute {
                guard let day = calendar.calendars[visit.day],
                    let rule = state.brokenRules(of: visit, on: calendar, day, now: now).first
                else { continue }
                breaches.append(
                    BreachMessage(
                        visit: visit.id.text, course: course.id.text,
                        start: offsets.instant(minute: visit.place.minute), rule: rule.rawValue))
            }
        }
        return breaches.sorted { ($0.start, $0.visit) < ($1.start, $1.visit) }
    }
}
