import Clinic
import Planning
import StrictJSON

extension CourseWish: Shaped {
    static let shape = Shape<CourseWish>(
        CourseWish.init,
        Field("earliest", \.earliest),
        Field("startWithinDays", \.startWithinDays),
        Field("availability", \.availability),
        Field("blackoutDays", \.blackoutDays),
        Field("preferred", \.preferred),
        Field("usual", \.usual, Codec.clock.optional),
        Field("features", \.features),
        Field("preferredPerson", \.preferredPerson),
        Field("requiresAuthorisation", \.requiresAuthorisation),
        Field("authorisations", \.authorisations),
        Field("endDay", \.endDay),
        Field("referred", \.referred))
}

extension WeekWindow: Shaped {
    static let shape = Shape<WeekWindow>(
        WeekWindow.init,
        Field("days", \.days, .weekdays),
        Field("hours", \.hours, .window))
}

extension Authorisation.Status: JSONCoded {}

extension Authorisation: Shaped {
    static let shape = Shape<Authorisation>(
        Authorisation.init,
        Field("number", \.number),
        Field("status", \.status),
        Field("requestedOn", \.requestedOn),
        Field("visits", \.visits),
        Field("visitTypes", \.visitTypes),
        Field("from", \.from),
        Field("through", \.through))
}

extension CostTerms: JSONCoded {
    /// The terms that cost something.
    static let json = Codec<CostTerms>(
        read: { reader in
            var terms = CostTerms()
            let read: [(key: String, value: Void)]? = reader.map { key, reader in
                guard let term = CostTerm(rawValue: key), let cost = reader.integer() else { return nil }
                terms[term] = cost
                return ()
            }
            return read == nil ? nil : terms
        },
        write: { terms in
            .object(
                JSONObject(
                    CostTerm.allCases.lazy.filter { terms[$0] != 0 }.map { ($0.rawValue, .integer(terms[$0])) }))
        })
}

extension Handover: Shaped {
    static let shape = Shape<Handover>(
        Handover.init,
        Field("label", \.label),
        Field("person", \.person),
        Field("stretch", \.stretch, .pair))
}

extension Place: Shaped {
    static let shape = Shape<Place>(
        { Place(start: $0, minute: $1, chair: $2, persons: $3, handovers: $4) },
        Field(\.start, inline: startShape),
        Field("minute", \.minute),
        Field("chair", \.chair),
        Field("persons", \.persons),
        Field("handovers", \.handovers))

    private static let startShape = Shape<PromisedTime>(
        { PromisedTime(day: $0.day, clock: $0.clock, isLater: $1) },
        Field("start", \.self, Codec(text: "a local time", { PromisedTime(text: $0, isLater: false) }, \.text)),
        Field("later", \.isLater))
}

/// Of a new visit no more is written than whether its patient agreed to it and knows its time.
extension CourseBooked.BookedVisit: Shaped {
    static let shape = Shape<CourseBooked.BookedVisit>(
        { id, number, phase, type, place, isConfirmed, isTold, overrides, terms in
            CourseBooked.BookedVisit(
                id: id,
                image: VisitImage(
                    number: number, phase: phase, visitType: type, status: isConfirmed ? .confirmed : .tentative,
                    place: place, heard: isTold || isConfirmed ? .at(place.start) : nil, overrides: overrides,
                    terms: terms))
        },
        Field("id", \.id),
        Field("number", \.image.number),
        Field("phase", \.image.phase),
        Field("visit", \.image.visitType),
        Field("place", \.image.place),
        Field("confirmed", { $0.image.status == .confirmed }),
        Field("told", \.image.told),
        Field("overrides", \.image.overrides, .overrides),
        Field("terms", \.image.terms))
}

extension CourseBooked: Shaped {
    static let shape = Shape<CourseBooked>(
        CourseBooked.init,
        Field("course", \.course),
        Field("patient", \.patient),
        Field("template", \.template),
        Field("wish", \.wish),
        Field("usual", \.usual, Codec.clock.optional),
        Field("visits", \.visits))
}

extension Rule: JSONCoded {}

extension CourseRefused: Shaped {
    static let shape = Shape<CourseRefused>(
        CourseRefused.init,
        Field("patient", \.patient),
        Field("regimen", \.regimen),
        Field("visit", \.visit),
        Field("phase", \.phase),
        Field("rules", \.rules))
}

extension Template: Shaped {
    static let shape = Shape<Template>(
        Template.init,
        Field("id", \.id),
        Field("regimen", \.regimen),
        Field("visitTypes", \.visitTypes),
        Field("derivedFrom", \.derivedFrom))
}
