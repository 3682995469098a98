// Words and sentences of a text, by the best kernel of this processor and by the portable one.

import RefrainModel
import RefrainText

enum WordTarget {
  static func run(_ bytes: [UInt8]) {
    // Any bytes make a text; what is no UTF-8 becomes U+FFFD.
    let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
    let edges = CharacterEdges(text)
    let words = analyzed(text, portable: false)
    require(words == analyzed(text, portable: true), "all kernels see the same words")
    var start = 0
    for index in words.starts.indices {
      let range = ByteRange(words.starts[index], words.ends[index])
      require(edges.holds(range) && !range.isEmpty, "a word lies in the text on character edges")
      require(range.start >= start, "words are in order")
      start = range.start
    }
    require(words.sentences.first == (words.starts.isEmpty ? nil : 0), "the first sentence begins")
    for (a, b) in zip(words.sentences, words.sentences.dropFirst()) {
      require(a < b && b < words.starts.count, "sentences are in order, and none is empty")
    }
    let analysis = TextAnalyzer().analyze(text)
    require(analysis.words == words.hashes, "the analysis is of the same words")
  }

  private struct Words: Equatable {
    var hashes: [UInt64]
    var starts: [Int]
    var ends: [Int]
    var sentences: [Int]
  }

  private static func analyzed(_ text: [UInt8], portable: Bool) -> Words {
    let buffer = WordBuffer()
    // SAFETY: a copy of exactly the text's length, so that the sanitizer sees reads behind it.
    let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
    defer { exact.deallocate() }
    exact.copyBytes(from: text)
    Segmenter(portable: portable).segment(UnsafeRawBufferPointer(exact), into: buffer)
    return Words(
      hashes: Array(buffer.hashes), starts: buffer.starts.map(Int.init),
      ends: buffer.ends.map(Int.init), sentences: buffer.sentences.map(Int.init))
  }
}
