package import ClinicTime
package import Planning
package import StrictJSON

/// What an answer file says.
package struct AnswerFile: Sendable {
    /// The outcomes in the order of the problem's courses; a course that the file leaves out has none.
    package var answer: Answer
    /// Where the file contradicts itself or leaves something out: sums, ends and differences that are not those of the
    /// visits, courses missing, twice or out of order. They are for whoever checks the answer; it can be read anyhow.
    package var misstatements: [JSONProblem]
}

/// Reads the answer file to a problem, whose clinic's clocks are those of `zone`.
///
/// - Throws: everything for which it cannot be read.
package func readAnswer(
    _ bytes: [UInt8], file: String, to problem: Problem, zone: ClinicZone
) throws(ConfigurationError) -> AnswerFile {
    let reading = AnswerReading(problem: problem, zone: zone)
    return try decode(bytes, file: file) { reader in
        reader.object { fields in
            _ = fields.value("format") { $0.format("infusion-answer/1") }
            let plans = fields.array("plans", of: reading.plan)
            let refusals = fields.array("refusals", of: reading.refusal)
            guard let plans, let refusals else { return nil }
            reading.checkOrder(plans.map(\.course), key: "plans", fields)
            reading.checkOrder(refusals.map(\.course), key: "refusals", fields)
            let outcomes = plans.map { ($0.course, Outcome.plan($0)) } + refusals.map { ($0.course, .refusal($0)) }
            let byCourse = Dictionary(outcomes) { first, _ in first }
            reading.checkCourses(outcomes.map(\.0), fields)
            return AnswerFile(
                answer: Answer(outcomes: problem.courses.compactMap { byCourse[$0.id] }),
                misstatements: reading.misstatements)
        }
    }
}

private final class AnswerReading {
    private let problem: Problem
    private let zone: ClinicZone
    private let visitTypes: [VisitTypeID: VisitType]
    private let persons: [PersonID]
    private let chairs: [ChairID]
    private(set) var misstatements: [JSONProblem] = []
    /// What a plan may cost: more than any weights and days come to, and little enough to be added up.
    private let costs = 0...1_000_000_000_000

    init(problem: Problem, zone: ClinicZone) {
        self.problem = problem
        self.zone = zone
        visitTypes = Dictionary(problem.facility.visitTypes.map { ($0.id, $0) }) { first, _ in first }
        persons = problem.facility.staff.map(\.id)
        chairs = problem.facility.chairs.map(\.id)
    }

    func plan(_ reader: JSONReader) -> Plan? {
        reader.object { fields in
            let course = fields.value("course") { known($0, "course", problem.courses.map(\.id)) }
            let cost = fields.integer("cost", costs)
            let usual = fields.optional("usual") { $0.clock() }
            let terms = fields.value("terms", terms)
            let visits = fields.array("visits", of: visit)
            let alternatives = fields.array("alternatives", default: [], of: alternative)
            guard let course, let cost, let terms, let visits else { return nil }
            let plan = Plan(
                course: course, usual: usual, visits: visits, alternatives: alternatives.map(\.alternative))
            state(cost == plan.cost, fields, "cost", "cost \(cost) is not the sum of its visits' terms (\(plan.cost))")
            state(terms == plan.terms, fields, "terms", "the terms are not the sums of its visits' terms")
            for (alternative, difference) in alternatives {
                state(
                    difference == alternative.cost - cost, fields, "alternatives",
                    "difference \(difference) is not that of the costs (\(alternative.cost - cost))")
            }
            return plan
        }
    }

    private func alternative(_ reader: JSONReader) -> (alternative: Alternative, difference: Int)? {
        reader.object { fields in
            let cost = fields.integer("cost", costs)
            let difference = fields.integer("difference", -costs.upperBound...costs.upperBound)
            let terms = fields.value("terms", terms)
            let visits = fields.array("visits", of: visit)
            guard let cost, let difference, let terms, let visits else { return nil }
            let read = Alternative(visits: visits, difference: difference)
            state(cost == read.cost, fields, "cost", "cost \(cost) is not the sum of its visits' terms (\(read.cost))")
            state(terms == read.terms, fields, "terms", "the terms are not the sums of its visits' terms")
            return (read, difference)
        }
    }

    private func terms(_ reader: JSONReader) -> CostTerms? {
        reader.object { fields in
            var terms = CostTerms()
            var isWhole = true
            // Answers of before these terms are read as ever.
            let newer: Set<CostTerm> = [.spare, .site, .session]
            for term in CostTerm.allCases {
                let costs = 0...1_000_000_000
                let value =
                    newer.contains(term)
                    ? fields.integer(term.rawValue, costs, default: 0) : fields.integer(term.rawValue, costs)
                terms[term] = value ?? 0
                isWhole = isWhole && value != nil
            }
            return isWhole ? terms : nil
        }
    }

    private func visit(_ reader: JSONReader) -> PlannedVisit? {
        reader.object { fields in
            let number = fields.integer("number", 1...10_000)
            let phase = fields.value("phase") { $0.name() }
            let typeID = fields.value("visit") { known($0, "visit type", Array(visitTypes.keys)) }
            let type = typeID.flatMap { visitTypes[$0] }
            let start = fields.value("start") { $0.moment(in: zone) }
            let end = fields.value("end") { $0.moment(in: zone) }
            let chair = fields.value("chair") { known($0, "chair", chairs) }
            let persons = fields.value("attendants") { reader in readPersons(reader, of: type, person: person) }
            let covers = fields.array("covers", default: []) { reader in
                readCover(reader, of: type, start: start, zone: zone, person: person)
            }
            let terms = fields.value("terms", terms)
            guard let number, let phase, let type, let start, let end, let chair, let persons, let terms else {
                return nil
            }
            state(
                end.minute - start.minute == type.length, fields, "end",
                "the visit ends \(end.minute - start.minute) minutes after its start (its stages take \(type.length))")
            let placement = Placement(
                day: start.day, start: start.elapsed, chair: chair, persons: persons, covers: covers)
            return PlannedVisit(number: number, phase: phase, visitType: type, placement: placement, terms: terms)
        }
    }

    func refusal(_ reader: JSONReader) -> Refusal? {
        reader.object { fields in
            let course = fields.value("course") { known($0, "course", problem.courses.map(\.id)) }
            let visit = fields.integer("visit", 1...10_000)
            let phase = fields.value("phase") { $0.name() }
            let days = fields.array("days", of: closedDay)
            let remedies = fields.array("wouldHelp", of: remedy)
            guard let course, let visit, let phase, let days, let remedies else { return nil }
            return Refusal(course: course, visit: visit, phase: phase, days: days, wouldHelp: remedies)
        }
    }

    private func closedDay(_ reader: JSONReader) -> Refusal.ClosedDay? {
        reader.object { fields in
            let day = fields.value("day") { $0.day() }
            let rule = fields.value("closedBy") { $0.choice(among: Rule.allCases.map(\.rawValue) + ["several"]) }
            guard let day, let rule else { return nil }
            return Refusal.ClosedDay(day: day, closedBy: Rule(rawValue: rule))
        }
    }

    private func remedy(_ reader: JSONReader) -> Refusal.Remedy? {
        reader.object { fields in
            let kind = fields.choice("kind", of: Refusal.Remedy.Kind.self)
            let target = fields.value("target") { $0.name() }
            let amount = fields.integer("amount", 1...10_000)
            let cost = fields.integer("cost", 0...1_000_000_000)
            guard let kind, let target, let amount, let cost else { return nil }
            return Refusal.Remedy(kind: kind, target: target, amount: amount, cost: cost)
        }
    }

    private func person(_ reader: JSONReader) -> PersonID? { known(reader, "person", persons) }

    private func known<Thing>(
        _ reader: JSONReader, _ kind: String, _ ids: [Identifier<Thing>]
    ) -> Identifier<Thing>? {
        ClinicJSON.known(reader, kind, ids)
    }

    func checkOrder(_ found: [CourseID], key: String, _ fields: JSONFields) {
        let places = Dictionary(problem.courses.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let order = found.compactMap { places[$0] }
        state(order == order.sorted(), fields, key, "the courses do not stand in the problem's order")
    }

    func checkCourses(_ found: [CourseID], _ fields: JSONFields) {
        if let twice = firstTwice(found) {
            state(false, fields, nil, "course \(quote(twice.text)) has more than one outcome")
        }
        for course in problem.courses where !found.contains(course.id) {
            state(false, fields, nil, "course \(quote(course.id.text)) has neither plan nor refusal")
        }
    }

    /// Keeps a misstatement where something does not hold.
    private func state(_ holds: Bool, _ fields: JSONFields, _ key: String?, _ message: String) {
        guard !holds else { return }
        let place = fields.reader.pathText
        let path = key.map { place.isEmpty ? $0 : "\(place).\($0)" } ?? place
        misstatements.append(JSONProblem(path: path, message: message))
    }
}
