// One construct at a time: a few lines of source, and the blocks that a reader makes of them.

import RefrainModel
import RefrainProse
import Testing

/// A construct of a format, and what is prose in it.
struct Construct: Sendable, CustomTestStringConvertible {
  var source: String
  var blocks: [String]
  var kinds: [BlockKind]?

  init(_ source: String, _ blocks: [String], _ kinds: [BlockKind]? = nil) {
    self.source = source
    self.blocks = blocks
    self.kinds = kinds
  }

  var testDescription: String { source.debugDescription }

  /// Reads the construct and holds it to what it should be; every word of the prose that stands once in
  /// the source has the place it has there, in each unit of columns.
  func check(_ format: TextFormat, at location: SourceLocation = #_sourceLocation) throws {
    let bytes = Array(source.utf8)
    let prose = try Prose(bytes, format: format, path: "test")
    prose.checkInvariants(source: bytes, "\(source)", at: location)
    #expect(prose.blockStrings == blocks, "\(source)", sourceLocation: location)
    if let kinds {
      #expect(prose.blocks.map(\.kind) == kinds, "\(source)", sourceLocation: location)
    }
    let lines = LineIndex(bytes)
    for word in Set(prose.string.split { !$0.isLetter }.map(String.init)) {
      let places = source.ranges(of: word)
      let found = prose.string.ranges(of: word)
      guard places.count == 1, found.count == 1 else { continue }
      let offset = prose.string.utf8.distance(
        from: prose.string.startIndex, to: found[0].lowerBound)
      let range = prose.map.source(of: ByteRange(offset, offset + word.utf8.count))
      let before = source[..<places[0].lowerBound]
      let line = before.split(separator: "\n", omittingEmptySubsequences: false)
      let expected = Place(
        byte: before.utf8.count, line: line.count,
        column: (line.last?.unicodeScalars.count ?? 0) + 1,
        utf16Column: (line.last?.utf16.count ?? 0) + 1,
        byteColumn: (line.last?.utf8.count ?? 0) + 1)
      let place = lines.place(of: range.start)
      #expect(place == expected, "\(word) in \(source)", sourceLocation: location)
      #expect(
        [place.utf16Column, place.byteColumn] == [expected.utf16Column, expected.byteColumn],
        "\(word) in \(source)", sourceLocation: location)
      #expect(range.count == word.utf8.count, "\(word) in \(source)", sourceLocation: location)
    }
  }
}
