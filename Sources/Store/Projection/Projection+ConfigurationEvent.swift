import Clinic
import GRDB
import Planning
import StrictJSON

extension Projection {
    /// Writes the chairs and staff that follow from an event about the configuration.
    func write(_ event: ConfigurationEvent) throws {
        switch event {
        case .adopted(let adopted): try write(adopted)
        }
    }

    private func write(_ adopted: ConfigurationAdopted) throws {
        let facility = adopted.configuration.facility
        for (position, chair) in (facility.chairs + adopted.retired.chairs).enumerated() {
            try run(
                """
                INSERT INTO chair (id, position, features, retired) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, features = excluded.features,
                    retired = excluded.retired
                """,
                [
                    chair.id.text, position, JSONValue.array(chair.features.sorted().map { .string($0) }).text(),
                    position >= facility.chairs.count,
                ])
        }
        for (position, person) in (facility.staff + adopted.retired.staff).enumerated() {
            try run(
                """
                INSERT INTO person (id, position, name, roles, capacity, retired) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name,
                    roles = excluded.roles, capacity = excluded.capacity, retired = excluded.retired
                """,
                [
                    person.id.text, position, person.name,
                    JSONValue.array(person.roles.sorted().map { .string($0) }).text(), person.capacityPercent,
                    position >= facility.staff.count,
                ])
        }
    }
}
