/// What the Makefile and the pages for readers promise, held against what is there.
enum Documents {
    /// The targets that the Makefile has.
    static func makeTargets(_ makefile: String) -> Set<String> {
        Set(
            makefile.split(separator: "\n").compactMap { line in
                guard line.first?.isLetter == true, let colon = line.firstIndex(of: ":"),
                    !line[colon...].hasPrefix(":=")
                else { return nil }
                let name = line[..<colon]
                return name.allSatisfy { $0.isLetter || $0 == "-" } ? String(name) : nil
            })
    }

    /// `make X` in a page, in code, without a target X in the Makefile.
    static func makeMentions(path: String, text: String, targets: Set<String>) -> [Violation] {
        lines(of: text).flatMap { number, line in
            line.matches(of: #/(?:^\s*|`|&& |\$ )make ([a-z][a-z-]*)/#).compactMap { match in
                let target = String(match.output.1)
                if targets.contains(target) { return nil }
                return Violation(path: path, line: number, message: "the Makefile has no target \(target)")
            }
        }
    }

    /// Programs that a Makefile builds and the package does not have.
    static func productMentions(path: String, text: String, programs: Set<String>) -> [Violation] {
        lines(of: text).flatMap { number, line in
            line.matches(of: #/--product ([A-Za-z]+)/#).compactMap { match in
                let program = String(match.output.1)
                if programs.contains(program) { return nil }
                return Violation(path: path, line: number, message: "the package has no program \(program)")
            }
        }
    }

    /// Paths in the text that lead nowhere: links, which begin at the page's folder, and names of files under the
    /// project's folders.
    static func pathMentions(path: String, text: String, exists: (String) -> Bool) -> [Violation] {
        let pattern =
            #/(?:\]\(([^)#:\s]+)(?:#[^)]*)?\))|(?:(?:^|[^\w.\/-])((?:Sources|Tests|systemd|docs|\.ci)/[\w@.+\/-]*\w))/#
        return lines(of: text).flatMap { number, line in
            line.matches(of: pattern).compactMap { match in
                let link = match.output.1.map { resolved(String($0), from: path) }
                let mention = link ?? String(match.output.2 ?? "")
                if mention.isEmpty || exists(mention) { return nil }
                return Violation(path: path, line: number, message: "there is no \(mention)")
            }
        }
    }

    /// The files that a Makefile installs to be read: those that it lists as PAGES, and those in the folders that it
    /// has searched for them.
    static func installed(_ makefile: String, filesIn files: (String) throws -> [String]) rethrows -> Set<String> {
        let list = makefile.split(separator: "\n").first { $0.hasPrefix("PAGES := ") } ?? ""
        let folders = list.matches(of: #/\$\(shell find (\S+) -type f\)/#).map { String($0.output.1) }
        let named = list.replacing(#/\$\(shell [^)]*\)/#, with: "").split(separator: " ").dropFirst(2).map(String.init)
        return Set(try named + folders.flatMap(files))
    }

    /// Links of a page that lead to nothing that is installed with it. A folder is there with what is in it.
    static func deadLinks(path: String, text: String, installed: Set<String>) -> [Violation] {
        lines(of: text).flatMap { number, line in
            line.matches(of: #/\]\(([^)#:\s]+)(?:#[^)]*)?\)/#).compactMap { match in
                let target = resolved(String(match.output.1), from: path)
                let isThere = installed.contains(target) || installed.contains { $0.hasPrefix(target + "/") }
                if isThere { return nil }
                return Violation(path: path, line: number, message: "\(target) is not installed with it")
            }
        }
    }

    /// A link of a page as a path from the top of the project.
    static func resolved(_ link: String, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast().map(String.init)
        for part in link.split(separator: "/") {
            if part == ".." {
                _ = parts.popLast()
            } else if part != "." {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// Swift files that a text names without a path and that are nowhere. A capital X in a name stands for any word.
    static func fileMentions(path: String, text: String, names: Set<String>) -> [Violation] {
        lines(of: text).flatMap { number, line in
            line.matches(of: #/`([A-Z][\w+]*\.swift)`/#).compactMap { match in
                let name = String(match.output.1)
                if name.contains("X") || names.contains(name) { return nil }
                return Violation(path: path, line: number, message: "there is no \(name)")
            }
        }
    }

    /// How many words a text has.
    static func wordCount(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

    /// The names of the targets that a package declares by one of these functions: `module("Planning"`, or with a
    /// label, `.executableTarget(name: "infusionbench"`.
    static func declared(by functions: [String], in package: String) -> Set<String> {
        Set(
            package.matches(of: #/\b(\w+)\(\s*(?:name: )?"(\w+)"/#).compactMap { match in
                functions.contains(String(match.output.1)) ? String(match.output.2) : nil
            })
    }

    private static func lines(of text: String) -> [(number: Int, line: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }
    }
}
