internal import Clinic
internal import Configuration
internal import Planning
internal import StrictJSON
internal import Varlink
internal import Wire

extension ClinicService {
    /// Reads the configuration file again and brings it into force, or refuses it whole.
    ///
    /// - Throws: `ConfigurationRefused` with all problems; the old configuration stays then.
    package func reload() async throws(VarlinkError) -> JSONObject {
        do throws(ConfigurationError) {
            let configuration = try surroundings.configuration()
            let adopted = try await adopt(configuration)
            surroundings.reloaded(nil)
            return adopted
        } catch {
            surroundings.reloaded(error)
            throw VarlinkError(
                ServiceInterface.Failure.configurationRefused(
                    problems: error.problems.map {
                        ProblemMessage(path: $0.path, message: $0.message, hint: $0.hint)
                    }))
        }
    }
}
