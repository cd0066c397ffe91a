import Checker
import Planning
import TestSupport
import Testing

/// Free places against the Checker's enumeration of all places.
@Suite struct FreePlacesTests {
    @Test func everyStartThatThePatientlessRulesAllowIsFreeAndNoOther() {
        var count = 0
        for seed in seeds(50) {
            let random = randomProblem(seed: seed)
            let problem = random.problem
            let calendar = planningCalendar(random)
            let features = problem.courses[0].wish.features
            for type in problem.facility.visitTypes {
                let through = problem.today + 6
                let found = freePlaces(
                    for: type, features: features, from: problem.today, through: through, on: calendar,
                    now: problem.now)
                let expected = (0...6).flatMap { places(type, features, on: problem.today + $0, random) }
                #expect(found.map(\.placement) == expected, "seed \(seed), \(type.id)")
                count += expected.count
            }
        }
        #expect(count > 400, "random clinics have free places: \(count)")
    }

    /// For each start the chair that leaves the fewest useless idle stretches (the first, where these cost nothing),
    /// and the first persons.
    private func places(
        _ type: VisitType, _ features: Set<String>, on day: Day, _ random: RandomProblem
    ) -> [Placement] {
        guard let clinicDay = random.setting.clinicDay(day) else { return [] }
        let nobody = CourseRequest(
            id: "", patient: "nobody", regimen: Regimen(id: "", phases: []), visitTypes: [],
            wish: CourseWish(earliest: day, features: features))
        let places = Places(of: type, for: nobody, on: clinicDay, in: random.setting)
        return places.starts().compactMap { start in
            func idle(_ chair: ChairID) -> Int {
                if random.problem.facility.planning.weights.idle == 0 { return 0 }
                let placement = Placement(day: day, start: start, chair: chair, persons: [])
                let placed = CheckedVisit(
                    patient: "nobody", visitType: type, placement: placement, clinicDay: clinicDay)
                return countIdle(CostedVisit(visit: placed, usual: nil, before: nil, isPersonWished: false))
            }
            let free = places.chairs(at: start)
            let chairs = scarcestFirst(random.problem.facility).filter(free.contains)
            guard let least = chairs.map(idle).min(), let chair = chairs.first(where: { idle($0) == least }),
                let filling = places.fillings(at: start).first
            else { return nil }
            return Placement(
                day: day, start: start, chair: chair, persons: filling.persons, covers: filling.covers)
        }
    }
}

/// The planning calendar of a random problem.
func planningCalendar(_ random: RandomProblem) -> PlanningCalendar {
    PlanningCalendar(
        facility: random.problem.facility, calendars: random.calendars, timeOff: random.problem.timeOff,
        outages: random.problem.outages, bookings: random.problem.bookings)
}
