import Clinic
import Foundation
import Planning
import Store
import Systemd
import Testing
import Wire

@testable import Service

/// What the page and the catalogue say of one kind of message.
private struct ToldKind {
    /// The names of its fields by the page, without the event's and its author's.
    var onPage: Set<String>
    /// Whether it is sent without an event.
    var hasNoEvent: Bool
    /// The names of the fields that its catalogue text shows.
    var inCatalogue: Set<String>
}

/// The kinds by MESSAGE_ID as docs/journal.md section 3 and systemd/infusiond.catalog have them.
private func toldKinds() throws -> [String: ToldKind] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/journal.md"), encoding: .utf8)
    var kinds: [String: ToldKind] = [:]
    for row in page.matches(of: #/\| `\w+` \| `([0-9a-f]{32})` \| \w+ \| ([^|]*)\| ([^|]*)\|/#) {
        let fields = row.output.2.matches(of: #/`(\w+)`/#).map { "INFUSIOND_\($0.output.1)" }
        kinds[String(row.output.1)] = ToldKind(
            onPage: Set(fields), hasNoEvent: row.output.3.contains("Without EVENT and ACTOR"), inCatalogue: [])
    }
    let catalogue = try String(contentsOf: root.appending(path: "systemd/infusiond.catalog"), encoding: .utf8)
    for part in catalogue.components(separatedBy: "\n-- ").dropFirst() {
        let shown = part.matches(of: #/@(\w+)@/#).map { String($0.output.1) }
        kinds[String(part.prefix(32))]?.inCatalogue = Set(shown)
    }
    return kinds
}

@Suite("What the journal's page, the catalogue and the entries have in common")
struct JournalFieldTests {
    private let world: World
    private let state: ClinicState
    private let visit: Visit
    private let course: Course

    init() async throws {
        world = try await World()
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        state = world.service.publication.current.state
        visit = try #require(state.visit("v1"))
        course = try #require(state.course("c1"))
    }

    @Test("an entry of every kind has the fields of the page's row, and all that its catalogue text shows")
    func fields() async throws {
        let kinds = try toldKinds()
        #expect(kinds.count == MessageKind.allCases.count)
        var sent: [String: [Set<String>]] = [:]
        for entry in try everyEntry() {
            let id = try #require(entry.messageID).description
            sent[id, default: []].append(Set(entry.fields.map(\.name)))
        }
        let always: Set = ["INFUSIOND_EVENT", "INFUSIOND_ACTOR"]
        for kind in MessageKind.allCases {
            let told = try #require(kinds[kind.id.description], "\(kind) is not on the page")
            let entries = try #require(sent[kind.id.description], "no entry of the kind \(kind)")
            let onPage = told.hasNoEvent ? told.onPage : told.onPage.union(always)
            let ever = entries.reduce(Set<String>()) { $0.union($1) }
            #expect(ever == onPage, "\(kind): page and entries differ in \(ever.symmetricDifference(onPage).sorted())")
            let inAll = entries.dropFirst().reduce(entries[0]) { $0.intersection($1) }
            let absent = told.inCatalogue.subtracting(inAll).sorted()
            #expect(absent.isEmpty, "\(kind): its catalogue text shows \(absent), which an entry may lack")
        }
        try await world.close()
    }

    // MARK: An entry of every kind, some in several forms

    private func everyEntry() throws -> [JournalEntry] {
        let events =
            try world.service.store.readableEvents(after: 0, limit: 100).map { try $0.1.get().event }
            + changes() + scheduleChanges() + waiting() + alerts()
        let caller = Caller(uid: 0, user: "u", pid: 1, role: .admin)
        let recorded = RecordedEvent(
            number: 99, at: World.start, caller: caller, reason: nil, request: nil, event: .service(.stopped))
        let text = JournalText(recorded: recorded, snapshot: world.service.publication.current)
        return events.flatMap(entries) + [
            text.unattended(visit), .storageFailed(.io(code: 10, duringCommit: true)),
            .configurationRefused(2, firstAt: "chairs[0].id"),
        ]
    }

    private func entries(of event: Event) -> [JournalEntry] {
        let caller = Caller(uid: 0, user: "u", pid: 1, role: .admin)
        let recorded = RecordedEvent(
            number: 99, at: World.start, caller: caller, reason: nil, request: nil, event: event)
        return Service.entries(of: recorded, world.service.publication.current)
    }

    private func changed(_ action: CourseAction, _ status: VisitStatus) -> CourseChanged {
        var after = visit.image
        after.status = status
        return CourseChanged(
            action: action, course: course.id, patient: course.patient, about: visit.id, before: course.image,
            after: course.image, visits: [.init(id: visit.id, before: visit.image, after: after)])
    }

    private func changes() -> [Event] {
        let refused = [[Rule.chairFree], []].map { rules in
            Event.course(
                .refused(CourseRefused(patient: course.patient, regimen: "one", visit: 1, phase: "only", rules: rules)))
        }
        let changes: [(CourseAction, VisitStatus)] = [
            (.visitNotShown, .noShow), (.visitNotTreated, .notTreated(.vitals)),
            (.visitCancelled, .cancelled(.late, .transport)), (.visitOmitted, .omitted), (.courseAdopted, .tentative),
            (.courseHeld, .cancelled(.early, .clinical)), (.courseCeased, .cancelled(.early, .clinical)),
        ]
        return refused + changes.map { .course(.changed(changed($0, $1))) } + [.service(.stopped)]
    }

    private func scheduleChanges() -> [Event] {
        let next = PromisedTime(day: visit.day + 1, clock: visit.place.start.clock)
        let later = Place(
            start: next, minute: visit.place.minute + 1440, chair: visit.place.chair, persons: visit.place.persons)
        let move = ScheduleChange.Move(
            visit: visit.id, course: course.id, from: visit.place, to: later, rules: [.attendantOnDuty])
        let ofCourse = RepairProposed.OfCourse(
            course: course.id, patient: course.patient, isCalled: true, moves: [move])
        let subjects: [Subject] = [.person("rn-1"), .chair("chair-1")]
        return [
            .repair(
                .proposed(
                    RepairProposed(
                        proposal: "rp1", day: nil, lost: subjects, courses: [ofCourse], unresolved: [], isBest: true))),
            .repair(
                .changed(
                    ScheduleChanged(purpose: .repair, day: nil, changes: [changed(.courseRepaired, .tentative)]))),
        ]
            + (subjects + [.clinic]).map {
                .visit(.hit(VisitsHit(subject: $0, visits: [.init(visit: visit.id, rules: [])])))
            }
    }

    private func waiting() -> [Event] {
        let move = Offer.Move(
            visit: visit.id, visitType: "hour", from: visit.place, to: visit.place, hold: visit.visitType.hold)
        let offer = Offer(
            id: "f1", entry: "w1", course: course.id, patient: course.patient, moves: [move], until: World.start,
            gain: OfferGain(costSaved: 1, daysEarlier: 1, total: 1))
        let places = [nil, visit.id].map { id in
            FreedPlace(day: visit.day, chair: visit.place.chair, interval: visit.holdInterval, visit: id)
        }
        let events: [WaitingEvent] =
            [.offerMade(offer), .offerClosed(OfferClosed(offer: offer, outcome: .expired))]
            + places.map { .placesFreed(PlacesFreed(course: course.id, places: [.init(place: $0, entries: ["w1"])])) }
        return events.map { .waiting($0) }
    }

    private func alerts() -> [Event] {
        Alert.Kind.allCases.map { kind in
            let (subject, detail): (Subject, String) =
                switch kind {
                case .visitReminder, .visitToConfirm, .escortMissing, .prerequisiteMissing, .visitLate, .visitOverrun:
                    (.visit(visit.id), "care")
                case .credentialExpiring: (.person("rn-1"), "licence")
                case .gateDue, .gateMissed, .inductionSlipping, .goalAtRisk: (.course(course.id), "only")
                case .courseInterrupted, .holdExpired: (.course(course.id), "")
                case .authorisationShort: (.course(course.id), visit.id.text)
                case .checkDue, .taskDue: (.course(course.id), "\(visit.id)/form")
                case .reviewDue: (.course(course.id), "\(visit.id)/review")
                }
            return .alert(.raised(Alert(kind, subject, detail, due: World.start)))
        }
    }
}
