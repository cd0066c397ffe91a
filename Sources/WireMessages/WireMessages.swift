import Foundation
import PackagePlugin

/// Makes the messages of the interfaces that a target describes: of each folder with `.varlink` files, which together
/// are one description, and a table `swift.types`. `interface.varlink` comes first, the others in the order of their
/// names.
@main
struct WireMessages: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
        guard let module = target as? any SourceModuleTarget else { return [] }
        let generator = try context.tool(named: "MessageGenerator").url
        let files = module.sourceFiles.map(\.url)
        let tables = files.filter { $0.lastPathComponent == "swift.types" }.sorted { $0.path < $1.path }
        return tables.map { table in
            let folder = table.deletingLastPathComponent()
            let name = folder.lastPathComponent
            let parts = files.filter { $0.pathExtension == "varlink" && $0.deletingLastPathComponent() == folder }
                .sorted { place(of: $0) < place(of: $1) }
            let output = context.pluginWorkDirectoryURL
            let made = [name] + parts.map { "\(name)-\($0.deletingPathExtension().lastPathComponent)" }
            return .buildCommand(
                displayName: "Making the messages of \(name)", executable: generator,
                arguments: [output.path, table.path] + parts.map(\.path), inputFiles: [table] + parts,
                outputFiles: made.map { output.appending(path: $0 + ".swift") })
        }
    }

    private func place(of part: URL) -> (Int, String) {
        (part.lastPathComponent == "interface.varlink" ? 0 : 1, part.path)
    }
}
