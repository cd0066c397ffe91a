package import Clinic
package import Planning
internal import StrictJSON

extension CourseRequestMessage {
    /// The order for a course.
    ///
    /// - Parameters:
    ///   - facility: where the default of `startWithinDays` stands, and the visit types.
    ///   - alternatives: how many other plans are wanted.
    ///   - again: whether it may stand beside one by the same regimen.
    /// - Throws: the first value that cannot be. Whether what it names exists is decided by the clinic.
    package func order(
        at facility: Facility, alternatives: Int = 0, again: Bool = false
    ) throws(ClinicInterface.Failure) -> CourseOrder {
        let startWithin = startWithinDays ?? facility.planning.startWithinDays
        try check(startWithin, in: 0...366, "course.startWithinDays")
        if let endDay, endDay < earliest {
            throw .invalidValue(
                field: "course.endDay", message: "expected a day from \(earliest) on, found \(endDay)", hint: nil)
        }
        if let usual { try check(usual.minutes, in: 0...1439, "course.usual", of: "minutes from 00:00") }
        for (index, authorisation) in (authorisations ?? []).enumerated() {
            for type in authorisation.visitTypes.sorted() where facility.visitType(type) == nil {
                let meant = closest(to: type.text, among: facility.visitTypes.map(\.id.text))
                throw .invalidValue(
                    field: "course.authorisations[\(index)].visitTypes", message: "no visit type \(type)",
                    hint: meant.map { "did you mean \($0)?" })
            }
        }
        if let walkIn, Reason.Code(rawValue: walkIn) == nil {
            let codes = ClinicInterface.reasons
            throw .invalidValue(
                field: "course.walkIn",
                message: "expected one of \(codes.joined(separator: ", ")), found \(walkIn)",
                hint: closest(to: walkIn, among: codes).map { "did you mean \($0)?" })
        }
        let wish = CourseWish(
            earliest: earliest, startWithinDays: startWithin, availability: availability ?? [],
            blackoutDays: Set(blackoutDays ?? []), preferred: preferred ?? [], usual: usual?.minutes,
            features: Set(features ?? []), preferredPerson: preferredPerson.map { PersonID($0) },
            requiresAuthorisation: requiresAuthorisation ?? false, authorisations: authorisations ?? [],
            endDay: endDay, referred: referred)
        return CourseOrder(
            patient: PatientID(patient), regimen: RegimenID(regimen), wish: wish, payer: payer,
            alternatives: alternatives, endsInTime: inTime ?? false,
            walkIn: walkIn.flatMap { Reason.Code(rawValue: $0) }, again: again)
    }

    /// What was asked for, as it is shown; who pays is told apart.
    package init(_ wish: CourseWish, patient: PatientID, regimen: RegimenID, payer: String? = nil) {
        self.init(
            patient: patient.text, regimen: regimen.text, earliest: wish.earliest,
            startWithinDays: wish.startWithinDays, availability: wish.availability.nonEmpty,
            blackoutDays: wish.blackoutDays.sorted().nonEmpty, preferred: wish.preferred.nonEmpty,
            usual: wish.usual.map { ClockTime(minutes: $0) }, features: wish.features.sorted().nonEmpty,
            preferredPerson: wish.preferredPerson?.text, payer: payer,
            requiresAuthorisation: wish.requiresAuthorisation, authorisations: wish.authorisations.nonEmpty,
            endDay: wish.endDay, referred: wish.referred)
    }
}

extension Array {
    /// The array, or nil where it is empty.
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}

/// Checks that a number lies in a range.
///
/// - Throws: `InvalidValue` with the field, the number and the range.
package func check(
    _ value: Int, in range: ClosedRange<Int>, _ field: String, of unit: String? = nil
) throws(ClinicInterface.Failure) {
    guard range.contains(value) else {
        let expected = unit.map { "\(range.lowerBound) to \(range.upperBound) \($0)" }
        throw .invalidValue(
            field: field,
            message: "expected \(expected ?? "a whole number from \(range.lowerBound) to \(range.upperBound)"), "
                + "found \(value)", hint: nil)
    }
}
