package import Planning

extension Problem {
    /// The problem of one of its courses alone with a remedy of its refusal applied; nil where the remedy names nothing
    /// that there is.
    ///
    /// A remedy changes one thing: see `Refusal.Remedy.Kind`. The person who is added comes last in order, holds every
    /// credential that the course asks of the role, and is always on duty: no visit lies outside of opening hours.
    package func applying(_ remedy: Refusal.Remedy, to request: CourseRequest) -> Problem? {
        var changed = self
        var course = request
        switch remedy.kind {
        case .tolerance:
            guard let index = course.regimen.phases.firstIndex(where: { $0.name == remedy.target }) else { return nil }
            course.regimen.phases[index].toleranceBefore += remedy.amount
            course.regimen.phases[index].toleranceAfter += remedy.amount
            for change in course.regimen.phases[index].gapChanges.indices {
                course.regimen.phases[index].gapChanges[change].toleranceBefore += remedy.amount
                course.regimen.phases[index].gapChanges[change].toleranceAfter += remedy.amount
            }
        case .startWindow:
            guard remedy.target == request.id.text else { return nil }
            course.wish.startWithinDays += remedy.amount
        case .availability:
            guard remedy.target == request.id.text else { return nil }
            course.wish.availability = []
            course.wish.blackoutDays = []
        case .features:
            guard remedy.target == request.id.text else { return nil }
            course.wish.features = []
        case .leadTime: course.setAside = [.leadTime]
        case .chair:
            guard let like = facility.chairs.first(where: { $0.id.text == remedy.target }) else { return nil }
            changed.facility.chairs.append(Chair(id: "one-more-chair", features: like.features))
        case .person:
            let asked = course.visitTypes.flatMap(\.attendants).filter { $0.role == remedy.target }
            guard !asked.isEmpty else { return nil }
            let credentials = Set(asked.flatMap(\.credentials)).sorted()
            changed.facility.staff.append(
                Person(
                    id: "one-more-person", roles: [remedy.target],
                    credentials: credentials.map { Credential(name: $0) },
                    shifts: [Shift(days: Set(Weekday.allCases), hours: Interval(0, 1440))]))
        }
        course.alternatives = 0
        changed.courses = [course]
        changed.mode = .each
        return changed
    }
}
