/// The description of `io.infusiond.Clinic`: all of the clinic's work.
///
/// One text, kept in parts: types, methods, errors. It evolves by nullable fields and new methods; a field is never
/// removed and never changes its meaning. It avoids what older parsers do not read: no `any`, no enumeration of one
/// value, no trailing comma, and every error has parentheses.
package enum ClinicInterface {
    /// The interface's name.
    package static let name = "io.infusiond.Clinic"

    /// The whole description.
    package static let description = [
        introduction, requestTypes, planTypes, explanationTypes, recordTypes, regimenTypes, boardTypes,
        changeTypes, standingTypes, waitingTypes, facilityTypes, repairTypes, auditTypes, reportTypes, exchangeTypes,
        methods, visitMethods, courseMethods, careMethods, facilityMethods, repairMethods, waitingMethods,
        auditMethods, reportMethods, exchangeMethods, frontDeskTypes, frontDeskMethods,
        errors,
    ].joined(separator: "\n")

    /// The full name of one of its methods or errors.
    package static func member(_ member: String) -> String { name + "." + member }

    static let introduction = """
        # The work of an infusion clinic: patients, courses, visits, the day.
        #
        # Ids are opaque and short: patients p17, courses c42, visits v345, proposals pr1, events by number. Days are
        # written 2026-03-02, windows on the clock 09:00-17:30, weekdays mon tue wed thu fri sat sun. Instants are RFC
        # 3339 with the clinic's offset: 2026-03-02T09:00:00-05:00. Amounts of time carry their unit in their name.
        #
        # Methods that change something take a request id chosen by the caller. The same caller may repeat a call with
        # the same request id and gets the first answer again, an error included; the same id with other parameters is
        # RequestReused. Without a request id a repeated call is a new one.
        interface io.infusiond.Clinic

        """
}
