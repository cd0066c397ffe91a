internal import Clinic
internal import Planning
internal import Store
internal import Wire

extension RecordReader {
    /// What a report comes to.
    func report<Value>(_ body: (ReportSource) throws -> Value) throws(ClinicInterface.Failure) -> Value {
        try read { () throws(StoreError) in try store.report(body) }
    }

    /// The days of a stretch that have visits in the tables, ascending.
    func daysWithVisits(from: Day, through: Day) throws(ClinicInterface.Failure) -> [Day] {
        try read { () throws(StoreError) in try store.daysWithVisits(from: from, through: through) }
    }

    /// Details of patients, by id.
    func details(of patients: some Collection<PatientID>) throws(ClinicInterface.Failure) -> [PatientID: PatientDetails]
    {
        try read { () throws(StoreError) in try store.details(of: Array(patients)) }.mapValues(\.shown)
    }
}
