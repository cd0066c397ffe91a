import Clinic
import ClinicTime
import Configuration
import Planning
import StrictJSON
import Testing

struct ConfigurationFileTests {
    @Test("what is left out of a configuration has its default")
    func defaults() throws {
        var document = try Files.configuration()
        document.set(["clinic", "gridMinutes"], to: nil)
        document.set(["clinic", "startEveryMinutes"], to: nil)
        let file = try readConfiguration(document.bytes(), file: "config.json")
        let facility = file.clinic.facility
        #expect((facility.gridMinutes, facility.startEveryMinutes) == (5, 15))
        #expect(facility.planning == PlanningParameters())
        #expect(file.clinic.notifications == NotificationParameters())
        #expect(file.access == AccessSettings())
        #expect(file.daemon == DaemonSettings())
        #expect(file.zone.name == "America/New_York")
        #expect(facility.chairs[1] == Chair(id: "room-1"))
        #expect(facility.staff[0].capacityPercent == 100)
        #expect(facility.visitTypes[0].turnoverMinutes == 0)
        #expect(facility.regimens[0].phases[2].confirm == .call)
    }

    @Test(
        "starts are by default on the smallest divisor of the hour from 15 minutes that the grid divides",
        arguments: [(1, 15), (4, 20), (6, 30), (10, 20), (12, 60), (20, 20), (30, 30), (60, 60)])
    func startEvery(_ grid: Int, _ expected: Int) throws {
        var document = try Files.configuration()
        document.set(["clinic", "gridMinutes"], to: .integer(grid))
        document.set(["clinic", "startEveryMinutes"], to: nil)
        for (type, stages) in [("0", ["0"]), ("1", ["0", "1"])] {
            document.set(["visitTypes", type, "turnoverMinutes"], to: .integer(0))
            for stage in stages {
                document.set(["visitTypes", type, "stages", stage, "minutes"], to: .integer(60))
            }
        }
        let file = try readConfiguration(document.bytes(), file: "config.json")
        #expect(file.clinic.facility.startEveryMinutes == expected)
    }

    @Test("every value of a configuration arrives where it belongs")
    func values() throws {
        let facility = try readConfiguration(Files.configuration().bytes(), file: "config.json").clinic.facility
        #expect(facility.hours[.mon] == [Interval(480, 720), Interval(780, 1080)])
        #expect(facility.hours[.wed] == nil)
        let christmasEve = Day("2026-12-24")!
        #expect(
            facility.closures[1] == Closure(from: christmasEve, through: christmasEve, hours: Interval(720, 1440)))
        #expect(facility.staff[1].shifts[0].hours == Interval(480, 1440))
        let infusion = facility.visitTypes[1]
        #expect((infusion.length, infusion.hold, infusion.escort) == (55, 65, true))
        #expect(infusion.attendants[1] == Attendant(label: "provider", role: "provider", presence: true))
        #expect(infusion.stages[1].load == ["nurse": 20, "provider": 0])
        #expect(infusion.tasks == [FollowUp(name: "form", dueDays: 7)])
        let phases = facility.regimens[0].phases
        #expect(phases[1].count == .between(minimum: 2, maximum: 3))
        #expect(phases[1].firstGap == Phase.FirstGap(ideal: 3, minimum: 1, maximum: 14))
        #expect((phases[1].withinDays, phases[1].alarmDays, phases[1].confirm) == (20, 13, .booking))
        #expect(phases[1].stops == Stop(measure: "PHQ-9", atMost: 4))
        #expect(phases[2].count == .open)
        #expect(
            phases[2].gate
                == Gate(
                    condition: .reductionPercent(measure: "PHQ-9", percent: 50), dueDays: 3,
                    otherwise: .extend(visits: 2)))
        #expect((phases[2].reviewEveryDays, phases[2].endsAfterDays) == (90, 365))
    }

    @Test("settings of notifications, access and daemon are read")
    func settings() throws {
        var document = try Files.configuration()
        document.set(["notifications"], to: ["reminderHours": [2, 48], "escortHours": 12, "lateMinutes": 5])
        document.set(["access"], to: ["viewer": [], "admin": ["a", "b"]])
        document.set(
            ["daemon"], to: ["socket": "/run/s", "database": "/var/d", "limits": ["messageBytes": 65536]])
        let file = try readConfiguration(document.bytes(), file: "config.json")
        #expect(file.clinic.notifications.reminderHours == [48, 2])
        #expect((file.clinic.notifications.escortHours, file.clinic.notifications.lateMinutes) == (12, 5))
        #expect((file.access.viewer, file.access.admin) == ([], ["a", "b"]))
        #expect((file.daemon.socket, file.daemon.database) == ("/run/s", "/var/d"))
        #expect((file.daemon.limits.messageBytes, file.daemon.limits.connections) == (65536, 512))
    }

    @Test("a configuration is written byte for byte as the golden file and read back as the same value")
    func roundTrip() throws {
        let configuration = try readConfiguration(Files.configuration().bytes(), file: "config.json").clinic
        let text = ClinicJSON.encode(configuration).text(pretty: true)
        try Files.expect(text + "\n", isGolden: "written-configuration.json")
        #expect(try JSONValue(parsing: text).decode(ClinicJSON.configuration) == configuration)
        #expect(try ClinicJSON.encode(configuration.facility).decode(ClinicJSON.facility) == configuration.facility)
    }

    @Test("what was recorded is read back where its time zone is not known")
    func unknownZone() throws {
        var configuration = try readConfiguration(Files.configuration().bytes(), file: "config.json").clinic
        configuration.facility.timeZone = "Atlantis/Harbor"
        #expect(try ClinicJSON.encode(configuration).decode(ClinicJSON.configuration) == configuration)
    }

    @Test("a regimen's snapshot is read back without the configuration, whatever its gates")
    func snapshots() throws {
        let file = try readConfiguration(Files.configuration().bytes(), file: "config.json")
        var regimen = file.clinic.facility.regimens[0]
        let gates = [
            Gate(condition: .decision("continue"), dueDays: 0, otherwise: .hold),
            Gate(condition: .atMost(measure: "PHQ-9", score: 0), dueDays: 3, otherwise: .cease),
            Gate(
                condition: .reductionPercent(measure: "PCL-5", percent: 100), dueDays: 1,
                otherwise: .extend(visits: 1)),
        ]
        for gate in gates {
            regimen.phases[2].gate = gate
            let json = ClinicJSON.encode(regimen)
            #expect(try json.decode(ClinicJSON.regimen) == regimen)
        }
        for type in file.clinic.facility.visitTypes {
            #expect(try ClinicJSON.encode(type).decode { ClinicJSON.visitType($0) } == type)
        }
    }
}
