package import Logging
package import Systemd

/// Brings what the daemon and its libraries log to the journal, or to standard error where there is none, in the same
/// words.
package struct JournalLogHandler: LogHandler {
    /// What stands behind every line.
    package var metadata: Logger.Metadata = [:]
    /// The least urgent level that is told.
    package var logLevel: Logger.Level
    private let journal: Journal

    /// A handler that sends to a journal from a level on.
    package init(journal: Journal, level: Logger.Level = .info) {
        self.journal = journal
        logLevel = level
    }

    /// One value of what stands behind every line.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Sends one line of the log to the journal.
    package func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let told = values.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        journal.send(JournalEntry("\(event.message)\(told)", priority: Priority(event.level)))
    }
}

extension Priority {
    fileprivate init(_ level: Logger.Level) {
        switch level {
        case .trace, .debug: self = .debug
        case .info: self = .informational
        case .notice: self = .notice
        case .warning: self = .warning
        case .error: self = .error
        case .critical: self = .critical
        }
    }
}
