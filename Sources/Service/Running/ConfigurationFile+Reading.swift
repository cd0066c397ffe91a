package import Configuration
internal import FoundationEssentials
internal import StrictJSON

/// Reads the configuration file at a path.
///
/// - Throws: everything that is wrong with it, or that it cannot be read.
package func readConfiguration(at path: String) throws(ConfigurationError) -> ConfigurationFile {
    let data: Data
    do {
        data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
        let isThere = FileManager.default.fileExists(atPath: path)
        let message = isThere ? "the file cannot be read" : "there is no such file"
        throw ConfigurationError(file: path, problems: [JSONProblem(path: "", message: message)])
    }
    return try readConfiguration(Array(data), file: path)
}
