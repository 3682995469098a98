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
    .library(name: "CRefrain", type: .dynamic, targets: ["RefrainC"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Fences around C and C++.
    .target(name: "CXXHash"),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CISAL", linkerSettings: [.linkedLibrary("isal")]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CMarkdown", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .target(name: "CTOML"),
    .target(name: "CSystem"),
    .target(name: "CKernels"),

    // The flow: bytes -> Document -> words -> shingles -> Signature -> candidates -> Matches ->
    // report.
    .target(name: "RefrainModel", swiftSettings: settings),
    .target(
      name: "RefrainFiles",
      dependencies: ["RefrainModel", "CSystem", "CISAL", "CZstd", "CArchive"],
      swiftSettings: settings),
    .target(
      name: "RefrainProse",
      dependencies: ["RefrainModel", "CKernels", "CMarkdown", "CGumbo", "CSimdJSON"],
      swiftSettings: settings),
    .target(
      name: "RefrainText", dependencies: ["RefrainModel", "CKernels", "CXXHash"],
      swiftSettings: settings, linkerSettings: [.linkedLibrary("_FoundationICU")]),
    .target(
      name: "RefrainSketch", dependencies: ["RefrainModel", "RefrainText", "CKernels", "CXXHash"],
      swiftSettings: settings),
    .target(
      name: "RefrainRecords",
      dependencies: ["RefrainModel", "RefrainFiles", "RefrainProse", "CSimdJSON", "CXXHash"],
      swiftSettings: settings),
    .target(
      name: "RefrainIndex",
      dependencies: [
        "RefrainModel", "RefrainFiles", "RefrainText", "RefrainSketch", "CKernels", "CXXHash",
      ],
      swiftSettings: settings),
    .target(
      name: "RefrainMatch",
      dependencies: [
        "RefrainModel", "RefrainFiles", "RefrainText", "RefrainSketch", "RefrainIndex", "CKernels",
        "CXXHash",
      ],
      swiftSettings: settings),
    .target(
      name: "RefrainCorpus",
      dependencies: [
        "RefrainModel", "RefrainSketch", "RefrainRecords", "RefrainIndex", "RefrainMatch",
      ],
      swiftSettings: settings),
    .target(
      name: "RefrainPassages",
      dependencies: ["RefrainModel", "RefrainProse", "RefrainText", "RefrainMatch", "CXXHash"],
      swiftSettings: settings),
    .target(name: "RefrainReport", dependencies: ["RefrainModel"], swiftSettings: settings),

    // The ways in: values in memory, for Swift and for C, and files.
    .target(
      name: "Refrain",
      dependencies: [
        "RefrainModel", "RefrainProse", "RefrainText", "RefrainSketch", "RefrainRecords",
        "RefrainIndex", "RefrainMatch", "RefrainCorpus", "RefrainPassages", "RefrainReport",
        "CXXHash",
      ],
      swiftSettings: settings),
    .target(name: "CRefrain"),
    .target(
      name: "RefrainC",
      dependencies: [
        "CRefrain", "CSimdJSON", "RefrainModel", "RefrainProse", "RefrainText", "RefrainSketch",
        "RefrainRecords", "RefrainIndex", "RefrainMatch", "RefrainCorpus", "RefrainPassages",
        "RefrainReport", "Refrain",
      ],
      swiftSettings: settings),
    .target(
      name: "RefrainJobs",
      dependencies: [
        "RefrainModel", "RefrainFiles", "RefrainProse", "RefrainText", "RefrainSketch",
        "RefrainRecords", "RefrainIndex", "RefrainMatch", "RefrainCorpus", "RefrainPassages",
        "RefrainReport", "CTOML",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "RefrainCommand",
      dependencies: [
        "RefrainJobs", "RefrainModel", "RefrainFiles", "RefrainSketch", "RefrainIndex",
        "RefrainMatch", "RefrainCorpus", "RefrainPassages", "RefrainReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Tests mirror Sources; what they share stands in TestSupport. zlib makes what the program reads.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["RefrainModel", "CZlib", "CZstd", "CArchive"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "RefrainModelTests", dependencies: ["RefrainModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainFilesTests", dependencies: ["RefrainFiles", "RefrainModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainProseTests",
      dependencies: ["RefrainProse", "RefrainModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainRecordsTests", dependencies: ["RefrainRecords", "RefrainModel", "TestSupport"],
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
        "RefrainMatch", "RefrainIndex", "RefrainModel", "RefrainSketch", "RefrainText", "CKernels",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainPassagesTests",
      dependencies: ["RefrainPassages", "RefrainModel", "RefrainProse", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainReportTests",
      dependencies: [
        "RefrainReport", "RefrainMatch", "RefrainModel", "RefrainText", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "RefrainTests", dependencies: ["Refrain", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "RefrainCTests", dependencies: ["CRefrain", "RefrainC", "Refrain", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainJobsTests",
      dependencies: [
        "Refrain", "RefrainJobs", "RefrainCorpus", "RefrainFiles", "RefrainIndex", "RefrainMatch",
        "RefrainModel", "RefrainRecords", "RefrainReport", "RefrainSketch", "RefrainText",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RefrainCommandTests",
      dependencies: [
        "RefrainJobs", "RefrainCorpus", "RefrainModel", "RefrainSketch", "TestSupport",
      ],
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
        "RefrainModel", "RefrainFiles", "RefrainRecords", "RefrainProse", "RefrainText",
        "RefrainSketch", "RefrainIndex", "RefrainMatch", "CXXHash",
      ],
      path: "Benchmarks/Micro", swiftSettings: settings))
}

// The fuzz targets reach the parsers in the same way. `make fuzz` sets the variable, builds with the
// sanitizer and with coverage, and links libFuzzer.
if Context.environment["REFRAIN_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "refrain-fuzz",
      dependencies: [
        "RefrainModel", "RefrainFiles", "RefrainProse", "RefrainRecords", "RefrainText",
        "RefrainPassages", "RefrainJobs", "CZlib",
      ],
      path: "Fuzz/Targets", swiftSettings: settings))
}

// `make docs` sets the variable; nobody else waits for the plugin.
if Context.environment["REFRAIN_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
