/// The description of `io.infusiond.Clinic`: all of the clinic's work.
///
/// One text, kept in parts: types, methods, errors. It evolves by nullable fields and new methods; a field is never
/// removed and never changes its meaning. It avoids what older parsers do not read: no `any`, no enumeration of one
/// value, no trailing comma, and every error has parentheses.
package enum ClinicInterface {
    /// The interface's name.
    package static let name = "io.infusiond.Clinic"

    /// The whole description.
    package static let description = [introduction, requestTypes, planTypes, recordTypes, boardTypes, methods, errors]
        .joined(separator: "\n")

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

    static let errors = """
        # A rule of the clinic forbids it. Nothing has changed.
        # rule: the first rule broken, by its name (chair-free, one-visit-a-day, course-status …)
        # message: what is refused, with the value and the limit; lower case, no full stop
        # hint: what could be done about it
        # violations: every rule that a visit of the course would break
        # refusal: why a course asked for in the same call has no plan
        error Refused (rule: string, message: string, hint: ?string, violations: []Violation, refusal: ?Refusal)

        # The proposal no longer fits what has been booked since. Propose again.
        # since: the number of the last event that the proposal knew
        # changed: which of its visits break which rule now
        error Stale (since: int, changed: []Violation)

        # The request id was used by the same caller with other parameters.
        # request: the request id
        error RequestReused (request: string)

        # A parameter has a value that cannot be.
        # field: where, as a path: course.availability[0].hours
        # message: what is wrong, with what is allowed
        # hint: what may have been meant
        error InvalidValue (field: string, message: string, hint: ?string)

        # There is no such patient.
        # patient: the id asked for; empty where it was asked for by record number
        error NoSuchPatient (patient: string)

        # Another patient has this record number.
        # patient: whose it is
        error RecordNumberTaken (patient: string)

        # There is no such regimen in the configuration in force.
        # regimen: the id asked for
        # hint: the id that may have been meant
        error NoSuchRegimen (regimen: string, hint: ?string)

        # There is no such visit type in the configuration in force.
        # visit: the id asked for
        # hint: the id that may have been meant
        error NoSuchVisitType (visit: string, hint: ?string)

        # There is no such course.
        # course: the id asked for
        error NoSuchCourse (course: string)

        # There is no such visit.
        # visit: the id asked for
        error NoSuchVisit (visit: string)

        # There is no such proposal: it never was, it has expired, or the daemon was restarted. Propose again.
        # proposal: the id asked for
        error NoSuchProposal (proposal: string)

        # There is no such chair.
        # chair: the id asked for
        error NoSuchChair (chair: string)

        # There is no such member of staff.
        # person: the id asked for
        error NoSuchPerson (person: string)

        # Too much is waiting to be planned or written. Nothing has changed; try again.
        error Busy ()

        # The disk is full. Nothing has changed; reading goes on, and writing when there is room.
        error StorageFull ()

        # Writing failed in a way that leaves the outcome unknown until the daemon has restarted. Repeat the call with
        # the same request id.
        error StorageFailed ()

        """
}
