/// What becomes of a visit, as far as its patient goes.
package enum VisitFate: Sendable {
    /// Comes so many minutes late; early where negative.
    case comes(late: Int)
    /// Calls so many days before.
    case cancels(daysBefore: Int)
    /// Does not come and says nothing.
    case staysAway
    /// Comes and is not treated.
    case isSentHome
    /// Comes to this one, and to none after it.
    case isLast
}

/// How many of a thousand visits are lost in which way, or are the last that their patient comes to.
package struct LossRates: Hashable, Sendable {
    /// Called off in good time: one to six days before.
    package var earlyCancellation: Int
    /// Called off on the day.
    package var lateCancellation: Int
    package var noShow: Int
    /// Came and was not treated.
    package var notTreated: Int
    /// Given, and the patient gives up the treatment after it.
    package var givenUp: Int

    /// So many of a thousand each.
    package init(earlyCancellation: Int, lateCancellation: Int, noShow: Int, notTreated: Int, givenUp: Int) {
        self.earlyCancellation = earlyCancellation
        self.lateCancellation = lateCancellation
        self.noShow = noShow
        self.notTreated = notTreated
        self.givenUp = givenUp
    }

    /// What becomes of a visit by some dice of its own.
    package func fate(_ dice: inout SplitMix64) -> VisitFate {
        var roll = dice.number(0...999)
        for (rate, fate) in [
            (earlyCancellation, VisitFate.cancels(daysBefore: dice.number(1...6))),
            (lateCancellation, .cancels(daysBefore: 0)), (noShow, .staysAway), (notTreated, .isSentHome),
            (givenUp, .isLast),
        ] {
            if roll < rate { return fate }
            roll -= rate
        }
        return .comes(late: dice.chance(6) ? dice.number(16...25) : dice.number(-10...10))
    }
}

/// Dice for things that may happen: each has numbers of its own, the same whenever they are asked for, so that nothing
/// depends on what else happens or on when anybody asks.
package struct FateDice: Sendable {
    /// Where all of them begin.
    package let seed: UInt64

    /// The dice of a seed.
    package init(seed: UInt64) { self.seed = seed }

    /// Numbers of their own for a thing that may happen.
    ///
    /// - Parameters:
    ///   - kind: what kind of thing, 0 to 255.
    ///   - first: whose it is.
    ///   - second: which of theirs.
    package func dice(_ kind: UInt64, _ first: Int, _ second: Int = 0) -> SplitMix64 {
        var mixed = SplitMix64(seed: seed ^ (kind << 56))
        let start = mixed.next() ^ UInt64(bitPattern: Int64(first)) &* 0x9E37_79B9_7F4A_7C15
        var second = SplitMix64(seed: start ^ UInt64(bitPattern: Int64(second)) &* 0xD1B5_4A32_D192_ED03)
        return SplitMix64(seed: second.next())
    }
}
