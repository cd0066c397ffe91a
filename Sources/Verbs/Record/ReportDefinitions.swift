import StrictJSON
import Wire

/// What the figures of a report count, and of what: so that two people mean the same by them.
struct ReportDefinitions {
    /// A figure with its definition.
    typealias Definition = (figure: String, means: String)

    let all: [Definition]

    /// Under the figures, for people.
    func lines(_ style: Style) -> [String] {
        let width = (all.map(\.figure.count).max() ?? 0) + 2
        return ["", style.bold("what is counted")]
            + all.flatMap { definition in
                let lines = wrapped(definition.means, to: max(40, min(style.columns, 100) - width))
                return lines.enumerated().map { index, line in
                    (index == 0 ? definition.figure : "").padded(to: width) + line
                }
            }
    }

    /// What each figure counts, by the figure's name.
    var json: JSONValue { .object(.present(all.map { ($0.figure, .string($0.means)) })) }

    static let utilisation = ReportDefinitions(all: [
        ("open days", "days of the period on which the clinic is open at all, closures and openings counted in"),
        (
            "chair used",
            "minutes for which visits hold a chair, turnover included, as planned: visits given, under way or still to "
                + "come; not those cancelled, missed, not treated or left out"
        ),
        ("chair available", "minutes in which the chair is in service and the clinic is open"),
        ("carried", "load times minutes of a visit's labels, covers included, for whoever carries them as planned"),
        ("can carry", "capacity times minutes on duty, absences taken out and extra shifts counted in"),
        ("percent", "the one of the other, by the configuration that was in force on each day; half is rounded up"),
        ("differ by", "the highest percent of a role's persons on duty less the lowest"),
    ])

    static let adherence = ReportDefinitions(all: [
        ("induction", "a phase with a window (withinDays) of a course that was booked, not only held"),
        (
            "begun",
            "inductions whose first visit was given here on one of the days; a visit given in part is given; not those "
                + "that began elsewhere"
        ),
        (
            "all visits",
            "those that the phase has; of a phase with a smallest and a largest number those that were planned and not "
                + "left out; of one that was ended on purpose those that it ended with"
        ),
        ("in window", "all visits were given, the last at most withinDays after the first"),
        ("late", "all visits were given, the last after that"),
        ("running", "visits are still to come, and none that is planned lies beyond the window"),
        ("slipping", "visits are still to come, and the window is over or a planned visit lies beyond it"),
        ("ceased", "the course ended, or went on to another phase, before all were given"),
        ("median", "the lower middle of days from the first to the last visit, of those given whole"),
    ])

    static let month = ReportDefinitions(all: [
        ("given", "visits planned on a day of the month that were given, in full or in part"),
        ("open", "visits planned on a day of the month that still have their place"),
        (
            "lost",
            "visits planned on a day of the month that were cancelled, missed, not treated or left out; what was "
                + "undone as if it had never been is not lost"
        ),
        (
            "blocked",
            "from when a visit was given its place until it was lost: for so long nobody else could have it; whole days"
        ),
        (
            "days to the first visit",
            "from the day of referral (course book --referred), or else of the booking, to the first visit given, of "
                + "courses whose first visit was given in the month; not of courses that began elsewhere"
        ),
        ("forms", "follow-ups of given visits that fall due in the month; on time: done by their day"),
        ("median", "the lower middle"),
    ])
}

extension Payload {
    /// The same with what its figures count.
    func explained(_ definitions: ReportDefinitions?) -> Payload {
        guard let definitions, case .object(var object) = json else { return self }
        object["definitions"] = definitions.json
        return Payload(.object(object)) { lines($0) + definitions.lines($0) }
    }
}
