// The executable as users run it.

import Foundation

/// What a run of a program left behind.
public struct ProgramRun: Sendable {
  public let status: Int32
  public let output: [UInt8]
  public let errors: String

  /// Standard output as lines.
  public var lines: [String] {
    String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

/// Runs `refrain` and, for the examples of help texts, the shell.
public enum RefrainProgram {
  /// Where the built program lies: beside the test bundle, which is this process.
  private static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// The sanitizer that the program and its tests are built with: `address` or `thread`.
  public static let sanitizer = ProcessInfo.processInfo.environment["REFRAIN_SANITIZED"]

  /// Runs `refrain` with `folder`, or a folder in it, as its working directory.
  ///
  /// - Parameter environment: variables beside those of the tests.
  public static func run(
    _ arguments: [String], in folder: ScratchFolder, at subfolder: String = "",
    input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try run(
      Self.folder.appendingPathComponent("refrain"), arguments, folder(subfolder), input,
      environment)
  }

  /// Runs a command line of the shell that may say `refrain`.
  public static func shell(_ line: String, in folder: ScratchFolder) throws -> ProgramRun {
    try run(URL(fileURLWithPath: "/bin/sh"), ["-c", line], folder.path, [], [:])
  }

  /// What makes a command line of the shell one of somebody who may not read everything: nothing, unless
  /// this is root; nil where root cannot become somebody else who can run the program.
  public static let asAnybody: String? = {
    if geteuid() != 0 { return "" }
    let words = "setpriv --reuid=65534 --regid=65534 --clear-groups "
    guard let folder = try? ScratchFolder(),
      let run = try? shell(words + "refrain --version", in: folder), run.status == 0
    else { return nil }
    return words
  }()

  private static func run(
    _ program: URL, _ arguments: [String], _ folder: String, _ input: [UInt8],
    _ variables: [String: String]
  ) throws -> ProgramRun {
    // Through files, so that neither side ever waits for the other, and beside the folder, so that
    // its names stay the program's.
    let streams = try ScratchFolder()
    try streams.write("in", input)
    try streams.write("out", [])
    try streams.write("err", [])
    func url(_ name: String) -> URL { URL(fileURLWithPath: streams(name)) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = "\(Self.folder.path):\(environment["PATH"] ?? "/usr/bin:/bin")"
    environment["COLUMNS"] = "80"
    // Where the tests are a job of GitHub's, its summary is not theirs to fill.
    environment["GITHUB_STEP_SUMMARY"] = nil
    environment.merge(variables) { $1 }
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: url("in"))
    process.standardOutput = try FileHandle(forWritingTo: url("out"))
    process.standardError = try FileHandle(forWritingTo: url("err"))
    try process.run()
    process.waitUntilExit()
    return ProgramRun(
      status: process.terminationStatus, output: try streams.read("out"),
      errors: String(decoding: try streams.read("err"), as: UTF8.self))
  }
}
