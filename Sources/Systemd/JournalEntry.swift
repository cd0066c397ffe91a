/// How urgent a message is: syslog's levels, the lower the more urgent.
package enum Priority: Int, CaseIterable, Comparable, Sendable {
    case emergency, alert, critical, error, warning, notice, informational, debug

    /// Whether the left level is the more urgent one.
    package static func < (left: Priority, right: Priority) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One named value of a journal entry.
package struct JournalField: Hashable, Sendable {
    /// The name in capitals: `INFUSIOND_COURSE`.
    package let name: String
    /// The value: an id, a number, a day, never a patient's name or a free text.
    package let value: String

    /// A field of our own. The name must be valid and must not be one that the entry writes itself.
    package init(_ name: String, _ value: String) {
        precondition(Self.isValid(name: name), "a journal field is named by capitals, digits and underscores: \(name)")
        precondition(!Self.reserved.contains(name), "the journal entry itself writes \(name)")
        self.name = name
        self.value = value
    }

    /// Whether journald takes a field of this name from a program: `[A-Z][A-Z0-9_]*`, at most 64 characters.
    package static func isValid(name: String) -> Bool {
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = name.utf8.first, capitals.contains(first), name.utf8.count <= 64 else { return false }
        return name.utf8.allSatisfy { capitals.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// The names that an entry writes by itself; two values for one of them would make an entry ambiguous.
    static let reserved: Set<String> = ["MESSAGE", "MESSAGE_ID", "PRIORITY", "SYSLOG_IDENTIFIER"]
}

extension JournalField {
    /// The event that the entry tells of: `e9120`. Entries sent twice share it.
    package static func event(_ id: String) -> JournalField { JournalField("INFUSIOND_EVENT", id) }
    /// The course concerned: `c42`.
    package static func course(_ id: String) -> JournalField { JournalField("INFUSIOND_COURSE", id) }
    /// The visit concerned: `v345`.
    package static func visit(_ id: String) -> JournalField { JournalField("INFUSIOND_VISIT", id) }
    /// The patient's opaque id: `p17`. Never a record number.
    package static func patient(_ id: String) -> JournalField { JournalField("INFUSIOND_PATIENT", id) }
    /// The chair concerned, as the configuration names it.
    package static func chair(_ id: String) -> JournalField { JournalField("INFUSIOND_CHAIR", id) }
    /// The member of staff concerned, as the configuration names it.
    package static func person(_ id: String) -> JournalField { JournalField("INFUSIOND_PERSON", id) }
    /// When the thing is due: a day, a clinic-local time or an instant, as the message says it.
    package static func due(_ moment: String) -> JournalField { JournalField("INFUSIOND_DUE", moment) }
    /// The rule that refused or is broken.
    package static func rule(_ name: String) -> JournalField { JournalField("INFUSIOND_RULE", name) }
    /// Who did it: a user's name, or the daemon itself.
    package static func actor(_ name: String) -> JournalField { JournalField("INFUSIOND_ACTOR", name) }
    /// The visits concerned, how many.
    package static func count(_ number: Int) -> JournalField { JournalField("INFUSIOND_COUNT", String(number)) }
    /// A proposal's id, by which it can be made: `rp3`.
    package static func proposal(_ id: String) -> JournalField { JournalField("INFUSIOND_PROPOSAL", id) }
    /// How many visits have another day or time.
    package static func moved(_ number: Int) -> JournalField { JournalField("INFUSIOND_MOVED", String(number)) }
    /// How many visits lose their place.
    package static func unplaced(_ number: Int) -> JournalField { JournalField("INFUSIOND_UNPLACED", String(number)) }
    /// How many patients are to be called.
    package static func calls(_ number: Int) -> JournalField { JournalField("INFUSIOND_CALLS", String(number)) }
    /// The error's code, for a failure of the outside world.
    package static func code(_ code: String) -> JournalField { JournalField("INFUSIOND_CODE", code) }
}

/// What is said to the journal at once: a sentence for people, and named values for programs.
package struct JournalEntry: Hashable, Sendable {
    /// The sentence, with ids and times, without names.
    package let message: String
    /// The kind's id; nil for plain log lines, which have no text in the catalogue.
    package let messageID: MessageID?
    /// How urgent it is.
    package let priority: Priority
    /// The named values, in the order given.
    package let fields: [JournalField]

    /// A message of a known kind; its priority is the kind's own.
    package init(_ kind: MessageKind, _ message: String, fields: [JournalField] = []) {
        self.message = message
        messageID = kind.id
        priority = kind.priority
        self.fields = fields
    }

    /// A plain log line.
    package init(_ message: String, priority: Priority, fields: [JournalField] = []) {
        self.message = message
        messageID = nil
        self.priority = priority
        self.fields = fields
    }
}

extension JournalEntry {
    /// The assignments `NAME=value` that make the entry in journald's native protocol.
    package func assignments(identifier: String) -> [String] {
        var assignments = ["MESSAGE=\(message)", "PRIORITY=\(priority.rawValue)", "SYSLOG_IDENTIFIER=\(identifier)"]
        if let messageID { assignments.append("MESSAGE_ID=\(messageID)") }
        return assignments + fields.map { "\($0.name)=\($0.value)" }
    }

    /// The entry as one line without its end: the message, then the fields as `name=value`.
    ///
    /// With `levelled` it starts with syslog's level in angle brackets, which journald takes off again and which nobody
    /// else understands; otherwise with the program's name and, from warnings on, the level as a word.
    package func line(identifier: String, levelled: Bool) -> String {
        var start = levelled ? "<\(priority.rawValue)>" : "\(identifier): "
        if !levelled && priority <= .warning {
            start += priority == .warning ? "warning: " : "error: "
        }
        let values = fields.map { field in
            var name = Substring(field.name)
            if name.hasPrefix("INFUSIOND_") { name = name.dropFirst("INFUSIOND_".count) }
            return " \(name.lowercased())=\(Self.singleLine(field.value))"
        }
        return start + Self.singleLine(message) + values.joined()
    }

    /// The text with line ends and other control characters written out, so that a value cannot forge a line.
    private static func singleLine(_ text: String) -> String {
        var written = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": written += "\\n"
            case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}", "\u{2029}":
                written += "\\u{\(String(scalar.value, radix: 16))}"
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written
    }
}
