// Outputs on file systems of either kind: with nameless files, and without.

import Foundation
import RefrainFiles
import RefrainModel
import Testing

struct OutputFileTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/refrain-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  @Test(arguments: [true, false])
  func aFileAppearsWhole(nameless: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for round in ["first", "second"] {
      let before = try names()
      let file = try OutputFile(OutputPlace(folder + "/out"), nameless: nameless)
      try file.write(Array(round.utf8))
      let hidden = try names().filter { !before.contains($0) }
      #expect(hidden.count <= (nameless ? 1 : 1))
      #expect(hidden.allSatisfy { $0.hasPrefix(".refrain-") && $0.hasSuffix(".tmp") })
      if !nameless { #expect(hidden.count == 1) }
      try OutputFile.publish([file])
      #expect(try names() == ["out"])
      #expect(try text("out") == round)
    }
  }

  @Test(arguments: [true, false])
  func anAbandonedFileIsGone(nameless: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let file = try OutputFile(OutputPlace(folder + "/out"), nameless: nameless)
      try file.write([UInt8](repeating: 0x61, count: 1 << 20))
      try file.finish()
      // A living run's file is not cleared, and is renamed all the same.
      try OutputFile.clearStale([OutputPlace(folder + "/other")])
      if !nameless { #expect(try names().count == 1) }
    }
    #expect(try names().isEmpty)
  }

  /// An output that cannot get its name leaves nothing, and no other one of the run is lost.
  @Test(arguments: [true, false])
  func aNameThatCannotBeGiven(nameless: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let file = try OutputFile(OutputPlace(folder + "/out"), nameless: nameless)
      try FileManager.default.createDirectory(
        atPath: folder + "/out/full", withIntermediateDirectories: true)
      #expect(throws: RefrainError.self) { try OutputFile.publish([file]) }
    }
    #expect(try names() == ["out"])
  }

  /// Many outputs one after the other, with a link among them that leads to another folder.
  @Test func aSequence() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/other", withIntermediateDirectories: true)
    let count = 200
    for number in [3, 190] {
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/\(number)", withDestinationPath: "other/\(number)")
    }
    var places: [OutputPlace] = []
    for number in 0..<count { places.append(try OutputPlace(folder + "/\(number)")) }
    let outputs = try OutputSequence(places)
    for number in [0, 7, 8, 150, 190] {
      try outputs.file(number)?.write(Array("\(number)".utf8))
    }
    let hidden = try names().filter { $0 != "other" && $0 != "3" && $0 != "190" }
    #expect(hidden.count == 1 && hidden[0].hasPrefix(".refrain-"))
    try OutputFile.publish(try outputs.finish())
    #expect(try text("150") == "150")
    #expect(try text("other/190") == "190")
    #expect(try text("9") == "")
    _ = outputs
    #expect(try names().filter { !$0.hasPrefix(".refrain-") }.count == count + 1)
  }
}
