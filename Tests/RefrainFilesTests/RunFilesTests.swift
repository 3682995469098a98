// Outputs by what they are, whatever they are called.

import Foundation
import RefrainFiles
import RefrainModel
import TestSupport
import Testing

struct RunFilesTests {
  private let folder: TestSupport.ScratchFolder

  init() throws {
    folder = try TestSupport.ScratchFolder()
    try folder.write("there", "x")
    try folder.makeFolder("inner")
    for (name, target) in [("link", "there"), ("dangling", "new"), ("folder", "inner")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder(name), withDestinationPath: target)
    }
    try FileManager.default.linkItem(atPath: folder("there"), toPath: folder("hard"))
  }

  /// Names of files, and which of them are one file.
  private static let names = [
    ("there", 0), ("./there", 0), ("inner/../there", 0), ("link", 0), ("hard", 0),
    ("new", 1), ("dangling", 1), ("folder/../new", 1), ("inner/x", 2), ("folder/x", 2),
    ("other", 3),
  ]

  @Test func twoOutputsAreOneFileWhereTheyLeadToOne() throws {
    for (first, file) in Self.names {
      for (second, other) in Self.names {
        var files = RunFiles()
        try files.add("--output", folder(first))
        let isRefused: Bool
        do {
          try files.add("--evidence", folder(second))
          isRefused = false
        } catch {
          isRefused = true
        }
        #expect(isRefused == (file == other), "\(first) \(second)")
      }
    }
  }

  @Test func anOutputIsNoInput() throws {
    for (output, file) in Self.names {
      var files = RunFiles()
      try files.add("--output", folder(output))
      for (input, other) in Self.names where FileManager.default.fileExists(atPath: folder(input)) {
        let isRefused = (try? files.requireApart(from: folder(input))) == nil
        #expect(isRefused == (file == other), "\(output) \(input)")
      }
    }
  }

  /// Only the very same path may be replaced, not another name of the file.
  @Test func theSingleInputMayBeReplaced() throws {
    var files = RunFiles()
    try files.add("--output", folder("there"))
    try files.requireApart(from: folder("there"), except: folder("there"))
    #expect(throws: RefrainError.self) {
      try files.requireApart(from: folder("hard"), except: folder("there"))
    }
  }

  /// Several outputs may go to a device.
  @Test func devicesAreNobodys() throws {
    var files = RunFiles()
    try files.add("--output", "/dev/null")
    try files.add("--evidence", "/dev/null")
    try files.requireApart(from: "/dev/null")
  }
}
