package import StrictJSON

extension ClinicInterface {
    /// Lists the kinds of visit of the configuration in force.
    package struct ListVisitTypes: WireCall {
        /// The full name of the method.
        package static let method = ClinicInterface.member("ListVisitTypes")

        /// The values of its fields.
        package init() {}

        /// Reads the fields; nil after recording what is wrong.
        package init?(fields: JSONFields) { self.init() }

        /// The object as it is sent.
        package var object: JSONObject { .present([]) }

        /// What ListVisitTypes answers.
        package struct Reply: WireValue {
            /// In the order configured.
            package var visitTypes: [VisitTypeMessage]

            /// The values of its fields.
            package init(visitTypes: [VisitTypeMessage]) {
                self.visitTypes = visitTypes
            }

            /// Reads the fields; nil after recording what is wrong.
            package init?(fields: JSONFields) {
                let visitTypes: [VisitTypeMessage]? = fields.required("visitTypes")
                guard let visitTypes else { return nil }
                self.init(visitTypes: visitTypes)
            }

            /// The object as it is sent.
            package var object: JSONObject {
                .present([("visitTypes", visitTypes.json)])
            }
        }
    }
}
