// What the tests of this module share: lookups in sources, and what holds for any prose.

import Foundation
import RefrainModel
import RefrainProse
import Testing

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
