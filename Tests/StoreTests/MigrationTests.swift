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
}
