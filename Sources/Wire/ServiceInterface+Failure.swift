package import StrictJSON

extension ServiceInterface {
    /// The errors of the interface, with their parameters.
    package enum Failure: Error, Hashable, Sendable {
        /// A parameter has a value that cannot be.
        case invalidValue(field: String, message: String, hint: String?)
        /// The new configuration is refused as a whole; the old one stays in force.
        case configurationRefused(problems: [ProblemMessage])
        /// The clock is the system's.
        case notSimulated
        /// Too much is waiting to be written. Nothing has changed; try again.
        case busy
        /// The disk is full. Nothing has changed; reading goes on, and writing when there is room.
        case storageFull
        /// Writing failed in a way that leaves the outcome unknown until the daemon has restarted.
        case storageFailed

        /// The full name of the error.
        package var name: String {
            switch self {
            case .invalidValue: ServiceInterface.member("InvalidValue")
            case .configurationRefused: ServiceInterface.member("ConfigurationRefused")
            case .notSimulated: ServiceInterface.member("NotSimulated")
            case .busy: ServiceInterface.member("Busy")
            case .storageFull: ServiceInterface.member("StorageFull")
            case .storageFailed: ServiceInterface.member("StorageFailed")
            }
        }

        /// The parameters of the error.
        package var parameters: JSONObject {
            switch self {
            case .invalidValue(let field, let message, let hint):
                .present([("field", field.json), ("message", message.json), ("hint", hint?.json)])
            case .configurationRefused(let problems):
                .present([("problems", problems.json)])
            case .notSimulated: JSONObject()
            case .busy: JSONObject()
            case .storageFull: JSONObject()
            case .storageFailed: JSONObject()
            }
        }

        /// The error of a full name with its parameters; nil where either is not known.
        package init?(name: String, parameters: JSONObject) {
            let read: ((JSONFields) -> Failure?)? =
                switch name {
                case ServiceInterface.member("InvalidValue"): Self.readInvalidValue
                case ServiceInterface.member("ConfigurationRefused"): Self.readConfigurationRefused
                case ServiceInterface.member("NotSimulated"): { _ in .notSimulated }
                case ServiceInterface.member("Busy"): { _ in .busy }
                case ServiceInterface.member("StorageFull"): { _ in .storageFull }
                case ServiceInterface.member("StorageFailed"): { _ in .storageFailed }
                default: nil
                }
            guard let read else { return nil }
            guard let failure = try? JSONValue.object(parameters).decode({ $0.object(read) }) else { return nil }
            self = failure
        }
    }
}

extension ServiceInterface.Failure {
    private static func readInvalidValue(_ fields: JSONFields) -> Self? {
        let field: String? = fields.required("field")
        let message: String? = fields.required("message")
        let hint: String? = fields.nullable("hint")
        guard let field, let message else { return nil }
        return .invalidValue(field: field, message: message, hint: hint)
    }

    private static func readConfigurationRefused(_ fields: JSONFields) -> Self? {
        let problems: [ProblemMessage]? = fields.required("problems")
        guard let problems else { return nil }
        return .configurationRefused(problems: problems)
    }
}
