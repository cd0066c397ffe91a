package import Clinic
package import Planning
package import StrictJSON

/// What a call says of what its caller had seen before they asked for a change.
package struct SeenBefore: Hashable, Sendable {
    /// Something that a call means to change.
    package enum Subject: Hashable, Sendable {
        case patient(PatientID)
        case course(CourseID)
        case visit(VisitID)
        case person(PersonID)
        case chair(ChairID)
        /// What staff, chairs or hours are beside what is configured, by its id.
        case exception(String)
        /// An entry of the waiting list.
        case waiting(WaitingID)
        /// A place that is held for somebody of the waiting list.
        case offer(OfferID)
        case proposal(String)
        /// An event that is to be taken back, by its number.
        case event(Int)
        /// The clinic's hours, where nothing else is named.
        case clinic
    }

    /// The number of the last event that they had seen.
    package let event: Int
    /// What they mean to change, the most particular that is named; never empty.
    package let subjects: [Subject]

    /// What the parameters of a call say; nil where they do not say what was seen.
    package init?(_ parameters: JSONObject) {
        guard let seen = parameters["seen"]?.integer else { return nil }
        event = seen
        subjects = Self.subjects(parameters)
    }

    private static func subjects(_ parameters: JSONObject) -> [Subject] {
        func text(_ name: String) -> String? { parameters[name]?.string }
        if let ids = parameters["ids"]?.array { return ids.compactMap(\.string).map { .exception($0) } }
        // A visit beside an entry of the waiting list is the one that left a place.
        if let waiting = text("waiting") { return [.waiting(WaitingID(waiting))] }
        if let offer = text("offer") { return [.offer(OfferID(offer))] }
        if let visit = text("visit") ?? text("call") { return [.visit(VisitID(visit))] }
        if let course = text("course") { return [.course(CourseID(course))] }
        // Of two entries of patients that become one, both.
        let patients = [text("patient"), text("into")].compactMap(\.self)
        if !patients.isEmpty { return patients.map { .patient(PatientID($0)) } }
        // What is asked for a patient who is to get a course.
        if let patient = parameters["course"]?.object?["patient"]?.string { return [.patient(PatientID(patient))] }
        if let proposal = text("proposal") { return [.proposal(proposal)] }
        if let event = parameters["event"]?.integer { return [.event(event)] }
        if let person = text("person") { return [.person(PersonID(person))] }
        if let chair = text("chair") { return [.chair(ChairID(chair))] }
        return [.clinic]
    }
}
