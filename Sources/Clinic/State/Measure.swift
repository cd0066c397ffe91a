/// A measure of which scores are recorded, with the scores that it can have.
package struct Measure: Hashable, Sendable {
    /// Its name, as regimens and assessments have it.
    package let id: String
    /// The scores that it can have, both ends counted.
    package let scores: ClosedRange<Int>

    /// A measure with its lowest and its highest score.
    package init(_ id: String, _ scores: ClosedRange<Int>) {
        self.id = id
        self.scores = scores
    }

    /// Those that clinics usually take, by the instruments' own manuals. A configuration may give one another range.
    package static let usual = [
        Measure("PHQ-9", 0...27), Measure("GAD-7", 0...21), Measure("MADRS", 0...60), Measure("HAM-D", 0...52),
        Measure("HAM-D17", 0...52), Measure("HAM-A", 0...56), Measure("BDI-II", 0...63), Measure("QIDS-SR", 0...27),
        Measure("QIDS-SR16", 0...27), Measure("IDS-SR", 0...84), Measure("YMRS", 0...60), Measure("PCL-5", 0...80),
        Measure("Y-BOCS", 0...40), Measure("CADSS", 0...92), Measure("CGI-S", 1...7), Measure("CGI-I", 1...7),
        Measure("NRS", 0...10), Measure("VAS", 0...100),
    ]
}

extension ClinicConfiguration {
    /// The scores that a measure can have; nil where it is neither configured nor one of the usual ones.
    package func scores(of measure: String) -> ClosedRange<Int>? {
        (measures + Measure.usual).first { $0.id == measure }?.scores
    }
}
