import GRDB
import Testing

@testable import Store

/// The triggers against a plain count of every minute.
@Suite struct TriggerTests {
    private struct Row: Equatable {
        var resource: Int
        var start: Int
        var until: Int
        var load: Int
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func chairsAreRefusedExactlyWhereTheyAreTaken(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let queue = try database()
        try queue.writeWithoutTransaction { database in
            var rows: [Int: Row] = [:]
            var refused = 0
            for step in 0..<3_500 {
                let key = dice.roll(0..<60)
                if rows[key] != nil, dice.once(in: 3) {
                    try database.execute(sql: "DELETE FROM chair_booking WHERE visit = ?", arguments: ["v\(key)"])
                    rows[key] = nil
                    continue
                }
                let row = row(&dice, lengths: dice.once(in: 20) ? 2_700..<2_881 : 1..<90)
                let others = rows.filter { $0.key != key }.values
                let isFree = others.allSatisfy {
                    $0.resource != row.resource || $0.until <= row.start || row.until <= $0.start
                }
                let done = accepts {
                    if rows[key] == nil {
                        try database.execute(
                            sql: "INSERT INTO chair_booking VALUES (?, ?, ?, ?, '', '', '')",
                            arguments: ["v\(key)", "c\(row.resource)", row.start, row.until])
                    } else {
                        try database.execute(
                            sql: "UPDATE chair_booking SET chair = ?, start = ?, until = ? WHERE visit = ?",
                            arguments: ["c\(row.resource)", row.start, row.until, "v\(key)"])
                    }
                }
                #expect(done == isFree, "seed \(seed), step \(step)")
                if done { rows[key] = row } else { refused += 1 }
            }
            #expect(refused > 500 && rows.count > 10)
        }
    }

    @Test(arguments: [UInt64(4), 5, 6])
    func peopleAreRefusedExactlyWhereTheirLoadsPeakAboveCapacity(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let queue = try database()
        try queue.writeWithoutTransaction { database in
            var rows: [Int: Row] = [:]
            var refused = 0
            for step in 0..<3_500 {
                let key = dice.roll(0..<60)
                if rows[key] != nil, dice.once(in: 3) {
                    try database.execute(sql: "DELETE FROM staff_booking WHERE run = ?", arguments: [key])
                    rows[key] = nil
                    continue
                }
                let row = row(&dice, lengths: dice.once(in: 20) ? 2_700..<2_881 : 1..<90)
                let others = rows.filter { $0.key != key && $0.value.resource == row.resource }.values
                let peak = (row.start..<row.until).map { minute in
                    others.filter { $0.start <= minute && minute < $0.until }.reduce(row.load) { $0 + $1.load }
                }.max()!
                let capacity = row.resource == 0 ? 60 : 100
                let done = accepts {
                    if rows[key] == nil {
                        try database.execute(
                            sql: "INSERT INTO staff_booking VALUES ('v', ?, 'nurse', ?, ?, 0, ?, ?, '', '', '')",
                            arguments: [key, "n\(row.resource)", row.load, row.start, row.until])
                    } else {
                        try database.execute(
                            sql: "UPDATE staff_booking SET person = ?, load = ?, start = ?, until = ? WHERE run = ?",
                            arguments: ["n\(row.resource)", row.load, row.start, row.until, key])
                    }
                }
                #expect(done == (row.load == 0 || peak <= capacity), "seed \(seed), step \(step)")
                if done { rows[key] = row } else { refused += 1 }
            }
            #expect(refused > 300 && rows.count > 10)
        }
    }

    @Test func aHoldMayLastAsLongAsTheBoundAndNoLonger() throws {
        try database().writeWithoutTransaction { database in
            let sql = "INSERT INTO chair_booking VALUES (?, 'c0', 0, ?, '', '', '')"
            #expect(!accepts { try database.execute(sql: sql, arguments: ["v1", Schema.longestHoldMinutes + 1]) })
            #expect(!accepts { try database.execute(sql: sql, arguments: ["v1", 0]) })
            #expect(accepts { try database.execute(sql: sql, arguments: ["v1", Schema.longestHoldMinutes]) })
        }
    }

    @Test func boundsAreHalfOpen() throws {
        try database().writeWithoutTransaction { database in
            func add(_ visit: String, _ start: Int, _ until: Int) -> Bool {
                accepts {
                    try database.execute(
                        sql: "INSERT INTO chair_booking VALUES (?, 'c0', ?, ?, '', '', '')",
                        arguments: [visit, start, until])
                }
            }
            #expect(add("v1", 100, 200))
            #expect(add("v2", 200, 300) && add("v3", 0, 100))
            #expect(!add("v4", 299, 301) && !add("v5", 199, 200) && !add("v6", 100, 101))
        }
    }

    private func database() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.writeWithoutTransaction { database in
            try Schema.migrate(database)
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            for (id, capacity) in [("n0", 60), ("n1", 100)] {
                try database.execute(
                    sql: "INSERT INTO person VALUES (?, 0, '', '[]', ?, 0)", arguments: [id, capacity])
            }
        }
        return queue
    }

    private func row(_ dice: inout Dice, lengths: Range<Int>) -> Row {
        let start = dice.roll(0..<4_000)
        return Row(
            resource: dice.roll(0..<2), start: start, until: start + dice.roll(lengths),
            load: dice.pick([0, 20, 20, 20, 40, 60, 100]))
    }

    private func accepts(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return false
        } catch {
            Issue.record("\(error)")
            return false
        }
    }
}
