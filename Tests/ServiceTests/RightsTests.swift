import Clinic
import Dispatch
import Foundation
import Planning
import Store
import Testing
import Varlink
import VarlinkDescription
import Wire

@testable import Service

@Suite("Who may do what")
struct RightsTests {
    /// The methods that are not for schedulers, written down once more: whoever opens or closes one says so twice.
    private static let others: [Role: Set<String>] = [
        .viewer: [
            "ListRegimens", "ShowRegimen", "ListVisitTypes", "ListCourses", "ShowCourse", "ShowVisit", "ShowVisitAsOf",
            "ListAuthorisations", "ListTasks", "Today", "Day", "Week", "Free", "ListEvents", "Watch",
            "ListAvailability", "Status", "GetClock",
        ],
        .clinician: ["OverrideRule", "RecordNotTreated", "RecordAssessment", "DecideGate"],
        .admin: ["Export", "StageImport", "Import", "Verify", "Backup", "Reload", "AdvanceClock"],
    ]

    @Test("every method asks for the role that is meant, and whatever changes something for more than a viewer's")
    func everyMethodHasItsRole() throws {
        let descriptions = try [ClinicInterface.description, ServiceInterface.description].map {
            try InterfaceDescription(parsing: $0)
        }
        var met: Set<String> = []
        for (description, roles) in zip(descriptions, [ClinicInterface.roles, ServiceInterface.roles]) {
            #expect(description.methods.map(\.name).sorted() == roles.keys.sorted())
            for method in description.methods {
                let role = try #require(roles[method.name])
                #expect(method.role == role.rawValue)
                let meant = Self.others.first { $0.value.contains(method.name) }?.key ?? .scheduler
                #expect(role == meant, "\(method.name)")
                let changes = method.input.contains { $0.name == "request" || $0.name == "dryRun" }
                #expect(!changes || role > .viewer, "\(method.name) changes something")
                met.insert(method.name)
            }
        }
        #expect(Set(Self.others.values.flatMap(\.self)).subtracting(met).isEmpty)
    }

    @Test("a method is open to its role and those above, to nobody below, and to no stranger")
    func roles() async throws {
        let world = try await World()
        let stranger = Peer(pid: 9, uid: 4001, gid: 100, groups: [101])
        let interfaces = [
            (ClinicInterface.name, ClinicInterface.roles), (ServiceInterface.name, ServiceInterface.roles),
        ]
        for (interface, roles) in interfaces {
            for (name, needed) in roles {
                for role in Role.allCases {
                    let refusal = world.service.refusal(of: World.peer(role), interface: interface, method: name)
                    #expect(refusal == (role >= needed ? nil : .permissionDenied), "\(name) for \(role)")
                }
                #expect(world.service.refusal(of: stranger, interface: interface, method: name) == .permissionDenied)
            }
        }
        let unknown = world.service.refusal(of: World.peer(.admin), interface: ClinicInterface.name, method: "Other")
        #expect(unknown == .permissionDenied)
        try await world.close()
    }

    @Test("root and the service's own user are admin without any group")
    func ownUsers() {
        let rights = AccessRights(groups: [:], ownUser: 990, users: World.users)
        #expect(rights.role(of: Peer(pid: 1, uid: 0, gid: 0, groups: [])) == .admin)
        #expect(rights.role(of: Peer(pid: 1, uid: 990, gid: 5, groups: [])) == .admin)
        #expect(rights.role(of: Peer(pid: 1, uid: 991, gid: 5, groups: [])) == nil)
    }

    @Test("the highest of several roles counts, the primary group too; names without a group give nothing")
    func severalGroups() {
        let rights = AccessRights(
            groups: [.viewer: ["clinic-view"], .clinician: ["clinic-care"], .admin: ["nobody-has-this"]],
            ownUser: 990, users: World.users)
        #expect(rights.role(of: Peer(pid: 1, uid: 5, gid: 7003, groups: [7001])) == .clinician)
        #expect(rights.role(of: Peer(pid: 1, uid: 5, gid: 7001, groups: [])) == .viewer)
        #expect(rights.role(of: Peer(pid: 1, uid: 5, gid: 7004, groups: [7002])) == nil)
    }

    @Test("whoever serves the system's users may be slow: nobody who is known waits, nor does a read")
    func slowUsers() async throws {
        let gate = DispatchSemaphore(value: 0)
        let users = SystemUsers(group: World.users.group) { uid in
            if uid == 4999 { gate.wait() }
            return "user\(uid)"
        }
        let world = try await World(users: users)
        let patient = try await world.patient()
        let booked = try await world.ask(
            ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 7)))
        let slow = World.peer(.scheduler, uid: 4999)
        try await world.ask(ClinicInterface.ShowVisit(visit: booked.visits[0].id), by: slow)
        try await world.ask(ClinicInterface.ConfirmVisit(visit: booked.visits[0].id))
        gate.signal()
        try await world.ask(ClinicInterface.PinVisit(visit: booked.visits[0].id, pinned: true), by: slow)
        let folder = world.folder
        try await world.finish()
        let store = try Store(path: folder.appending(path: "clinic.sqlite").path, simulated: true)
        let readers = try store.accesses(to: PatientID(patient)).map(\.user)
        #expect(readers.contains("user4999"), "\(readers)")
        try store.close()
        try FileManager.default.removeItem(at: folder)
    }

    @Test("a viewer sees the day, but not with names")
    func names() async throws {
        let world = try await World()
        let patient = try await world.patient()
        try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient, startWithinDays: 0)))
        let day = try oneVisit(patient).earliest
        let plain = try await world.ask(ClinicInterface.Day(day: day), by: World.peer(.viewer))
        #expect(plain.board.chairs.flatMap(\.holds).map(\.name) == [nil])
        await #expect(throws: VarlinkError.permissionDenied) {
            try await world.ask(ClinicInterface.Day(day: day, names: true), by: World.peer(.viewer))
        }
        let named = try await world.ask(ClinicInterface.Day(day: day, names: true))
        #expect(named.board.chairs.flatMap(\.holds).map(\.name) == ["Name 1"])
        try await world.close()
    }

    @Test("every reading of a patient's data is noted with who read it")
    func accesses() async throws {
        let world = try await World()
        let patient = try await world.patient()
        let course = try await world.ask(ClinicInterface.BookCourse(course: oneVisit(patient)))
        let viewer = World.peer(.viewer, uid: 4100)
        try await world.ask(ClinicInterface.ShowCourse(course: course.id), by: viewer)
        try await world.ask(ClinicInterface.ShowVisit(visit: course.visits[0].id), by: viewer)
        try await world.ask(ClinicInterface.ShowPatient(patient: patient))
        try await world.ask(ClinicInterface.ListPatients())
        #expect(await world.service.ping())
        let noted = try world.service.store.accesses(to: .init(patient))
        // Who is not known yet is noted when the name is: in order for each reader.
        let methods = Dictionary(grouping: noted, by: \.user).mapValues { $0.map(\.method) }
        #expect(
            methods == [
                "user4000": ["ListPatients", "ShowPatient", "BookCourse"], "user4100": ["ShowVisit", "ShowCourse"],
            ])
        try await world.close()
    }

    @Test("who pays is shown from scheduler on")
    func payer() async throws {
        let world = try await World()
        var course = try oneVisit(try await world.patient())
        course.payer = "somebody"
        try await world.ask(ClinicInterface.BookCourse(course: course))
        let call = ClinicInterface.ShowCourse(course: "c1")
        #expect(try await world.ask(call, by: World.peer(.viewer)).asked.payer == nil)
        #expect(try await world.ask(call, by: World.peer(.scheduler)).asked.payer == "somebody")
        try await world.close()
    }
}
