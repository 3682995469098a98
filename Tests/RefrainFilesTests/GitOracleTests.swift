// Random ignore files against git itself, where there is one.

import Foundation
import RefrainFiles
import Testing

import struct TestSupport.SeededGenerator

/// Where git is; nil where it is not installed.
private let gitPath: String? = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

struct GitOracleTests {
  private static let segments = [
    "a", "b", "ab", "a.md", "b.md", "*", "*.md", "?", "a*", "*b", "[ab]", "[!a]", "[a-b]*", "**",
    "\\a",
    "[[:alpha:]]", "c d", "c\\ d", "[]a]", "*a*",
  ]
  private static let names = ["a", "b", "ab", "a.md", "b.md", "ba", "c d", "]"]

  /// Runs git in `folder`; what it prints.
  private func git(_ arguments: [String], in folder: String, input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(gitPath))
    process.arguments = ["-C", folder, "-c", "core.excludesFile=/dev/null"] + arguments
    // Through files, so that neither side ever waits for the other.
    let inputURL = URL(fileURLWithPath: folder + "/.git-input")
    let outputURL = URL(fileURLWithPath: folder + "/.git-output")
    try Data(input.utf8).write(to: inputURL)
    try Data().write(to: outputURL)
    process.standardInput = try FileHandle(forReadingFrom: inputURL)
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: outputURL), as: UTF8.self)
  }

  private func pattern(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...3, using: &random)
    let body = (0..<count).map { _ in Self.segments.randomElement(using: &random) ?? "a" }
      .joined(separator: "/")
    let start = ["", "", "", "/", "!", "!/"].randomElement(using: &random) ?? ""
    let end = ["", "", "", "/", " ", "/**"].randomElement(using: &random) ?? ""
    return start + body + end
  }

  @Test(.enabled(if: gitPath != nil), arguments: UInt64(0)..<12)
  func walksWhatGitDoesNotIgnore(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    _ = try git(["init", "-q"], in: folder.path)
    var files: Set<String> = []
    for _ in 0..<60 {
      let depth = Int.random(in: 1...4, using: &random)
      let path = (0..<depth).map { _ in Self.names.randomElement(using: &random) ?? "a" }
      // A name that is a file already can't be a folder too.
      let isTaken = (1...depth).contains { files.contains(path.prefix($0).joined(separator: "/")) }
      let isFolder = files.contains { $0.hasPrefix(path.joined(separator: "/") + "/") }
      if !isTaken, !isFolder {
        files.insert(path.joined(separator: "/"))
        try folder.write(path.joined(separator: "/"))
      }
    }
    for round in 0..<12 {
      for place in ["", "a/", "b/", "a/b/", "ab/"].filter({ place in
        place.isEmpty || files.contains { $0.hasPrefix(place) }
      }) {
        let count = Int.random(in: 0...3, using: &random)
        let rules = (0..<count).map { _ in pattern(&random) }.joined(separator: "\n")
        try folder.write(place + ".gitignore", rules + "\n")
      }
      let input = files.sorted().joined(separator: "\0") + "\0"
      let ignored = try git(
        ["check-ignore", "--no-index", "-z", "--stdin"], in: folder.path, input: input)
      let expected = files.subtracting(ignored.split(separator: "\0").map(String.init))
      let known = expected.filter { FileKind(path: $0) != nil }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      #expect(try folder.walk() == known, "seed \(seed), round \(round)")
    }
  }
}
