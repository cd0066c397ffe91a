/// What each target of the product may import: the architecture, as a table.
enum ImportTable {
    /// Planning, Checker, Clinic, Forecast, StrictJSON and VarlinkDescription are pure: not even Foundation.
    static let pure: Set<String> = ["Planning", "Checker", "Clinic", "Forecast", "StrictJSON", "VarlinkDescription"]

    /// What the system brings, for targets that are not pure. The whole of Foundation is for the daemon alone, whose
    /// database library needs it: infusionctl is linked without it and its tables of languages.
    private static let system: Set<String> = ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]

    static let allowed: [String: Set<String>] = [
        "Planning": [],
        "Checker": ["Planning"],
        "Clinic": ["Planning", "HashTreeCollections"],
        "Forecast": ["Clinic", "Planning"],
        "StrictJSON": [],
        "ClinicTime": system.union(["Planning"]),
        "Configuration": system.union(["StrictJSON", "ClinicTime", "Clinic", "Planning"]),
        "Store": system.union(["Foundation", "Clinic", "ClinicTime", "Planning", "StrictJSON", "CLinux", "GRDB"]),
        "VarlinkDescription": [],
        "Varlink": system.union(["VarlinkDescription", "StrictJSON", "NIOCore", "NIOPosix"]),
        "MessageGenerator": ["VarlinkDescription", "Foundation"],
        "WireMessages": ["PackagePlugin", "Foundation"],
        "Wire": system.union(["StrictJSON", "Clinic", "Planning"]),
        "Systemd": ["CSystemd", "Glibc", "Synchronization"],
        "Service": system.union([
            "Foundation", "Planning", "Clinic", "Forecast", "ClinicTime", "Configuration", "Store", "StrictJSON",
            "Varlink", "VarlinkDescription", "Wire", "Systemd", "HashTreeCollections", "ServiceLifecycle", "Logging",
            "UnixSignals",
        ]),
        "infusiond": system.union([
            "Foundation", "Service", "Configuration", "Systemd", "Logging", "ArgumentParser",
        ]),
        "infusionctl": system.union(["Verbs"]),
        "Verbs": system.union([
            "Wire", "Varlink", "StrictJSON", "Configuration", "ClinicTime", "Planning", "Checker", "ArgumentParser",
        ]),
    ]

    /// Imports that the table does not allow, and files of a target that it does not know.
    static func violations(in file: SourceFile) -> [Violation] {
        guard file.isProduct else { return [] }
        guard let allowed = allowed[file.target] else {
            return [Violation(path: file.path, line: 0, message: "\(file.target) is not in the import table")]
        }
        return file.violations(in: file.code) { line in
            guard let module = importedModule(line), !allowed.contains(module) else { return nil }
            let list = allowed.isEmpty ? "nothing" : allowed.sorted().joined(separator: ", ")
            return "\(file.target) imports \(module) (allowed: \(list))"
        }
    }

    /// The module that the line imports, if it does.
    static func importedModule(_ line: String) -> String? {
        let keywords: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        var words = line.split(separator: " ").drop { $0.hasPrefix("@") || keywords.contains($0) }
        guard words.popFirst() == "import" else { return nil }
        if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
        return words.first.map { String($0.prefix { $0.isLetter || $0.isNumber || $0 == "_" }) }
    }
}
