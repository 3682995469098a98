// The edges of sentences on the page against their rule in plain code.

import RefrainMatch
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct SentenceEdgesTests {
  private static let opening =
    [
      "\"", "'", "(", "[", "{", "“", "‘", "«", "„", "‚", "‹", "¿", "¡", "「", "『", "《", "〈", "（",
      "【",
    ]
    .map { Array($0.utf8) }

  /// From the marks that open and touch the first word to all ink that touches the last one, up to a mark that opens
  /// and is no straight one.
  private func extent(_ words: Range<Int>, _ text: AnalyzedText, _ bytes: [UInt8]) -> ByteRange {
    var range = text.bytes(of: words)
    let before = words.lowerBound > 0 ? Int(text.ends[words.lowerBound - 1]) : 0
    while let mark = Self.opening.first(where: { mark in
      bytes[before..<range.start].suffix(mark.count).elementsEqual(mark)
    }) {
      range.start -= mark.count
    }
    let behind =
      words.upperBound < text.words.count ? Int(text.starts[words.upperBound]) : bytes.count
    for at in range.end..<behind {
      let opens = Self.opening.contains { $0.count > 1 && bytes[at..<behind].starts(with: $0) }
      if bytes[at] <= 0x20 || opens { break }
      range.end = at + 1
    }
    return range
  }

  @Test(arguments: UInt64(0)..<30)
  func extentsAreThoseOfTheRule(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["word", "Two", "é", " ", " ", "\n", ".", "!", ")", "”", "»", "\"", "'", "…", "。"]
    let marks = Self.opening.map { String(decoding: $0, as: UTF8.self) }
    let text = (0..<300).map { _ in
      Int.random(in: 0..<4, using: &random) == 0 ? random.pick(marks) : random.pick(pieces)
    }.joined()
    let bytes = Array(text.utf8)
    let analysis = TextAnalyzer().analyze(bytes)
    for first in analysis.words.indices {
      let words = first..<min(analysis.words.count, first + Int.random(in: 1...5, using: &random))
      #expect(
        SentenceEdges.extent(of: words, in: analysis, bytes) == extent(words, analysis, bytes))
    }
  }
}
