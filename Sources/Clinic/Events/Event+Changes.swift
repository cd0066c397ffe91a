extension Event {
    /// The changes of courses that it records, each with everything before and after.
    package var courseChanges: [CourseChanged] {
        switch self {
        case .courseChanged(let changed): [changed]
        case .visitsRearranged(let rearranged): rearranged.changes
        case .serviceStarted, .serviceStopped, .configurationAdopted, .patientAdded, .patientsImported,
            .patientDetailsChanged, .templateRecorded, .courseBooked, .courseRefused, .timeOffAdded, .timeOffRemoved,
            .outageAdded, .outageRemoved, .closureAdded, .closureRemoved, .openingAdded, .openingRemoved, .shiftAdded,
            .shiftRemoved, .visitsRetimed, .alertRaised, .repairProposed, .visitsHit, .waitingAdded, .waitingRemoved,
            .offerMade,
            .offerClosed, .placesFreed:
            []
        }
    }
}
