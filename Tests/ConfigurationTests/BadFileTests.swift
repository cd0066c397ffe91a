import ClinicTime
import Configuration
import StrictJSON
import Testing

struct BadFileTests {
    @Test("a configuration that cannot be used is told with all its problems")
    func configurations() throws {
        let file = try CaseFile("bad-configurations.txt")
        #expect(file.cases.count > 90)
        try file.check(on: Files.configuration()) { bytes in
            do throws(ConfigurationError) {
                _ = try readConfiguration(bytes, file: "config.json")
                return nil
            } catch {
                return error.description
            }
        }
    }

    @Test("a problem file that cannot be used is told with all its problems")
    func problems() throws {
        let file = try CaseFile("bad-problems.txt")
        #expect(file.cases.count > 30)
        try file.check(on: Files.problem()) { bytes in
            do throws(ConfigurationError) {
                _ = try readProblem(bytes, file: "problem.json")
                return nil
            } catch {
                return error.description
            }
        }
    }

    @Test("whatever single value is replaced, reading ends with the value or with problems that name a place")
    func anyReplacement() throws {
        let wrong: [JSONValue] = [nil, -1, "x", [], .object(JSONObject()), 9_007_199_254_740_993]
        let document = try Files.problem()
        for (index, path) in paths(of: document).enumerated() {
            let value = wrong[index % wrong.count]
            var changed = document
            changed.set(path, to: value)
            do throws(ConfigurationError) {
                _ = try readProblem(changed.bytes(), file: "problem.json")
            } catch {
                let isPlaced = error.problems.allSatisfy { $0.position != nil && !$0.message.isEmpty }
                #expect(isPlaced, "\(path) = \(value): \(error)")
            }
        }
    }

    private func paths(of value: JSONValue) -> [[String]] {
        switch value {
        case .array(let elements):
            elements.enumerated().flatMap { index, element in
                [["\(index)"]] + paths(of: element).map { ["\(index)"] + $0 }
            }
        case .object(let object):
            object.members.flatMap { key, element in [[key]] + paths(of: element).map { [key] + $0 } }
        case .null, .bool, .integer, .number, .string: []
        }
    }
}
