import Planning

extension Course {
    /// How many of a course's visits use each of its authorisations, in their order: those confirmed, under way or
    /// given, moved along among the authorisations where that makes room for one more.
    package func authorisationUse(_ visits: [Visit]) -> [Int] {
        let asking = visits.filter { $0.status.usesAuthorisation && $0.overrides[.authorisation] == nil }
        let granted = wish.authorisations
        var users: [[Visit]] = granted.map { _ in [] }
        func assign(_ visit: Visit, _ tried: inout Set<Int>) -> Bool {
            for index in granted.indices
            where granted[index].covers(visit.visitType.id, on: visit.day) && tried.insert(index).inserted {
                if users[index].count < granted[index].visits {
                    users[index].append(visit)
                    return true
                }
                for place in users[index].indices where assign(users[index][place], &tried) {
                    users[index][place] = visit
                    return true
                }
            }
            return false
        }
        for visit in asking {
            var tried: Set<Int> = []
            _ = assign(visit, &tried)
        }
        return users.map(\.count)
    }

    /// The first phase up to a phase whose gate has not opened; nil where every gate has.
    package func closedGate(before name: String) -> String? {
        for phase in template.regimen.phases {
            if phase.gate != nil, !progress.openGates.contains(phase.name) { return phase.name }
            if phase.name == name { return nil }
        }
        return nil
    }

    /// The phase that the course has reached: that of the last visit that has begun or was given, here or elsewhere;
    /// the first one before that.
    package func reachedPhase(_ visits: [Visit]) -> String? {
        let begun = visits.last { visit in
            switch visit.status {
            case .arrived, .inProgress, .completed: true
            case .tentative, .confirmed, .noShow, .notTreated, .cancelled, .omitted: false
            }
        }
        return begun?.phase ?? progress.adoptedFrom?.phase ?? template.regimen.phases.first?.name
    }
}
