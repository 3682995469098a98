// swift-tools-version: 6.1
// Read from top to bottom this is the pipeline: each module imports only modules above it.

import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "refrain",
  products: [
    .executable(name: "refrain", targets: ["RefrainCommand"]),
    .library(name: "Refrain", targets: ["Refrain"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Fences around C and C++.
    .target(name: "CXXHash"),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .target(name: "CTOML"),
    .target(name: "CSystem"),
    .target(name: "CKernels"),

    // The flow: bytes -> Document -> words -> shingles -> Signature -> candidates -> Matches ->
    // report.
    .target(name: "RefrainModel", swiftSettings: settings),
    .target(
      name: "RefrainCorpus",
      dependencies: [
        "RefrainModel", "CSimdJSON", "CZlib", "CMarkdown", "CGumbo", "CTOML", "CXXHash", "CSystem",
      ],
      swiftSettings: settings),
    .target(
      name: "RefrainText", dependencies: ["RefrainModel", "CKernels", "CXXHash"],
      swiftSettings: settings, linkerSettings: [.linkedLibrary("_FoundationICU")]),
    .target(
      name: "RefrainSketch", dependencies: ["RefrainModel", "RefrainText", "CKernels", "CXXHash"],
      swiftSettings: settings),
    .target(
      name: "RefrainIndex",
      dependencies: ["RefrainModel", "RefrainCorpus", "RefrainSketch", "CKernels"],
      swiftSettings: settings),
    .target(
      name: "RefrainMatch",
      dependencies: ["RefrainModel", "RefrainText", "RefrainSketch", "RefrainIndex", "CXXHash"],
      swiftSettings: settings),
    .target(name: "RefrainReport", dependencies: ["RefrainModel"], swiftSettings: settings),
    .target(
      name: "Refrain",
      dependencies: [
        "RefrainModel", "RefrainCorpus", "RefrainText", "RefrainSketch", "RefrainIndex",
        "RefrainMatch", "RefrainReport", "CXXHash", "CSystem",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "RefrainCommand",
      dependencies: [
        "Refrain", "RefrainModel", "RefrainSketch", "RefrainIndex", "RefrainMatch", "RefrainReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Tests mirror Sources; what they share stands in TestSupport.
    .target(
      name: "TestSupport", dependencies: ["RefrainModel", "CZlib"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "RefrainModelTests", dependencies: ["RefrainModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainCorpusTests", dependencies: ["RefrainCorpus", "RefrainModel"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainTextTests",
      dependencies: ["RefrainText", "RefrainModel", "CKernels", "CXXHash", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainSketchTests",
      dependencies: ["RefrainSketch", "RefrainModel", "RefrainText", "CXXHash", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainIndexTests",
      dependencies: ["RefrainIndex", "RefrainModel", "RefrainSketch", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainMatchTests",
      dependencies: [
        "RefrainMatch", "RefrainIndex", "RefrainModel", "RefrainSketch", "RefrainText",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainReportTests",
      dependencies: [
        "RefrainReport", "RefrainMatch", "RefrainModel", "RefrainText", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "RefrainTests",
      dependencies: [
        "Refrain", "RefrainIndex", "RefrainMatch", "RefrainModel", "RefrainSketch", "RefrainText",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainCommandTests",
      dependencies: ["Refrain", "RefrainModel", "RefrainSketch", "TestSupport"],
      swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx17
)

// The benchmarks are targets of this package, so that they reach the stages; nobody who only uses
// Refrain builds them.
if Context.environment["REFRAIN_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "refrain-micro",
      dependencies: [
        "RefrainModel", "RefrainCorpus", "RefrainText", "RefrainSketch", "RefrainIndex",
        "RefrainMatch", "CXXHash",
      ],
      path: "Benchmarks/Micro", swiftSettings: settings))
}

// The fuzz targets reach the parsers in the same way. `make fuzz` sets the variable, builds with the
// sanitizer and with coverage, and links libFuzzer.
if Context.environment["REFRAIN_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "refrain-fuzz",
      dependencies: ["RefrainModel", "RefrainCorpus", "RefrainText", "Refrain", "CZlib"],
      path: "Fuzz/Targets", swiftSettings: settings))
}
