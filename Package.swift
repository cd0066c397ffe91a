// swift-tools-version: 6.2
import Foundation
import PackageDescription

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hashTrees = Target.Dependency.product(name: "HashTreeCollections", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house, plugins: plugins)
}

/// Optimised in debug builds too, where that saves the tests' time. `-O` keeps preconditions.
let quick = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A target that computes: its searches, parsers and digests make up most of the tests' time.
func quickModule(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: quick)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], settings: [SwiftSetting] = house
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let targets: [Target] = [
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CLinux"),

    quickModule("Planning"),
    quickModule("Checker", ["Planning"]),
    quickModule("Clinic", ["Planning", hashTrees]),
    quickModule("Forecast", ["Clinic", "Planning"]),
    quickModule("ClinicTime", ["Planning"]),
    quickModule("StrictJSON"),
    quickModule("Configuration", ["StrictJSON", "ClinicTime", "Clinic", "Planning"]),
    quickModule("Store", ["Clinic", "ClinicTime", "Planning", "StrictJSON", "CLinux", grdb]),
    quickModule("VarlinkDescription"),
    module("Varlink", ["VarlinkDescription", "StrictJSON", nioCore, nioPosix]),
    program("MessageGenerator", ["VarlinkDescription"]),
    .plugin(
        name: "WireMessages", capability: .buildTool(), dependencies: ["MessageGenerator"],
        path: "Sources/WireMessages"),
    module("Wire", ["StrictJSON", "Clinic", "Planning"], plugins: ["WireMessages"]),
    module("Systemd", ["CSystemd"]),
    module(
        "Service",
        [
            "Planning", "Clinic", "Forecast", "ClinicTime", "Configuration", "Store", "StrictJSON", "Varlink",
            "VarlinkDescription", "Wire", "Systemd", hashTrees, lifecycle, logging, signals,
        ]),
    program("infusiond", ["Service", "Configuration", "Systemd", logging, argumentParser]),
    module(
        "Verbs",
        [
            "Wire", "Varlink", "StrictJSON", "Configuration", "ClinicTime", "Planning", "Checker", argumentParser,
        ]),
    program("infusionctl", ["Verbs"]),
    .executableTarget(
        name: "infusionbench",
        dependencies: ["Planning", "Checker", "Clinic", "Configuration", "ClinicTime", "StrictJSON", "TestSupport"],
        path: "Tests/Benchmarks", exclude: ["cpsat", "durable", "RESULTS.md"], swiftSettings: house),

    .target(
        name: "TestSupport", dependencies: ["Planning", "Checker", "Clinic", "ClinicTime", "Forecast"],
        path: "Tests/TestSupport", swiftSettings: quick),
    tests("PlanningTests", ["Planning", "Checker", "ClinicTime", "TestSupport"], settings: quick),
    tests("CheckerTests", ["Checker", "Planning", "ClinicTime", "TestSupport"]),
    tests("ClinicTests", ["Clinic", "Checker", "Planning", "ClinicTime", "TestSupport"], settings: quick),
    tests("ForecastTests", ["Forecast", "Clinic", "Planning", "ClinicTime", "TestSupport"], settings: quick),
    tests(
        "ClinicTimeTests", ["ClinicTime", "Planning"], exclude: ["zoneinfo", "zone-days.txt", "zone-days.py"]),
    tests("StrictJSONTests", ["StrictJSON", "TestSupport"]),
    tests(
        "ConfigurationTests",
        ["Configuration", "StrictJSON", "ClinicTime", "Clinic", "Checker", "Planning", "TestSupport"],
        exclude: ["Files"]),
    tests("StoreTests", ["Store", "Clinic", "Planning", "StrictJSON", grdb]),
    tests("VarlinkTests", ["Varlink", "VarlinkDescription", "StrictJSON", "TestSupport"]),
    tests("MessageGeneratorTests", ["MessageGenerator", "VarlinkDescription"], exclude: ["Example"]),
    tests("WireTests", ["Wire", "Varlink", "VarlinkDescription", "StrictJSON", "Clinic", "Planning"]),
    tests("SystemdTests", ["Systemd"]),
    tests(
        "ServiceTests",
        [
            "Service", "Checker", "Clinic", "ClinicTime", "Configuration", "Planning", "Store", "StrictJSON", "Systemd",
            "Varlink", "VarlinkDescription", "Wire", "TestSupport", grdb, hashTrees,
        ]),
    tests(
        "EndToEndTests",
        ["infusiond", "infusionctl", "Verbs", "Planning", "Wire", "Varlink", "VarlinkDescription", "StrictJSON"],
        exclude: ["scripts", "Files", "Golden", "Week", "varlink_foreign.py"]),
    tests("Tidy", [], settings: quick),
]

// ONLY=Planning,PlanningTests swift build …: these targets alone, for quick builds of a part; Wire brings what makes its
// messages.
var only = ProcessInfo.processInfo.environment["ONLY"].map { Set($0.split(separator: ",").map(String.init)) }
if only?.contains("Wire") == true { only?.formUnion(["WireMessages", "MessageGenerator"]) }
if only?.isDisjoint(with: ["MessageGenerator", "Varlink"]) == false { only?.insert("VarlinkDescription") }
let standing = targets.filter { only?.contains($0.name) ?? true }
let names = Set(standing.map(\.name))
for target in standing {
    target.dependencies = target.dependencies.filter {
        if case .byNameItem(let name, _) = $0 { names.contains(name) } else { true }
    }
}

let package = Package(
    name: "infusiond",
    products: [],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: standing
)
