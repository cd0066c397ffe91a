package import Clinic
package import ClinicTime
package import Planning

/// What happened in a year, however its visits were booked.
package struct YearRecord: Sendable {
    /// A visit that was given.
    package struct Visit: Hashable, Sendable {
        /// Of the patient, from 0.
        package let patient: Int
        package let phase: String
        package let day: Day
        package let chair: ChairID
        /// For how long the chair was held as planned, turnover included.
        package let minutes: Int

        /// A visit of a patient that was given on a day.
        package init(patient: Int, phase: String, day: Day, chair: ChairID, minutes: Int) {
            self.patient = patient
            self.phase = phase
            self.day = day
            self.chair = chair
            self.minutes = minutes
        }
    }

    /// The visits that were given.
    package private(set) var visits: [Visit] = []
    /// How often a visit of an induction got another day or time after its patient had been told, by patient.
    package private(set) var movedInInduction: [Int: Int] = [:]
    /// The same by what moved them.
    package private(set) var movesInInduction: [CourseAction: Int] = [:]
    /// How often a told visit of any phase was moved, by patient.
    package private(set) var moved: [Int: Int] = [:]
    /// Patients to whom no course could be offered, and how often one was asked for in vain.
    package internal(set) var turnedAway = 0

    /// Nothing has happened yet.
    package init() {}

    /// Notes that a visit was given.
    package mutating func note(_ visit: Visit) { visits.append(visit) }

    mutating func noteMoved(_ patient: Int, _ phase: String, by action: CourseAction) {
        moved[patient, default: 0] += 1
        guard phase == "induction" else { return }
        movedInInduction[patient, default: 0] += 1
        movesInInduction[action, default: 0] += 1
    }

    /// The days on which the visits of inductions were given, ascending, by patient.
    package var inductionDays: [Int: [Day]] {
        Dictionary(grouping: visits.lazy.filter { $0.phase == "induction" }, by: \.patient)
            .mapValues { $0.map(\.day).sorted() }
    }
}

extension YearSimulation {
    /// What has happened so far.
    package var record: YearRecord {
        var record = YearRecord()
        record.turnedAway = turnedAway.count
        for course in clinic.state.allCourses {
            for visit in clinic.state.visits(of: course) where visit.wasGiven {
                record.note(
                    YearRecord.Visit(
                        patient: course.patient.number - 1, phase: visit.phase, day: visit.day,
                        chair: visit.place.chair, minutes: visit.visitType.length + visit.visitType.turnoverMinutes))
            }
        }
        for change in clinic.events.flatMap(\.event.courseChanges) {
            guard let course = clinic.state.course(change.course) else { continue }
            for visit in change.visits where visit.isMoved && visit.before?.told ?? false {
                record.noteMoved(course.patient.number - 1, visit.after?.phase ?? "", by: change.action)
            }
        }
        return record
    }
}

/// A way of booking a year's visits.
package enum BookingWay: String, CaseIterable, Sendable {
    /// Whole courses by this program, whose inductions have goals: days in hand are worth something, and whoever would
    /// miss the goal is planned anew.
    case goals
    /// Whole courses by this program without goals, whose desk keeps the windows of inductions.
    case windows
    /// Whole courses by this program at the regimens' gaps, since no cost draws a course back into its window.
    case gaps
    /// One visit at a time, at the earliest free place from the least gap on that is allowed.
    case least
    /// One visit at a time, at the earliest free place from the ideal gap on.
    case ideal

    /// What it is called in a report.
    package var title: String {
        switch self {
        case .goals: "whole courses, goals"
        case .windows: "whole courses, windows kept"
        case .gaps: "whole courses"
        case .least: "first come, least gap"
        case .ideal: "first come, ideal gap"
        }
    }

    /// What happens in a year of so many days that is booked so.
    ///
    /// - Parameters:
    ///   - aim: how inductions with goals aim at them.
    ///   - after: called whenever something has happened, where whole courses are booked.
    package func live(
        _ fates: YearFates, zone: ClinicZone, days: Int, aim: YearClinic.Aim = YearClinic.Aim(),
        after: (inout YearSimulation) -> Void = { _ in }
    ) -> YearRecord {
        switch self {
        case .goals, .windows, .gaps:
            var year = YearSimulation(
                fates, zone: zone, days: days, hasWhims: false, keepsWindows: self != .gaps,
                aim: self == .goals ? aim : nil)
            year.run(after: after)
            return year.record
        case .least, .ideal:
            var desk = FirstCome(fates, zone: zone, days: days, spacing: self == .least ? .least : .ideal)
            desk.run()
            return desk.record
        }
    }
}
