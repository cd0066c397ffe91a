import Clinic
import Planning
import StrictJSON

extension Event {
    /// The version of each kind's payload that is written today. Older ones are read for ever.
    var payloadVersion: Int { 1 }

    /// What is recorded of the event beside its kind.
    var payload: JSONValue {
        switch self {
        case .serviceStarted(let started):
            members(("version", .string(started.version)), ("wasClean", .bool(started.wasClean)))
        case .serviceStopped: members()
        case .configurationAdopted(let adopted): adopted.payload
        case .patientAdded(let patient), .patientDetailsChanged(let patient):
            members(("patient", .string(patient.text)))
        case .patientsImported(let patients): members(("patients", .array(patients.map { .string($0.text) })))
        case .templateRecorded(let template): template.payload
        case .courseBooked(let booked): booked.payload
        case .courseRefused(let refused): refused.payload
        case .timeOffAdded(let absence), .timeOffRemoved(let absence):
            members(
                ("id", .string(absence.id.text)), ("person", .string(absence.timeOff.person.text)),
                ("minutes", absence.timeOff.interval.pair))
        case .outageAdded(let outage), .outageRemoved(let outage):
            members(
                ("id", .string(outage.id.text)), ("chair", .string(outage.outage.chair.text)),
                ("minutes", outage.outage.interval.pair))
        case .closureAdded(let closure), .closureRemoved(let closure):
            members(("id", .string(closure.id.text)), ("closure", closure.closure.payload))
        case .openingAdded(let opening), .openingRemoved(let opening):
            members(("id", .string(opening.id.text)), ("opening", opening.opening.payload))
        case .shiftAdded(let dated), .shiftRemoved(let dated): dated.payload
        case .visitsRetimed(let retimings):
            members(("visits", .array(retimings.map(\.payload))))
        case .courseChanged(let changed): changed.payload
        case .alertRaised(let alert): alert.payload
        case .waitingAdded(let entry), .waitingRemoved(let entry): entry.payload
        case .offerMade(let offer): offer.payload
        case .offerClosed(let closed): closed.payload
        case .placesFreed(let freed): freed.payload
        case .visitsHit(let hit): hit.payload
        case .visitsRearranged(let rearranged): rearranged.payload
        case .repairProposed(let proposed): proposed.payload
        }
    }

    /// An event as it was recorded in some version of its kind.
    ///
    /// - Throws: why it cannot be read, in one line.
    init(kind: String, version: Int, payload: [UInt8]) throws(PayloadError) {
        guard let kind = Kind(rawValue: kind) else { throw PayloadError("the kind \(kind) is not known here") }
        guard version == 1 else { throw PayloadError("version \(version) of \(kind) is not known here") }
        let value = try storedJSON(payload)
        do {
            self = try value.decode { reader in Event.read(kind, reader) }
        } catch {
            throw PayloadError("\(error)")
        }
    }

    private static func read(_ kind: Kind, _ reader: JSONReader) -> Event? {
        switch kind {
        case .serviceStarted: ServiceStarted(payload: reader).map { .serviceStarted($0) }
        case .serviceStopped: reader.object { _ in .serviceStopped }
        case .configurationAdopted: ConfigurationAdopted(payload: reader).map { .configurationAdopted($0) }
        case .patientAdded: patient(reader).map { .patientAdded($0) }
        case .patientDetailsChanged: patient(reader).map { .patientDetailsChanged($0) }
        case .patientsImported:
            reader.object { $0.array("patients") { $0.identifier(PatientID.self) } }.map { .patientsImported($0) }
        case .templateRecorded: Template(payload: reader).map { .templateRecorded($0) }
        case .courseBooked: CourseBooked(payload: reader).map { .courseBooked($0) }
        case .courseRefused: CourseRefused(payload: reader).map { .courseRefused($0) }
        case .timeOffAdded: Absence(payload: reader).map { .timeOffAdded($0) }
        case .timeOffRemoved: Absence(payload: reader).map { .timeOffRemoved($0) }
        case .outageAdded: ChairOutage(payload: reader).map { .outageAdded($0) }
        case .outageRemoved: ChairOutage(payload: reader).map { .outageRemoved($0) }
        case .closureAdded: DatedClosure(payload: reader).map { .closureAdded($0) }
        case .closureRemoved: DatedClosure(payload: reader).map { .closureRemoved($0) }
        case .openingAdded: DatedOpening(payload: reader).map { .openingAdded($0) }
        case .openingRemoved: DatedOpening(payload: reader).map { .openingRemoved($0) }
        case .shiftAdded: DatedShift(payload: reader).map { .shiftAdded($0) }
        case .shiftRemoved: DatedShift(payload: reader).map { .shiftRemoved($0) }
        case .visitsRetimed:
            reader.object { $0.array("visits", of: Retiming.init(payload:)) }.map { .visitsRetimed($0) }
        case .courseChanged: CourseChanged(payload: reader).map { .courseChanged($0) }
        case .alertRaised: Alert(payload: reader).map { .alertRaised($0) }
        case .waitingAdded: WaitingEntry(payload: reader).map { .waitingAdded($0) }
        case .waitingRemoved: WaitingEntry(payload: reader).map { .waitingRemoved($0) }
        case .offerMade: Offer(payload: reader).map { .offerMade($0) }
        case .offerClosed: OfferClosed(payload: reader).map { .offerClosed($0) }
        case .placesFreed: PlacesFreed(payload: reader).map { .placesFreed($0) }
        case .visitsHit: VisitsHit(payload: reader).map { .visitsHit($0) }
        case .visitsRearranged: VisitsRearranged(payload: reader).map { .visitsRearranged($0) }
        case .repairProposed: RepairProposed(payload: reader).map { .repairProposed($0) }
        }
    }

    private static func patient(_ reader: JSONReader) -> PatientID? {
        reader.object { $0.identifier("patient", PatientID.self) }
    }
}

/// Why a payload cannot be read.
struct PayloadError: Error {
    let why: String

    init(_ why: String) { self.why = why }
}

extension ServiceStarted {
    init?(payload reader: JSONReader) {
        let read: ServiceStarted? = reader.object { fields in
            guard let version = fields.string("version"), let wasClean = fields.bool("wasClean") else { return nil }
            return ServiceStarted(version: version, wasClean: wasClean)
        }
        guard let read else { return nil }
        self = read
    }
}

extension ConfigurationAdopted {
    var payload: JSONValue {
        members(
            ("facility", configuration.facility.payload), ("notifications", configuration.notifications.payload),
            ("retiredChairs", list(retired.chairs.map(\.payload))),
            ("retiredStaff", list(retired.staff.map(\.payload))))
    }

    init?(payload reader: JSONReader) {
        let read: ConfigurationAdopted? = reader.object { fields in
            guard let facility = fields.value("facility", Facility.init(payload:)),
                let notifications = fields.value("notifications", NotificationParameters.init(payload:))
            else { return nil }
            return ConfigurationAdopted(
                configuration: ClinicConfiguration(facility: facility, notifications: notifications),
                retired: Retired(
                    chairs: fields.array("retiredChairs", default: [], of: Chair.init(payload:)),
                    staff: fields.array("retiredStaff", default: [], of: Person.init(payload:))))
        }
        guard let read else { return nil }
        self = read
    }
}

extension NotificationParameters {
    var payload: JSONValue {
        members(
            ("reminderHours", .array(reminderHours.map { .integer($0) })), ("escortHours", .integer(escortHours)),
            ("lateMinutes", .integer(lateMinutes)), ("overrunMinutes", .integer(overrunMinutes)),
            ("lateCancellationBusinessHours", .integer(lateCancellationBusinessHours)),
            ("authorisationDays", .integer(authorisationDays)), ("credentialDays", .integer(credentialDays)))
    }

    init?(payload reader: JSONReader) {
        let read: NotificationParameters? = reader.object { fields in
            var read = NotificationParameters()
            read.reminderHours = fields.array("reminderHours", default: read.reminderHours) { $0.integer() }
            read.escortHours = fields.integer("escortHours", default: read.escortHours)
            read.lateMinutes = fields.integer("lateMinutes", default: read.lateMinutes)
            read.overrunMinutes = fields.integer("overrunMinutes", default: read.overrunMinutes)
            read.lateCancellationBusinessHours = fields.integer(
                "lateCancellationBusinessHours", default: read.lateCancellationBusinessHours)
            read.authorisationDays = fields.integer("authorisationDays", default: read.authorisationDays)
            read.credentialDays = fields.integer("credentialDays", default: read.credentialDays)
            return read
        }
        guard let read else { return nil }
        self = read
    }
}

extension Absence {
    init?(payload reader: JSONReader) {
        let read: Absence? = reader.object { fields in
            guard let id = fields.identifier("id", AbsenceID.self),
                let person = fields.identifier("person", PersonID.self),
                let interval = fields.value("minutes", { $0.pair() })
            else { return nil }
            return Absence(id: id, timeOff: TimeOff(person: person, interval: interval))
        }
        guard let read else { return nil }
        self = read
    }
}

extension ChairOutage {
    init?(payload reader: JSONReader) {
        let read: ChairOutage? = reader.object { fields in
            guard let id = fields.identifier("id", OutageID.self),
                let chair = fields.identifier("chair", ChairID.self),
                let interval = fields.value("minutes", { $0.pair() })
            else { return nil }
            return ChairOutage(id: id, outage: Outage(chair: chair, interval: interval))
        }
        guard let read else { return nil }
        self = read
    }
}

extension DatedClosure {
    init?(payload reader: JSONReader) {
        let read: DatedClosure? = reader.object { fields in
            guard let id = fields.identifier("id", ClosureID.self),
                let closure = fields.value("closure", Closure.init(payload:))
            else { return nil }
            return DatedClosure(id: id, closure: closure)
        }
        guard let read else { return nil }
        self = read
    }
}

extension DatedOpening {
    init?(payload reader: JSONReader) {
        let read: DatedOpening? = reader.object { fields in
            guard let id = fields.identifier("id", OpeningID.self),
                let opening = fields.value("opening", Opening.init(payload:))
            else { return nil }
            return DatedOpening(id: id, opening: opening)
        }
        guard let read else { return nil }
        self = read
    }
}

extension Retiming {
    var payload: JSONValue {
        members(("visit", .string(visit.text)), ("from", .integer(from)), ("to", .integer(to)))
    }

    init?(payload reader: JSONReader) {
        let read: Retiming? = reader.object { fields in
            guard let visit = fields.identifier("visit", VisitID.self), let from = fields.integer("from"),
                let to = fields.integer("to")
            else { return nil }
            return Retiming(visit: visit, from: from, to: to)
        }
        guard let read else { return nil }
        self = read
    }
}
