package import StrictJSON

extension ServiceInterface {
    /// Copies the database into a file while service goes on. The copy is checked before it gets its name; a file of
    /// that name that is no database of infusiond is not replaced.
    package struct Backup: WireCall {
        /// The full name of the method.
        package static let method = ServiceInterface.member("Backup")

        /// Where to: an absolute path that the daemon may write.
        package var path: String
        /// Whether to rebuild every table of the copy from its events and compare (false).
        package var verify: Bool?

        /// The values of its fields.
        package init(path: String, verify: Bool? = nil) {
            self.path = path
            self.verify = verify
        }

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) {
            let path: String? = fields.required("path")
            let verify: Bool? = fields.nullable("verify")
            guard let path else { return nil }
            self.init(path: path, verify: verify)
        }

        /// The object as it is sent.
        package var object: JSONObject {
            .present([("path", path.json), ("verify", verify?.json)])
        }

        /// What Backup answers.
        package struct Reply: WireValue {
            /// Where it is.
            package var path: String
            /// Its size.
            package var bytes: Int
            /// The number of its last event.
            package var events: Int
            /// Whether all of it agrees; null where that was not asked.
            package var sound: Bool?
            /// What does not agree; ids only.
            package var problems: [String]

            /// The values of its fields.
            package init(path: String, bytes: Int, events: Int, sound: Bool? = nil, problems: [String]) {
                self.path = path
                self.bytes = bytes
                self.events = events
                self.sound = sound
                self.problems = problems
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let path: String? = fields.required("path")
                let bytes: Int? = fields.required("bytes")
                let events: Int? = fields.required("events")
                let sound: Bool? = fields.nullable("sound")
                let problems: [String]? = fields.required("problems")
                guard let path, let bytes, let events, let problems else { return nil }
                self.init(path: path, bytes: bytes, events: events, sound: sound, problems: problems)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([
                    ("path", path.json), ("bytes", bytes.json), ("events", events.json), ("sound", sound?.json),
                    ("problems", problems.json),
                ])
            }
        }
    }
}

extension ServiceInterface {
    static let backupMethod = """
        # Copies the database into a file while service goes on. The copy is checked before it gets its name; a file
        # of that name that is no database of infusiond is not replaced.
        method Backup(
          # Where to: an absolute path that the daemon may write.
          path: string,
          # Whether to rebuild every table of the copy from its events and compare (false).
          verify: ?bool
        ) -> (
          # Where it is.
          path: string,
          # Its size.
          bytes: int,
          # The number of its last event.
          events: int,
          # Whether all of it agrees; null where that was not asked.
          sound: ?bool,
          # What does not agree; ids only.
          problems: []string
        )

        """
}
