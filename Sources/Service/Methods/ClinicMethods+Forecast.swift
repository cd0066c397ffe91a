internal import Clinic
internal import Configuration
internal import Forecast
internal import Planning
internal import Store
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// What the clinic can take on.
    func forecastMethods() -> [NamedMethod] { [forecastClinic()] }

    private func forecastClinic() -> NamedMethod {
        let method = Method.series { call, series async throws(VarlinkError) in
            do throws(ClinicInterface.Failure) {
                let parameters = try ClinicInterface.ForecastClinic(of: call)
                guard forecastSeats.take() else { throw ClinicInterface.Failure.busy }
                defer { forecastSeats.leave() }
                var (question, forecast) = try await pools.forecasts.result { () throws(ClinicInterface.Failure) in
                    let question = try ForecastQuestion(parameters, self)
                    return (question, question.forecast)
                }
                // A week at a time: another forecast has its turn in between, and who has gone away is noticed.
                while !forecast.isOver {
                    try await send(
                        ClinicInterface.ForecastClinic.Reply(done: forecast.done, total: forecast.total), to: series)
                    let before = forecast
                    forecast = try await pools.forecasts.result { () throws(ClinicInterface.Failure) in
                        var next = before
                        next.advance()
                        return next
                    }
                }
                let lived = forecast
                question.forecast = lived
                let whole = question
                return try await pools.forecasts.result { () throws(ClinicInterface.Failure) in whole.reply.object }
            } catch {
                throw VarlinkError(error)
            }
        }
        return (ClinicInterface.ForecastClinic.bareName, method)
    }

    private func send(_ reply: some WireValue, to series: ReplySeries) async throws(ClinicInterface.Failure) {
        do throws(VarlinkError) {
            try await series.send(reply.object)
        } catch {
            throw .slowReader
        }
    }
}

/// A forecast as it was asked for.
struct ForecastQuestion: Sendable {
    /// The days before today whose record is counted: half a year.
    private static let recordDays = 182

    private let basis: ForecastBasis
    private let options: ForecastOptions
    var forecast: Forecast

    /// Reads what is asked on the present state, and counts its rates.
    init(_ call: ClinicInterface.ForecastClinic, _ methods: ClinicMethods) throws(ClinicInterface.Failure) {
        let now = methods.clock.now
        var snapshot = methods.publication.current
        let today = snapshot.day(at: now)
        let weeks = call.weeks ?? 13
        snapshot = snapshot.supplying(today).reaching(today + weeks * 7 + ForecastBasis.daysBeyond)
        let assumed = try AssumedRates(call.assumed ?? [], snapshot.facility)
        let period = ReportPeriod(from: today - Self.recordDays, through: today - 1)
        let days = snapshot
        let count = try methods.records.report { source in
            var count = RateCount(of: period)
            try source.eachCourse(from: period.from, through: today + ForecastBasis.daysBeyond) { course, visits in
                let booked = course.progress.bookedElsewhere ?? course.bookedAt
                count.add(course, visits, booked: days.day(at: booked))
            }
            return count
        }
        var options = ForecastOptions()
        options.runs = call.runs ?? options.runs
        options.seed = call.seed.map { UInt64($0) } ?? options.seed
        options.waitDays = call.waitDays ?? options.waitDays
        options.searches = call.searches ?? true
        options.bar.inTimePercent = call.inTimePercent ?? options.bar.inTimePercent
        basis = ForecastBasis(
            state: snapshot.state, calendar: snapshot.calendar, now: now, weeks: weeks,
            rates: count.rates(of: snapshot.facility, assumed: assumed))
        self.options = options
        let start = ForecastStart(basis)
        var changes: [(name: String, start: ForecastStart)] = []
        for change in call.changes ?? [] {
            let commands = try change.commands()
            let changed: Result<ForecastStart, ForecastRefusal>
            do throws(NeedsDays) {
                changed = try start.changed(by: ForecastChange(name: change.name, commands: commands))
            } catch {
                throw .unforeseen("a change asks for \(error.through)")
            }
            switch changed {
            case .success(let start): changes.append((change.name, start))
            case .failure(let error): throw ClinicInterface.Failure(error.refusal, snapshot: snapshot)
            }
        }
        forecast = Forecast(start, changes: changes, options: options)
    }

    /// What the last reply says.
    var reply: ClinicInterface.ForecastClinic.Reply {
        ClinicInterface.ForecastClinic.Reply(
            done: forecast.done, total: forecast.total,
            forecast: ForecastAnswerMessage(
                from: basis.today, through: basis.last, weeks: basis.weeks, runs: options.runs,
                seed: Int(clamping: options.seed), waitDays: options.waitDays,
                inTimePercent: options.bar.inTimePercent, waitingPercent: options.bar.waitingPercent,
                rates: basis.rates.messages, outlooks: forecast.outlooks.map { ForecastOutlookMessage($0) }))
    }
}

extension ForecastChangeMessage {
    /// What is done for it on the first day, another configuration first.
    fileprivate func commands() throws(ClinicInterface.Failure) -> [Command] {
        var commands: [Command] = []
        if let text = configuration {
            do throws(ConfigurationError) {
                let file = try readConfiguration(Array(text.utf8), file: "configuration")
                commands.append(.configuration(.adopt(file.clinic)))
            } catch {
                let problem = error.problems[0]
                throw .invalidValue(
                    field: "changes", message: "\(name): \(problem.path): \(problem.message)", hint: problem.hint)
            }
        }
        commands += (openings ?? []).map {
            .availability(.addOpening(Opening(day: $0.day, hours: $0.hours.interval)))
        }
        commands += (shifts ?? []).map {
            .availability(.addShift(ExtraShift(person: PersonID($0.person), day: $0.day, hours: $0.hours.interval)))
        }
        return commands
    }
}

extension AssumedRates {
    /// What somebody says, of what the clinic has.
    fileprivate init(
        _ messages: [ForecastAssumptionMessage], _ facility: Facility
    ) throws(ClinicInterface.Failure) {
        self.init()
        for message in messages {
            func regimen() throws(ClinicInterface.Failure) -> Regimen {
                let id = RegimenID(message.regimen ?? "")
                guard let regimen = facility.regimen(id) else { throw .noSuchRegimen(regimen: id.text, hint: nil) }
                return regimen
            }
            func phase(_ has: (Phase) -> Bool, _ what: String) throws(ClinicInterface.Failure) -> RegimenPhase {
                let regimen = try regimen()
                guard let phase = regimen.phases.first(where: { $0.name == message.phase }), has(phase) else {
                    throw .invalidValue(
                        field: "assumed", message: "\(regimen.id) has no phase \(message.phase ?? "") with \(what)",
                        hint: nil)
                }
                return RegimenPhase(regimen.id, phase.name)
            }
            func value(_ most: Int) throws(ClinicInterface.Failure) -> Int {
                guard (0...most).contains(message.value) else {
                    throw .invalidValue(
                        field: "assumed", message: "expected 0 to \(most) for \(message.rate), found \(message.value)",
                        hint: nil)
                }
                return message.value
            }
            switch message.rate {
            case .earlyCancellation: losses[.earlyCancellation] = try value(1000)
            case .lateCancellation: losses[.lateCancellation] = try value(1000)
            case .noShow: losses[.noShow] = try value(1000)
            case .notTreated: losses[.notTreated] = try value(1000)
            case .givenUp: losses[.givenUp] = try value(1000)
            case .gate: gates[try phase({ $0.gate != nil }, "a gate")] = try value(100)
            case .stop: stops[try phase({ $0.stops != nil }, "a stop")] = try value(100)
            case .referrals: referrals = (referrals ?? [:]).merging([try regimen().id: try value(10_000)]) { $1 }
            case .unknown:
                throw .invalidValue(field: "assumed", message: "there is no such rate", hint: nil)
            }
        }
    }
}
