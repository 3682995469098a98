// A passage on its page: where it begins and ends, its sentences, and what stands around it.

import RefrainMatch
import RefrainModel
import RefrainProse
import RefrainText

extension Document {
  /// The first bytes of the prose, at most `limit`, without a torn character at the end.
  func head(_ limit: Int) -> ByteRange {
    var end = min(limit, prose.text.count)
    while end > 0, end < prose.text.count, prose.text[end] & 0xC0 == 0x80 { end -= 1 }
    return ByteRange(0, end)
  }

  /// The bytes of a passage in the prose; edges that are a sentence's take its punctuation along.
  func extent(of words: Range<Int>) -> ByteRange {
    var range = analysis.bytes(of: words)
    let first = analysis.sentence(of: words.lowerBound)
    let last = analysis.sentence(of: words.upperBound - 1)
    if analysis.words(of: first).lowerBound == words.lowerBound {
      range.start =
        SentenceEdges.extent(of: analysis.words(of: first), in: analysis, prose.text).start
    }
    if analysis.words(of: last).upperBound == words.upperBound {
      range.end = SentenceEdges.extent(of: analysis.words(of: last), in: analysis, prose.text).end
    }
    return range
  }

  /// Where sentences begin behind the first word of a passage, counted from `start`.
  func sentenceStarts(in words: Range<Int>, from start: Int) -> [Int] {
    var starts: [Int] = []
    var sentence = analysis.sentence(of: words.lowerBound) + 1
    while sentence < analysis.sentenceCount {
      let first = analysis.words(of: sentence)
      if first.lowerBound >= words.upperBound { break }
      starts.append(SentenceEdges.extent(of: first, in: analysis, prose.text).start - start)
      sentence += 1
    }
    return starts
  }

  /// The prose of a range of bytes, as `WhiteSpace.even` has it.
  func evenlySpaced(_ bytes: ByteRange) -> String? {
    // SAFETY: the text is read within the closure, in a range that lies in it.
    prose.text.withUnsafeBufferPointer {
      WhiteSpace.even(UnsafeBufferPointer(rebasing: $0[bytes.start..<bytes.end]))
    }
  }

  /// Whole words in front of an offset of the prose.
  func context(before end: Int, atMost limit: Int) -> String {
    var start = max(0, end - limit)
    if start > 0 {
      while start < end, prose.text[start] > 0x20 { start += 1 }
    }
    return string(ByteRange(start, end))
  }

  /// Whole words behind an offset of the prose.
  func context(after start: Int, atMost limit: Int) -> String {
    var end = min(prose.text.count, start + limit)
    if end < prose.text.count {
      while end > start, prose.text[end] > 0x20 { end -= 1 }
    }
    return string(ByteRange(start, end))
  }
}
