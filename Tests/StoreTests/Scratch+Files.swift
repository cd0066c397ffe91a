import Foundation
import Glibc
import Planning

@testable import Clinic
@testable import Store

extension Scratch {
    func file(_ name: String) -> String { directory.appendingPathComponent(name).path }

    var names: Set<String> { Set((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []) }

    /// A database with some patients in its folder, closed in good order.
    func clinic(patients: Int, at path: String? = nil) throws {
        let clerk = try open(patients: patients, at: path)
        try clerk.store.close()
    }

    /// The same, still open.
    func open(patients: Int, at path: String? = nil) throws -> Clerk {
        var clerk = Clerk(try Store(path: path ?? self.path))
        try clerk.give(.configuration(.adopt(ClinicConfiguration(facility: Sample.facility))))
        for number in 0..<patients { try clerk.give(.patient(.add(PatientDetails(record: "M\(number)")))) }
        return clerk
    }

    /// A copy of all files of a folder as they are now, such as a power cut leaves them.
    func powerCut(_ folder: URL) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            try FileManager.default.copyItem(
                at: folder.appendingPathComponent(name), to: directory.appendingPathComponent(name))
        }
    }
}

/// How many patients a database has; a database that is not whole cannot tell.
func patientCount(at path: String) throws -> Int {
    let store = try Store(path: path)
    let count = try store.load(from: Clerk.first).patientCount
    let findings = try store.verify().findings
    guard findings.isEmpty else { throw StoreError.corrupt(findings.joined(separator: "; ")) }
    try store.close()
    return count
}

/// The error that something ends with.
func failure<Result>(of body: () throws -> Result) -> StoreError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? StoreError
    }
}
