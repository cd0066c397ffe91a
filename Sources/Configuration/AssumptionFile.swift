internal import StrictJSON

/// A rate that a file of assumptions says.
package struct ForecastAssumption: Hashable, Sendable {
    /// What it is of, by the name that the socket has for it.
    package let rate: String
    /// Of gates, stops and referrals.
    package let regimen: String?
    /// Of gates and stops.
    package let phase: String?
    package let value: Int
}

/// Reads a file of assumptions for a forecast (docs/forecast.md section 3).
///
/// - Throws: all problems with their file.
package func readAssumptions(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> [ForecastAssumption] {
    try decode(bytes, file: file) { AssumptionFile.shape.read($0) }.assumptions
}

/// A file of assumptions as it is written.
private struct AssumptionFile: Sendable {
    var visits = Visits()
    var gates: [Share] = []
    var stops: [Share] = []
    var referrals: [Referrals] = []

    struct Visits: Sendable {
        var earlyCancellation: Int?
        var lateCancellation: Int?
        var noShow: Int?
        var notTreated: Int?
        var givenUp: Int?
    }

    struct Share: Sendable {
        let regimen: String
        let phase: String
        let percent: Int
    }

    struct Referrals: Sendable {
        let regimen: String
        let inHundredWeeks: Int
    }

    private static let perMille = Codec.within(0...1000).optional

    private static let visits = Shape(
        Visits(),
        DefaultedField("earlyCancellation", \.earlyCancellation, perMille),
        DefaultedField("lateCancellation", \.lateCancellation, perMille),
        DefaultedField("noShow", \.noShow, perMille),
        DefaultedField("notTreated", \.notTreated, perMille),
        DefaultedField("givenUp", \.givenUp, perMille)
    ).checked { visits, fields in
        let all = [
            visits.earlyCancellation, visits.lateCancellation, visits.noShow, visits.notTreated, visits.givenUp,
        ].reduce(0) { $0 + ($1 ?? 0) }
        if all > 1000 { fields.problem("givenUp", "of a thousand visits \(all) would be lost or the last") }
    }

    private static let share = Shape<Share>(
        Share.init(regimen:phase:percent:),
        Field("regimen", \.regimen, .name),
        Field("phase", \.phase, .name),
        Field("percent", \.percent, .within(0...100)))

    private static let referral = Shape<Referrals>(
        Referrals.init(regimen:inHundredWeeks:),
        Field("regimen", \.regimen, .name),
        Field("inHundredWeeks", \.inHundredWeeks, .within(0...10_000)))

    static let shape = Shape(
        AssumptionFile(),
        DefaultedField("visits", \.visits, visits.codec),
        DefaultedField("gates", \.gates, share.codec.list),
        DefaultedField("stops", \.stops, share.codec.list),
        DefaultedField("referrals", \.referrals, referral.codec.list))

    var assumptions: [ForecastAssumption] {
        let lost: [(String, Int?)] = [
            ("earlyCancellation", visits.earlyCancellation), ("lateCancellation", visits.lateCancellation),
            ("noShow", visits.noShow), ("notTreated", visits.notTreated), ("givenUp", visits.givenUp),
        ]
        return lost.compactMap { rate, value in
            value.map { ForecastAssumption(rate: rate, regimen: nil, phase: nil, value: $0) }
        }
            + gates.map { ForecastAssumption(rate: "gate", regimen: $0.regimen, phase: $0.phase, value: $0.percent) }
            + stops.map { ForecastAssumption(rate: "stop", regimen: $0.regimen, phase: $0.phase, value: $0.percent) }
            + referrals.map {
                ForecastAssumption(rate: "referrals", regimen: $0.regimen, phase: nil, value: $0.inHundredWeeks)
            }
    }
}
