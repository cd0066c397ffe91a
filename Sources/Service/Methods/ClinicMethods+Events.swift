internal import Clinic
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicMethods {
    /// The record and those who follow it.
    func eventMethods() -> [NamedMethod] {
        [listEvents(), watch()]
    }

    private func listEvents() -> NamedMethod {
        pooled { (call: ClinicInterface.ListEvents, _) throws(ClinicInterface.Failure) in
            let limit = call.limit ?? 100
            let snapshot = publication.current
            let events = try records.events(after: call.since ?? 0, limit: limit)
            return ClinicInterface.ListEvents.Reply(
                events: events.map { EventMessage($0, snapshot.offsets) }, last: snapshot.state.lastEvent)
        }
    }

    private func watch() -> NamedMethod {
        let method = Method.series { call, series async throws(VarlinkError) in
            let numbers = signal.follow()
            do throws(ClinicInterface.Failure) {
                let parameters = try ClinicInterface.Watch(of: call)
                var last = parameters.since ?? publication.current.state.lastEvent
                try await send(&last, to: series)
                for await _ in numbers { try await send(&last, to: series) }
            } catch {
                throw VarlinkError(error)
            }
            // The service stops: the series ends where the client can begin again.
            throw VarlinkError(ClinicInterface.Failure.busy)
        }
        return (ClinicInterface.Watch.bareName, method)
    }

    /// Sends what was recorded after an event, and counts on.
    private func send(_ last: inout Int, to series: ReplySeries) async throws(ClinicInterface.Failure) {
        while publication.current.state.lastEvent > last {
            let since = last
            let events = try await pools.looks.result { () throws(ClinicInterface.Failure) in
                try records.events(after: since, limit: 100)
            }
            let offsets = publication.current.offsets
            for event in events {
                let reply = ClinicInterface.Watch.Reply(event: EventMessage(event, offsets))
                do throws(VarlinkError) {
                    try await series.send(reply.object)
                } catch {
                    throw .slowReader
                }
                last = event.number
            }
            if events.isEmpty { return }
        }
    }
}
