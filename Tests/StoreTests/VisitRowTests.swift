import Clinic
import GRDB
import Planning
import StrictJSON
import Testing

@testable import Store

/// Visits in the rows of their table.
@Suite struct VisitRowTests {
    @Test func everyStatusSurvivesTheWayIntoItsColumnsAndBack() {
        let statuses =
            [.tentative, .confirmed, .arrived, .inProgress(stage: 0), .inProgress(stage: 3), .noShow, .omitted]
            + VisitStatus.Given.allCases.map { VisitStatus.completed($0) }
            + VisitStatus.NotTreatedReason.allCases.map { VisitStatus.notTreated($0) }
            + VisitStatus.Notice.allCases.flatMap { notice in
                Reason.Code.allCases.map { VisitStatus.cancelled(notice, $0) }
            }
        for status in statuses { #expect(StoredStatus(status).status == status) }
        #expect(StoredStatus(name: "cancelled", detail: "early", reason: nil).status == nil)
        #expect(StoredStatus(name: "lost", detail: nil, reason: nil).status == nil)
    }

    @Test func aVisitSurvivesTheWayIntoItsRowAndOccupiesOnlyAsItsStatusSays() throws {
        let template = Template(id: "r1", regimen: Sample.regimens[1], visitTypes: [Sample.infusion])
        let course = Course(
            id: "c1", patient: "p1", template: template, wish: PayloadTests.booked.wish, status: .onHold, visits: [],
            usual: nil, bookedBy: 1, bookedAt: Instant(seconds: 1))
        let booked = PayloadTests.booked.visits[0].image
        let statuses: [VisitStatus] = [.inProgress(stage: 2), .cancelled(.late, .weather), .completed(.partial)]
        let queue = try DatabaseQueue()
        for (index, status) in statuses.enumerated() {
            let visit = Visit(
                VisitID("v\(index)"),
                VisitImage(
                    number: index + 1, phase: "induction", visitType: "iv", status: status,
                    place: booked.place.retimed(to: booked.place.minute + index * 1440),
                    heard: [nil, .calledOff, .unsure(booked.place.start)][index],
                    pinned: index == 1, overrides: index == 2 ? [.gap: .clinical, .leadTime: .other] : [:],
                    terms: booked.terms, latestDay: [nil, Clerk.first + 9, Clerk.first][index],
                    asked: [.itself, .along, nil][index],
                    formerPatients: index == 1 ? [FormerPatient(patient: "p2", heard: .unsure(nil))] : []),
                of: "c1", "p1", Sample.infusion)
            try queue.writeWithoutTransaction { database in
                if index == 0 {
                    try Schema.migrate(database)
                    try database.execute(sql: "PRAGMA foreign_keys = OFF")
                    for id in ["rn-1", "rn-2"] {
                        try database.execute(
                            sql: "INSERT INTO person VALUES (?, 0, '', '[]', 60, 0)", arguments: [id])
                    }
                }
                try Projection(database: database).write(visit, of: ClinicState())
                let read = try Loading(database: database).visits("id = ?", [visit.id.text], courses: { _ in course })
                #expect(read == [visit])
                let chairs = try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM chair_booking WHERE visit = ?", arguments: [visit.id.text])
                #expect(chairs == (status.occupies ? 1 : 0))
            }
        }
    }
}
