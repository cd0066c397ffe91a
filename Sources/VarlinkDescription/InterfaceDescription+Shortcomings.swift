extension InterfaceDescription {
    /// What would trouble old parsers or readers: `any`, an enumeration of one word, a trailing comma is already
    /// refused, an error without parentheses, a type, method, error or field without a comment.
    package func shortcomings() -> [String] {
        var found: [String] = []
        if documentation.isEmpty { found.append("interface \(name) has no comment") }
        for type in types {
            if type.documentation.isEmpty { found.append("type \(type.name) has no comment") }
            check(type.type, in: type.name, &found)
        }
        for method in methods {
            if method.documentation.isEmpty { found.append("method \(method.name) has no comment") }
            check(.structure(method.input), in: method.name, &found)
            check(.structure(method.output), in: method.name, &found)
        }
        for error in errors {
            if error.documentation.isEmpty { found.append("error \(error.name) has no comment") }
            check(.structure(error.fields), in: error.name, &found)
        }
        for line in text.split(separator: "\n") where line.hasPrefix("error ") && !line.contains("(") {
            found.append("\(line) has no parentheses")
        }
        return found
    }

    private func check(_ type: VarlinkType, in place: String, _ found: inout [String]) {
        switch type {
        case .any: found.append("\(place) has the type any")
        case .enumeration(let words):
            if words.count < 2 { found.append("\(place) is an enumeration of one word") }
        case .structure(let fields):
            for field in fields {
                let inner = "\(place).\(field.name)"
                if field.documentation.isEmpty { found.append("field \(inner) has no comment") }
                check(field.type, in: inner, &found)
            }
        case .array(let element), .map(let element), .nullable(let element): check(element, in: place, &found)
        case .bool, .int, .float, .string, .object, .named: break
        }
    }
}
