package import StrictJSON

extension ClinicInterface {
    /// Adds a patient.
    package struct AddPatient: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("AddPatient")

        /// The clinic's own reference; must be new.
        package var recordNumber: String
        /// If known.
        package var name: String?
        /// If known.
        package var phone: String?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(
            recordNumber: String, name: String? = nil, phone: String? = nil, request: String? = nil
        ) {
            self.recordNumber = recordNumber
            self.name = name
            self.phone = phone
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let recordNumber: String? = fields.required("recordNumber")
            let name: String? = fields.nullable("name")
            let phone: String? = fields.nullable("phone")
            let request: String? = fields.nullable("request")
            guard let recordNumber else { return nil }
            self.init(recordNumber: recordNumber, name: name, phone: phone, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("recordNumber", recordNumber.json), ("name", name?.json), ("phone", phone?.json),
                ("request", request?.json),
            ])
        }

        /// What AddPatient answers.
        package struct Reply: WireValue {
            /// The new patient's id.
            package var patient: String

            /// The values of its fields.
            package init(patient: String) {
                self.patient = patient
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let patient: String? = fields.required("patient")
                guard let patient else { return nil }
                self.init(patient: patient)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("patient", patient.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Adds patients whose record number is new, all in one transaction.
    package struct ImportPatients: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ImportPatients")

        /// Whom to add.
        package var patients: [NewPatientMessage]
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(patients: [NewPatientMessage], request: String? = nil) {
            self.patients = patients
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let patients: [NewPatientMessage]? = fields.required("patients")
            let request: String? = fields.nullable("request")
            guard let patients else { return nil }
            self.init(patients: patients, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("patients", patients.json), ("request", request?.json)])
        }

        /// What ImportPatients answers.
        package struct Reply: WireValue {
            /// How many were new.
            package var added: Int
            /// The patients' ids in the order given, of those known before too.
            package var ids: [String]

            /// The values of its fields.
            package init(added: Int, ids: [String]) {
                self.added = added
                self.ids = ids
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let added: Int? = fields.required("added")
                let ids: [String]? = fields.required("ids")
                guard let added, let ids else { return nil }
                self.init(added: added, ids: ids)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("added", added.json), ("ids", ids.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Lists patients by id.
    package struct ListPatients: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListPatients")

        /// Part of a name or of a record number (all).
        package var query: String?
        /// The id after which the list goes on.
        package var after: String?
        /// How many at most (100; at most 1000).
        package var limit: Int?

        /// The values of its fields.
        package init(query: String? = nil, after: String? = nil, limit: Int? = nil) {
            self.query = query
            self.after = after
            self.limit = limit
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let query: String? = fields.nullable("query")
            let after: String? = fields.nullable("after")
            let limit: Int? = fields.nullable("limit")
            self.init(query: query, after: after, limit: limit)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("query", query?.json), ("after", after?.json), ("limit", limit?.json)])
        }

        /// What ListPatients answers.
        package struct Reply: WireValue {
            /// Those found.
            package var patients: [PatientMessage]
            /// Whether there are more; ask again after the last one's id.
            package var more: Bool

            /// The values of its fields.
            package init(patients: [PatientMessage], more: Bool) {
                self.patients = patients
                self.more = more
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let patients: [PatientMessage]? = fields.required("patients")
                let more: Bool? = fields.required("more")
                guard let patients, let more else { return nil }
                self.init(patients: patients, more: more)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("patients", patients.json), ("more", more.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Shows a patient, asked for by id or by record number.
    package struct ShowPatient: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ShowPatient")

        /// The id.
        package var patient: String?
        /// The clinic's own reference; exactly one of the two.
        package var recordNumber: String?

        /// The values of its fields.
        package init(patient: String? = nil, recordNumber: String? = nil) {
            self.patient = patient
            self.recordNumber = recordNumber
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let patient: String? = fields.nullable("patient")
            let recordNumber: String? = fields.nullable("recordNumber")
            self.init(patient: patient, recordNumber: recordNumber)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("patient", patient?.json), ("recordNumber", recordNumber?.json)])
        }

        /// What ShowPatient answers.
        package struct Reply: WireValue {
            /// The patient.
            package var found: PatientMessage
            /// The patient's courses.
            package var courses: [CourseSummaryMessage]

            /// The values of its fields.
            package init(found: PatientMessage, courses: [CourseSummaryMessage]) {
                self.found = found
                self.courses = courses
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let found: PatientMessage? = fields.required("found")
                let courses: [CourseSummaryMessage]? = fields.required("courses")
                guard let found, let courses else { return nil }
                self.init(found: found, courses: courses)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("found", found.json), ("courses", courses.json)])
            }
        }
    }
}
