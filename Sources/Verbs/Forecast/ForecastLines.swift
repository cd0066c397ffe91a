import Planning
import Wire

/// A forecast, for people.
func forecastLines(_ answer: ForecastAnswerMessage, _ style: Style) -> [String] {
    guard let asItIs = answer.outlooks.first else { return [] }
    var lines = [
        "\(style.bold(spokenDays(answer.from, through: answer.through)))   \(counted(answer.runs, "run")), "
            + "seed \(answer.seed)"
    ]
    lines += [""] + figureLines(asItIs, answer, style)
    let most = takingOn(asItIs, answer)
    lines += most.isEmpty ? [] : [""] + most
    for outlook in answer.outlooks.dropFirst() {
        lines += ["", style.bold("with \(outlook.change ?? "")")] + differenceLines(outlook, answer, style)
        lines += takingOn(outlook, answer)
    }
    lines += [""] + weekLines(asItIs, style)
    lines += [""] + useLines(asItIs, style)
    lines += [""] + fullHourLines(asItIs, style)
    return lines + [""] + rateLines(answer, style)
}

private func figureLines(
    _ outlook: ForecastOutlookMessage, _ answer: ForecastAnswerMessage, _ style: Style
) -> [String] {
    var table = TextTable(("", .left), ("mean", .right), ("90 of 100 runs", .right))
    for figure in outlook.figures {
        let unit = figure.figure.unit
        table.add(
            figure.figure.words(answer), tenthsText(figure.mean) + unit,
            "\(tenthsText(figure.low)) to \(tenthsText(figure.high))\(unit)")
    }
    return table.lines(style)
}

private func differenceLines(
    _ outlook: ForecastOutlookMessage, _ answer: ForecastAnswerMessage, _ style: Style
) -> [String] {
    var table = TextTable(("", .left), ("mean", .right), ("difference", .right), ("95 % interval", .right))
    for figure in outlook.figures {
        guard let difference = figure.difference, let low = figure.differenceLow, let high = figure.differenceHigh
        else { continue }
        table.add(
            figure.figure.words(answer), tenthsText(figure.mean) + figure.figure.unit, signed(difference),
            "\(signed(low)) to \(signed(high))")
    }
    return table.lines(style)
}

/// How many inductions a week can be taken on, in a sentence.
private func takingOn(_ outlook: ForecastOutlookMessage, _ answer: ForecastAnswerMessage) -> [String] {
    guard let trials = outlook.trials else { return [] }
    let bar =
        "\(answer.inTimePercent) % in time, at most \(answer.waitingPercent) % waiting more than "
        + counted(answer.waitDays, "day")
    guard let most = trials.map(\.inductions).max(), let least = trials.map(\.inductions).min(),
        trials.contains(where: { $0.kept != nil })
    else { return ["inductions a week that can be taken on: not known; no induction was over within these weeks"] }
    switch (outlook.mostKept, outlook.leastMissed) {
    case (let kept?, let missed?):
        return ["inductions a week that can be taken on: \(hundredths(kept)), not \(hundredths(missed)) (\(bar))"]
    case (_?, nil): return ["inductions a week that can be taken on: \(hundredths(most)) or more (\(bar))"]
    case (nil, _): return ["inductions a week that can be taken on: fewer than \(hundredths(least)) (\(bar))"]
    }
}

/// The weeks as a picture: a mark for a day of waiting, and for five percent of the chairs.
private func weekLines(_ outlook: ForecastOutlookMessage, _ style: Style) -> [String] {
    var table = TextTable(
        ("week of", .left), ("referred", .right), ("wait", .right), ("days", .left), ("chairs", .right), ("", .left))
    for week in outlook.weeks {
        table.add(
            week.day.spoken, tenthsText(week.referred), week.wait.map(tenthsText) ?? "-", bar(week.wait ?? 0, 10, 30),
            week.chairs.map { "\(tenthsText($0)) %" } ?? "-", bar(week.chairs ?? 0, 50, 20))
    }
    return table.lines(style)
}

private func useLines(_ outlook: ForecastOutlookMessage, _ style: Style) -> [String] {
    var table = TextTable(("in use", .left), ("mean", .right), ("90 of 100 runs", .right))
    for use in outlook.chairs + outlook.roles where use.high > 0 {
        table.add(
            use.name.isEmpty ? "chairs" : use.name, "\(tenthsText(use.mean)) %",
            "\(tenthsText(use.low)) to \(tenthsText(use.high)) %")
    }
    return table.lines(style)
}

/// What closes the days: the fullest hours.
private func fullHourLines(_ outlook: ForecastOutlookMessage, _ style: Style) -> [String] {
    let shown = outlook.fullHours.filter { $0.fullDays * 20 >= $0.days }.prefix(8)
    guard !shown.isEmpty else { return ["no hour was full on more than one day of twenty"] }
    var table = TextTable(("full", .left), ("for", .left), ("since", .left), ("of its days", .right))
    for hour in shown {
        table.add(
            "\(hour.weekday) \(padded(hour.hour, 2)):00", hour.visit, hour.words,
            "\(hour.days == 0 ? 0 : hour.fullDays * 100 / hour.days) %")
    }
    return table.lines(style)
}

private func rateLines(_ answer: ForecastAnswerMessage, _ style: Style) -> [String] {
    var table = TextTable(("expected", .left), ("", .left), ("rate", .right), ("from", .left))
    for rate in answer.rates where rate.rate != .referrals || rate.value > 0 || rate.source == .counted {
        let of = [rate.regimen, rate.phase].compactMap(\.self).joined(separator: " ")
        table.add(rate.words, of, rate.text, rate.origin)
    }
    return table.lines(style)
}

extension ForecastFigureCode {
    /// What is counted, in words.
    fileprivate func words(_ answer: ForecastAnswerMessage) -> String {
        switch self {
        case .referred: "patients referred"
        case .unplaced: "of them without a place"
        case .medianWait: "wait for the first visit, median"
        case .waitingLonger: "wait more than \(counted(answer.waitDays, "day"))"
        case .begun: "inductions begun"
        case .inTime: "inductions in time"
        case .givenUp: "inductions given up"
        case .chairs: "chairs in use"
        case .unknown(let code): code
        }
    }

    fileprivate var unit: String {
        switch self {
        case .referred, .unplaced, .begun, .unknown: ""
        case .medianWait: " d"
        case .waitingLonger, .inTime, .givenUp, .chairs: " %"
        }
    }
}

extension ForecastHourMessage {
    fileprivate var words: String {
        switch cause {
        case .chairs: "chairs"
        case .attention: "\(role ?? "staff")'s attention"
        case .several: "chairs and staff"
        case .unknown(let code): code
        }
    }
}

extension ForecastRateMessage {
    fileprivate var words: String {
        switch rate {
        case .earlyCancellation: "called off before the day"
        case .lateCancellation: "called off late"
        case .noShow: "not come"
        case .notTreated: "come and not treated"
        case .givenUp: "treatment given up"
        case .gate: "gate opens"
        case .stop: "stopped by a score"
        case .referrals: "referred a week"
        case .unknown(let code): code
        }
    }

    fileprivate var text: String {
        switch rate {
        case .earlyCancellation, .lateCancellation, .noShow, .notTreated, .givenUp: "\(tenthsText(value)) %"
        case .gate, .stop: "\(value) %"
        case .referrals: hundredths(value)
        case .unknown: "\(value)"
        }
    }

    fileprivate var origin: String {
        switch source {
        case .counted: "counted of \(cases)"
        case .assumed: "assumed"
        case .usual: "usual; the record has \(cases)"
        case .unknown(let code): code
        }
    }
}

/// Tenths as people write them: 52 is 5.2.
private func tenthsText(_ value: Int) -> String { "\(value < 0 ? "-" : "")\(abs(value) / 10).\(abs(value) % 10)" }

private func signed(_ value: Int) -> String { value > 0 ? "+" + tenthsText(value) : tenthsText(value) }

/// Hundredths as people write them: 325 is 3.25.
private func hundredths(_ value: Int) -> String { "\(value / 100).\(padded(value % 100, 2))" }

/// A bar of marks, each for so many, at most so long.
private func bar(_ value: Int, _ each: Int, _ most: Int) -> String {
    String(repeating: "#", count: min(most, max(0, (value + each / 2) / each)))
}
