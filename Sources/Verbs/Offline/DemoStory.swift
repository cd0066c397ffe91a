internal import Glibc
import Planning
import StrictJSON
import Wire

/// What the demonstration does, and shows.
struct DemoStory {
    private let clinic: DemoClinic
    private let count: Int
    private let style = Style.standardOutput
    private var daemon: DaemonConnection { clinic.daemon }

    /// A story of a number of patients.
    init(_ clinic: DemoClinic, patients count: Int) {
        self.clinic = clinic
        self.count = count
    }

    /// Tells the story, one command after another.
    func tell() throws {
        let status = try daemon.call(ServiceInterface.Status())
        try say(
            "\(status.clinic) opens on \(status.today.long); it is \(clockText(status.now)), by a simulated clock.",
            "\(count) patients want courses.")
        let booked = try book(try addPatients(), today: status.today)
        try showBooked(booked)
        guard let longest = booked.max(by: { $0.visits < $1.visits }) else { return }
        try showCourse(longest.course)
        try showBusiestDay(from: status.today)
        try showRefusal(status.today)
        try showEnd()
    }

    // MARK: Booking

    private struct Booked {
        var course: String
        var regimen: String
        var visits: Int
    }

    private func addPatients() throws -> [String] {
        let patients = (1...count).map { NewPatientMessage(recordNumber: "DEMO-\(padded($0, 3))") }
        return try daemon.call(ClinicInterface.ImportPatients(patients: patients)).ids
    }

    private func book(_ patients: [String], today: Day) throws -> [Booked] {
        let regimens = try daemon.call(ClinicInterface.ListRegimens()).regimens.map(\.id)
        var booked: [Booked] = []
        for (index, patient) in patients.enumerated() {
            progress(index + 1)
            let wishes = DemoWishes(number: index)
            let regimen = regimens[index % max(1, regimens.count)]
            let asked = [wishes.course(patient, regimen, today: today), wishes.patient(patient, regimen, today: today)]
            for course in asked {
                if let reply = try bookIfPossible(course) {
                    booked.append(Booked(course: reply.id, regimen: regimen, visits: reply.visits.count))
                    break
                }
            }
        }
        progress(nil)
        return booked
    }

    /// Books a course; nil where there is no plan.
    private func bookIfPossible(_ course: CourseRequestMessage) throws -> ClinicInterface.BookCourse.Reply? {
        do {
            return try daemon.call(ClinicInterface.BookCourse(course: course))
        } catch let failure as Failure where failure.status == .refused {
            return nil
        }
    }

    private func progress(_ number: Int?) {
        guard Console.current.isTerminal(.errors) else { return }
        Output.mutter(number.map { "\rbooking course \($0) of \(count)" } ?? "\r\u{1B}[K")
    }

    // MARK: Showing

    private func showBooked(_ booked: [Booked]) throws {
        var table = TextTable(("regimen", .left), ("courses", .right), ("visits", .right))
        for (regimen, courses) in Dictionary(grouping: booked, by: \.regimen).sorted(by: { $0.key < $1.key }) {
            table.add(regimen, "\(courses.count)", "\(courses.reduce(0) { $0 + $1.visits })")
        }
        table.add("in all", "\(booked.count)", "\(booked.reduce(0) { $0 + $1.visits })")
        try say(["Each was planned exactly, checked and written to the database:", ""] + table.lines(style))
    }

    private func showCourse(_ course: String) throws {
        try heading("one course in full", "infusionctl course show \(course)")
        try say(courseLines(try daemon.call(ClinicInterface.ShowCourse(course: course)), style))
    }

    private func showBusiestDay(from today: Day) throws {
        let days = try daemon.call(ClinicInterface.Week(from: today, days: 42)).summary
        guard let busiest = days.max(by: { ($0.visits, -$0.day.number) < ($1.visits, -$1.day.number) }) else { return }
        try heading("the busiest day", "infusionctl day \(busiest.day)")
        try say(boardLines(try daemon.call(ClinicInterface.Day(day: busiest.day)).board, style))
    }

    private func showRefusal(_ today: Day) throws {
        let newcomer = try daemon.call(ClinicInterface.AddPatient(recordNumber: "DEMO-LATE")).patient
        guard let (asked, reply) = try tellingRefusal(newcomer, today), let refusal = reply.refusal else { return }
        try heading("a refusal, and what would help", ProposeLine(asked).text)
        try say(Failure.noPlan(refusal, asked: ProposeLine(asked), names: reply.people, isInJSON: false).lines(style))
    }

    /// A wish that is refused, and the refusal: one with at least three ways out, or else with the most.
    private func tellingRefusal(
        _ patient: String, _ today: Day
    ) throws -> (asked: CourseRequestMessage, reply: ClinicInterface.ProposeCourse.Reply)? {
        var found: (asked: CourseRequestMessage, reply: ClinicInterface.ProposeCourse.Reply)?
        // Short courses of several visits are quick to try.
        let regimens = try daemon.call(ClinicInterface.ListRegimens()).regimens.filter {
            (5...8).contains($0.visits ?? 0)
        }
        for regimen in regimens.map(\.id).reversed() {
            for window in DemoWishes.narrow {
                let asked = CourseRequestMessage(
                    patient: patient, regimen: regimen, earliest: today + 1, startWithinDays: 5,
                    availability: [window], usual: ClockTime(minutes: 600))
                let reply = try daemon.call(ClinicInterface.ProposeCourse(course: asked))
                guard let refusal = reply.refusal, !refusal.days.isEmpty else { continue }
                if refusal.wouldHelp.count >= 3 { return (asked, reply) }
                if refusal.wouldHelp.count > found?.reply.refusal?.wouldHelp.count ?? -1 { found = (asked, reply) }
            }
        }
        return found
    }

    private func showEnd() throws {
        let verified = try daemon.call(ServiceInterface.Verify())
        try heading("where it all lies", "infusionctl verify")
        try say(
            verified.sound
                ? "sound: \(counted(verified.events, "event")) rebuild every table as it is"
                : verified.problems.joined(separator: "\n"),
            "", "The daemon of this demonstration ends now; its database stays:", "  \(clinic.database)",
            "To look into it:",
            "  sqlite3 -readonly \(clinic.database) \\",
            "    'SELECT start_local, chair, visit FROM chair_booking ORDER BY start LIMIT 5'", "To go on with it:",
            "  infusiond --config \(clinic.configuration) --simulate-from \(clinic.start.text) \\",
            "    --socket \(clinic.folder)/socket --database \(clinic.database)")
    }

    private func heading(_ title: String, _ line: String) throws {
        try say("", style.bold("── \(title) ──"), style.dim("$ \(line)"), "")
    }

    private func say(_ lines: String...) throws { try Output.write(lines: lines) }

    private func say(_ lines: [String]) throws { try Output.write(lines: lines) }
}
