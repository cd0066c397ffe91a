package import StrictJSON

extension AvailabilityReply {
    /// The reply together with the visits that could gain by the change, where that was asked.
    package func object(gains: ClinicInterface.FindGains.Reply?) -> JSONObject {
        var object = object
        if let gains { object["gains"] = gains.gains.json }
        return object
    }
}

extension ClinicInterface.ListAvailability.Reply {
    /// What of it is about chairs.
    package var ofChairs: JSONObject { .present([("chairs", chairs.json), ("outages", outages.json)]) }

    /// What of it is about staff.
    package var ofStaff: JSONObject {
        .present([("staff", staff.json), ("timeOff", timeOff.json), ("shifts", shifts.json)])
    }

    /// What of it is about closures.
    package var ofClosures: JSONObject { .present([("closures", closures.json)]) }

    /// What of it is about extra openings.
    package var ofOpenings: JSONObject { .present([("openings", openings.json)]) }
}

extension ServiceInterface.AdvanceClock.Reply {
    /// The reply together with the events by which it was told what fell due.
    package func object(told: [EventMessage]) -> JSONObject {
        var object = object
        object["told"] = told.json
        return object
    }
}
