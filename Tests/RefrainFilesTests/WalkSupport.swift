// A scratch folder that is walked.

import Foundation
import RefrainFiles
import Testing

/// A folder of its own for one test, gone when the test lets go of it.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("refrain-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and the folders above it.
  func write(_ name: String, _ text: String = "Some words.\n") throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }

  /// The walked paths below the folder, without the folder's own path.
  func walk(_ walker: FileWalker = FileWalker(), _ names: [String] = [""]) throws -> [String] {
    let found = try walker.walk(names.map { path + "/" + $0 }).files
    return found.map { String($0.path.dropFirst(path.utf8.count + 1)) }
  }
}
