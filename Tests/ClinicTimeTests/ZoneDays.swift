import ClinicTime
import Foundation
import Planning

/// The zones beside this file and what Python's zoneinfo says of their days (zone-days.py writes it).
enum ZoneDays {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// The days of a zone that are not 24 even hours, with the first minute of its first day.
    struct Zone: CustomStringConvertible {
        var name: String
        var first: Day
        var firstMinute: Int
        var uneven: [DayCalendar]

        var description: String { name }
    }

    static let last = Day("2040-12-31")!

    static func zone(_ name: String) throws -> ClinicZone {
        try ClinicZone(named: name, directory: folder.appendingPathComponent("zoneinfo").path)
    }

    static let zones: [Zone] = {
        let text = try? String(contentsOf: folder.appendingPathComponent("zone-days.txt"), encoding: .utf8)
        var zones: [Zone] = []
        for line in (text ?? "").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let day = Day(words[1]), let first = Int(words[2]) else { preconditionFailure("malformed: \(line)") }
            if words[3] == "first" {
                zones.append(Zone(name: String(words[0]), first: day, firstMinute: first, uneven: []))
                continue
            }
            guard let length = Int(words[3]) else { preconditionFailure("malformed: \(line)") }
            let segments = words[4].split(separator: ",").map { pair in
                let numbers = pair.split(separator: "=").compactMap { Int($0) }
                return DayCalendar.Segment(elapsed: numbers[0], clock: numbers[1])
            }
            zones[zones.count - 1].uneven.append(
                DayCalendar(day: day, firstMinute: first, length: length, segments: segments))
        }
        return zones
    }()
}
