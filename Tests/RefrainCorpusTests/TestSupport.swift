// What the tests of this module share: a seeded generator, a scratch folder, source lookups.

import Foundation
import RefrainCorpus
import RefrainModel
import Testing

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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

/// Whether a byte is ASCII white space.
private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

/// The first offset of `needle` in `bytes` from `start` on.
func find(_ needle: String, in bytes: [UInt8], from start: Int = 0) -> ByteRange? {
  let wanted = Array(needle.utf8)
  guard wanted.count <= bytes.count - start else { return nil }
  for at in start...(bytes.count - wanted.count)
  where bytes[at..<(at + wanted.count)] == wanted[...] {
    return ByteRange(at, at + wanted.count)
  }
  return nil
}

extension Prose {
  var string: String { String(decoding: text, as: UTF8.self) }

  /// The blocks' texts.
  var blockStrings: [String] {
    blocks.map { String(decoding: text[$0.range.start..<$0.range.end], as: UTF8.self) }
  }

  /// Asserts what holds for the prose of any source whatever.
  func checkInvariants(
    source: [UInt8], _ comment: Comment? = nil, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(map.count == text.count, comment, sourceLocation: location)
    var sourceEnd = 0
    for (index, segment) in map.segments.enumerated() {
      let end = index + 1 < map.segments.count ? map.segments[index + 1].text : text.count
      #expect(segment.text < end, comment, sourceLocation: location)
      #expect(segment.source.start >= sourceEnd, comment, sourceLocation: location)
      #expect(segment.source.end <= source.count, comment, sourceLocation: location)
      sourceEnd = segment.source.end
      guard segment.isVerbatim, segment.source.end <= source.count else { continue }
      #expect(
        text[segment.text..<end] == source[segment.source.start..<segment.source.end], comment,
        sourceLocation: location)
    }
    var joined: [UInt8] = []
    for block in blocks {
      if !joined.isEmpty { joined += [10, 10] }
      #expect(block.range.start == joined.count, comment, sourceLocation: location)
      let bytes = text[block.range.start..<block.range.end]
      #expect(bytes.first.map { !isSpace($0) } == true, comment, sourceLocation: location)
      #expect(bytes.last.map { !isSpace($0) } == true, comment, sourceLocation: location)
      joined += bytes
    }
    #expect(joined == text, comment, sourceLocation: location)
    #expect(String(validating: text, as: UTF8.self) != nil, comment, sourceLocation: location)
  }
}
