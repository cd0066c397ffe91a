package import Planning
package import StrictJSON

extension ClinicInterface {
    /// Sends the live state of the clinic as an export file: what is configured, patients, open courses and all
    /// visits from today on. The texts joined are the file.
    package struct Export: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Export")

        /// The values of its fields.
        package init() {
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            self.init()
        }

        /// The object as it is sent.
        package var object: JSONObject {
            JSONObject()
        }

        /// What Export answers.
        package struct Reply: WireValue {
            /// The next part of the file.
            package var text: String

            /// The values of its fields.
            package init(text: String) {
                self.text = text
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let text: String? = fields.required("text")
                guard let text else { return nil }
                self.init(text: text)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("text", text.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Sends the visits of some days, ascending by start, some at a time. Without names of patients.
    package struct ExportVisits: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ExportVisits")

        /// The first day (today).
        package var from: Planning.Day?
        /// The last day (all there are); at most ten years after the first.
        package var through: Planning.Day?
        /// Only those on this chair.
        package var chair: String?
        /// Only those that this person attends or covers.
        package var person: String?
        /// Only this patient's.
        package var patient: String?
        /// Only this course's.
        package var course: String?

        /// The values of its fields.
        package init(
            from: Planning.Day? = nil, through: Planning.Day? = nil, chair: String? = nil, person: String? = nil,
            patient: String? = nil, course: String? = nil
        ) {
            self.from = from
            self.through = through
            self.chair = chair
            self.person = person
            self.patient = patient
            self.course = course
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let from: Planning.Day? = fields.nullable("from")
            let through: Planning.Day? = fields.nullable("through")
            let chair: String? = fields.nullable("chair")
            let person: String? = fields.nullable("person")
            let patient: String? = fields.nullable("patient")
            let course: String? = fields.nullable("course")
            self.init(from: from, through: through, chair: chair, person: person, patient: patient, course: course)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("from", from?.json), ("through", through?.json), ("chair", chair?.json), ("person", person?.json),
                ("patient", patient?.json), ("course", course?.json),
            ])
        }

        /// What ExportVisits answers.
        package struct Reply: WireValue {
            /// The next ones; the last time perhaps none.
            package var visits: [VisitMessage]
            /// Names of the staff in them, by id.
            package var people: [String: String]

            /// The values of its fields.
            package init(visits: [VisitMessage], people: [String: String]) {
                self.visits = visits
                self.people = people
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let visits: [VisitMessage]? = fields.required("visits")
                let people: [String: String]? = fields.required("people")
                guard let visits, let people else { return nil }
                self.init(visits: visits, people: people)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("visits", visits.json), ("people", people.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Brings a part of an export file that is to be imported. Parts may come again; the daemon keeps the last
    /// two files until it restarts.
    package struct StageImport: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("StageImport")

        /// A name for the file, chosen by the caller.
        package var upload: String
        /// The number of the part, from 0; each but the last of at most 500000 characters.
        package var part: Int
        /// The part.
        package var text: String

        /// The values of its fields.
        package init(upload: String, part: Int, text: String) {
            self.upload = upload
            self.part = part
            self.text = text
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let upload: String? = fields.required("upload")
            let part: Int? = fields.required("part")
            let text: String? = fields.required("text")
            guard let upload, let part, let text else { return nil }
            self.init(upload: upload, part: part, text: text)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("upload", upload.json), ("part", part.json), ("text", text.json)])
        }

        /// What StageImport answers.
        package struct Reply: WireValue {
            /// How much of the file has come so far.
            package var bytes: Int

            /// The values of its fields.
            package init(bytes: Int) {
                self.bytes = bytes
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let bytes: Int? = fields.required("bytes")
                guard let bytes else { return nil }
                self.init(bytes: bytes)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("bytes", bytes.json)])
            }
        }
    }
}

extension ClinicInterface {
    /// Takes in a staged export file, all or nothing: patients, courses and visits as they stand, absences,
    /// outages, closures and openings. The configuration in force stays. Patients are known by their record
    /// numbers. In a clinic to which nothing has come yet ids stay as they are. A course that was given
    /// elsewhere so far and has no visits is planned.
    package struct Import: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("Import")

        /// The name of the file.
        package var upload: String
        /// The checksum of the whole file: FNV-1a of 64 bits in hexadecimal digits.
        package var checksum: String
        /// Whether nothing is to change (false).
        package var dryRun: Bool?
        /// The caller's request id.
        package var request: String?

        /// The values of its fields.
        package init(upload: String, checksum: String, dryRun: Bool? = nil, request: String? = nil) {
            self.upload = upload
            self.checksum = checksum
            self.dryRun = dryRun
            self.request = request
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let upload: String? = fields.required("upload")
            let checksum: String? = fields.required("checksum")
            let dryRun: Bool? = fields.nullable("dryRun")
            let request: String? = fields.nullable("request")
            guard let upload, let checksum else { return nil }
            self.init(upload: upload, checksum: checksum, dryRun: dryRun, request: request)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([
                ("upload", upload.json), ("checksum", checksum.json), ("dryRun", dryRun?.json),
                ("request", request?.json),
            ])
        }

        /// What Import answers.
        package struct Reply: WireValue {
            /// Patients of the file.
            package var patients: Int
            /// Those that were not known before.
            package var newPatients: Int
            /// Courses taken in.
            package var courses: Int
            /// Visits taken in.
            package var visits: Int
            /// Visits planned for courses that came without any.
            package var planned: Int
            /// Absences, outages, closures and openings taken in.
            package var availabilities: Int
            /// Visits that stay where they are although they break a rule.
            package var breaches: [BreachMessage]
            /// The number of the last event that records it; null where nothing changed.
            package var event: Int?

            /// The values of its fields.
            package init(
                patients: Int, newPatients: Int, courses: Int, visits: Int, planned: Int, availabilities: Int,
                breaches: [BreachMessage], event: Int? = nil
            ) {
                self.patients = patients
                self.newPatients = newPatients
                self.courses = courses
                self.visits = visits
                self.planned = planned
                self.availabilities = availabilities
                self.breaches = breaches
                self.event = event
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let patients: Int? = fields.required("patients")
                let newPatients: Int? = fields.required("newPatients")
                let courses: Int? = fields.required("courses")
                let visits: Int? = fields.required("visits")
                let planned: Int? = fields.required("planned")
                let availabilities: Int? = fields.required("availabilities")
                let breaches: [BreachMessage]? = fields.required("breaches")
                let event: Int? = fields.nullable("event")
                guard let patients, let newPatients, let courses, let visits, let planned, let availabilities,
                    let breaches
                else { return nil }
                self.init(
                    patients: patients, newPatients: newPatients, courses: courses, visits: visits, planned: planned,
                    availabilities: availabilities, breaches: breaches, event: event)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("patients", patients.json), ("newPatients", newPatients.json), ("courses", courses.json),
                    ("visits", visits.json), ("planned", planned.json), ("availabilities", availabilities.json),
                    ("breaches", breaches.json), ("event", event?.json),
                ])
            }
        }
    }
}
