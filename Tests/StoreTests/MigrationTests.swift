import Clinic
import GRDB
import Planning
import Testing

@testable import Store

/// Databases of older programs.
@Suite struct MigrationTests {
    @Test func aCourseOfTheFirstSchemaIsReadAsOneToWhichNothingHappened() throws {
        let queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: Schema.migrations[0])
            try database.execute(sql: "PRAGMA user_version = 1; PRAGMA foreign_keys = OFF")
            try database.execute(
                sql: """
                    INSERT INTO course VALUES ('c1', 'p1', 'r1', 'active', NULL,
                        '{"earliest":"2026-03-02","startWithinDays":14}', 9, 60);
                    INSERT INTO visit VALUES ('v1', 'c1', 'p1', 1, 'infusion', 'iv', 'confirmed', NULL, NULL,
                        '2026-03-02', '2026-03-02T09:00', 1000, 'chair-1', '["rn-1"]', NULL, 1, 0, NULL, '{}')
                    """)
            try Schema.migrate(database)
            #expect(try Schema.version(of: database) == Schema.migrations.count)
            let template = Template(id: "r1", regimen: Sample.regimens[1], visitTypes: [Sample.infusion])
            let loading = Loading(database: database)
            let course = try #require(try loading.courses("id = 'c1'", [:], templates: ["r1": template]).first)
            #expect(course.changedBy == 9 && course.progress == CourseProgress())
            let visit = try #require(try loading.visits("id = 'v1'", [:], courses: { _ in course }).first)
            #expect(!visit.needsCall && !visit.isForgone && visit.facts.isEmpty && visit.told)
        }
    }

    @Test func aDatabaseWithoutLatestDaysAndPlacesThatWereAskedForOpensAndIsWhatItsRecordGives() throws {
        let scratch = try Scratch()
        var clerk = Clerk(try Store(path: scratch.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        try clerk.give(.patient(.add(PatientDetails(record: "M1"))))
        let wish = CourseWish(earliest: Clerk.first)
        try clerk.give(.course(.book(CourseOrder(patient: "p1", regimen: "mdd", wish: wish))))
        let before = clerk.state
        try clerk.store.close()
        let queue = try DatabaseQueue(path: scratch.path)
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    DROP INDEX visit_given_away;
                    ALTER TABLE visit DROP COLUMN former_patients;
                    DROP INDEX patient_detail_record_key;
                    DROP TABLE patient_detail_before;
                    ALTER TABLE patient_detail DROP COLUMN language;
                    ALTER TABLE patient_detail DROP COLUMN birth_date;
                    ALTER TABLE patient_detail DROP COLUMN record_key;
                    ALTER TABLE patient DROP COLUMN merged_into;
                    ALTER TABLE patient DROP COLUMN closed;
                    ALTER TABLE opening DROP COLUMN reason;
                    ALTER TABLE closure DROP COLUMN reason;
                    ALTER TABLE visit DROP COLUMN latest_day;
                    ALTER TABLE visit DROP COLUMN asked;
                    PRAGMA user_version = 6
                    """)
        }
        try queue.close()
        let now = clerk.now
        clerk = Clerk(try Store(path: scratch.path))
        clerk.now = now
        clerk.state = try clerk.store.load(from: Clerk.first)
        clerk.calendar = planningCalendar(of: clerk.state, calendars: clerk.calendar.calendars)
        #expect(clerk.state == before && clerk.state.visitCount > 3)
        #expect(try clerk.store.verify().findings == [])
        // What is new is written beside what is old.
        let visits = clerk.state.visits(of: try #require(clerk.state.course("c1")))
        for (visit, order) in [(2, VisitOrder.cancel(isMadeUp: true)), (1, .move(PlaceWish(clock: 600)))] {
            let decision = try clerk.give(.visit(.order(visits[visit].id, order, .patientRequest)))
            guard case .accepted = decision else {
                Issue.record("\(decision)")
                return
            }
        }
        let changed = clerk.state.visits(of: try #require(clerk.state.course("c1")))
        #expect(changed.contains { $0.asked == .itself } && changed.contains { $0.latestDay != nil })
        #expect(try clerk.store.load(from: Clerk.first) == clerk.state)
        #expect(try clerk.store.verify().findings == [])
    }

    @Test(arguments: [false, true])
    func aFileInWhichSomethingHappenedGivesNoProposalsNumberAgain(hasEvents: Bool) throws {
        let queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { database in
            for sql in Schema.migrations.prefix(4) { try database.execute(sql: sql) }
            try database.execute(sql: "PRAGMA user_version = 4")
            if hasEvents {
                try database.execute(
                    sql: """
                        INSERT INTO event (number, kind, version, at, uid, user, pid, role, payload, previous, digest)
                        VALUES (1, 'serviceStopped', 1, 0, 0, 'root', 1, 'admin', '{}', zeroblob(32), zeroblob(32))
                        """)
            }
            try Schema.migrate(database)
            let given = try Int.fetchAll(database, sql: "SELECT last FROM number_given ORDER BY kind")
            #expect(given == (hasEvents ? [9_999, 9_999] : []))
        }
    }

    @Test func whatAnOlderProgramKnewOfWhatPatientsHeardIsReadFromItsRowsAsFromItsRecord() throws {
        let statuses: [VisitStatus] = [
            .tentative, .confirmed, .arrived, .completed(.full), .noShow, .notTreated(.ate),
            .cancelled(.early, .patientRequest), .cancelled(.late, .staffing), .omitted,
        ]
        let queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            for migration in Schema.migrations.prefix(4) { try database.execute(sql: migration) }
            try database.execute(sql: "PRAGMA user_version = 4")
            var rows: [VisitID: (status: VisitStatus, isTold: Bool, isToBeTold: Bool)] = [:]
            for status in statuses {
                for flags in [(false, false), (true, false), (false, true), (true, true)] {
                    let id = VisitID("v\(rows.count + 1)")
                    rows[id] = (status, flags.0, flags.1)
                    let stored = StoredStatus(status)
                    let start = rows.count.isMultiple(of: 2) ? "2026-11-01T01:30" : "2026-11-01T01:30-05:00"
                    try database.execute(
                        sql: """
                            INSERT INTO visit (id, course, patient, number, phase, type, status, status_detail,
                                status_reason, day, start, minute, chair, persons, told, pinned, terms, needs_call)
                            VALUES (?, 'c1', 'p1', 1, 'infusion', 'iv', ?, ?, ?, '2026-11-01', ?, 1000, 'chair-1',
                                '["rn-1"]', ?, 0, '{}', ?)
                            """,
                        arguments: [id.text, stored.name, stored.detail, stored.reason, start, flags.0, flags.1])
                }
            }
            try Schema.migrate(database)
            let course = Course(
                id: "c1", patient: "p1",
                template: Template(id: "r1", regimen: Sample.regimens[1], visitTypes: [Sample.infusion]),
                wish: CourseWish(earliest: Clerk.first), status: .active, visits: [], usual: nil, bookedBy: 1,
                bookedAt: Instant(seconds: 1))
            let visits = try Loading(database: database).visits("true", [:], courses: { _ in course })
            #expect(visits.count == rows.count)
            for visit in visits {
                let row = try #require(rows[visit.id])
                let heard = Heard(isTold: row.isTold, isToBeTold: row.isToBeTold, row.status, at: visit.place)
                #expect(visit.heard == heard, "\(row)")
                let flags = try #require(
                    try Row.fetchOne(
                        database, sql: "SELECT told, needs_call FROM visit WHERE id = ?", arguments: [visit.id.text]))
                #expect(flags[0] as Bool == visit.told && flags[1] as Bool == visit.needsCall, "\(row)")
            }
        }
    }
}
