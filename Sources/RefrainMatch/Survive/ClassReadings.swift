// The texts of equal records, read again: what hashes propose to be one class is compared.

import Glibc
import RefrainModel
import RefrainSketch
import RefrainText

/// Reads the text of an item again; valid until the next call.
///
/// One a worker.
package protocol ItemTextLoader: AnyObject {
  func text(_ item: Int) -> UnsafeRawBufferPointer
}

/// Compares the members of classes with the firsts that they were given.
struct ClassReadings {
  let classes: EqualClasses
  let workers: Workers

  /// What a comparison with the first of a class says.
  enum Verdict: Sendable {
    case sameText
    /// The same words in another text, which has this hash.
    case sameWords(text: WordsHash)
    /// The hashes of the words agreed by chance or by malice.
    case otherWords
  }

  private static let pieceSize = 128

  /// Compares each item with the first of its wording, or, where it is that one itself, with the first
  /// of its words.
  func compare(_ items: [Int], loader: () -> any ItemTextLoader) -> [Verdict] {
    pieces(items.count, loader) { reader, index in
      let item = items[index]
      let first = Int(classes.firstOfWording[item])
      return reader.compare(item, with: first == item ? Int(classes.firstOfWords[item]) : first)
    }
  }

  /// Whether the texts of each pair are the same bytes.
  func areIdentical(
    _ pairs: [(item: UInt32, first: UInt32)], loader: () -> any ItemTextLoader
  ) -> [Bool] {
    pieces(pairs.count, loader) { reader, index in
      reader.isIdentical(Int(pairs[index].item), with: Int(pairs[index].first))
    }
  }

  private func pieces<Answer: Sendable>(
    _ count: Int, _ loader: () -> any ItemTextLoader, _ answer: (ClassReader, Int) -> Answer
  ) -> [Answer] {
    let pieces = (count + Self.pieceSize - 1) / Self.pieceSize
    return workers.map(pieces, state: { ClassReader(loader()) }) { reader, piece -> [Answer]? in
      (piece * Self.pieceSize..<min(count, (piece + 1) * Self.pieceSize)).map { answer(reader, $0) }
    }.flatMap { $0 }
  }
}

/// A worker's tools: the first that was read last is mostly asked for again.
private final class ClassReader {
  private let loader: any ItemTextLoader
  private let segmenter = Segmenter()
  private let words = WordBuffer()
  private var first = -1
  private var firstText: [UInt8] = []
  private var firstWords: [UInt64]?

  init(_ loader: any ItemTextLoader) { self.loader = loader }

  func isIdentical(_ item: Int, with other: Int) -> Bool {
    read(other)
    return isFirstText(loader.text(item))
  }

  func compare(_ item: Int, with other: Int) -> ClassReadings.Verdict {
    read(other)
    let text = loader.text(item)
    if isFirstText(text) { return .sameText }
    if firstWords == nil {
      // SAFETY: the words keep nothing of the text.
      firstText.withUnsafeBytes { segmenter.segment($0, into: words) }
      firstWords = Array(words.hashes)
    }
    segmenter.segment(text, into: words)
    guard let firstWords, words.hashes.elementsEqual(firstWords) else { return .otherWords }
    return .sameWords(text: WordsHash(of: text))
  }

  private func read(_ item: Int) {
    if item == first { return }
    first = item
    firstText.removeAll(keepingCapacity: true)
    firstText.append(contentsOf: loader.text(item))
    firstWords = nil
  }

  private func isFirstText(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == firstText.count else { return false }
    // SAFETY: both stretches have `text.count` bytes; memcmp is asked for none where they are empty.
    return text.isEmpty
      || firstText.withUnsafeBytes { bytes in
        guard let a = text.baseAddress, let b = bytes.baseAddress else { return false }
        return memcmp(a, b, text.count) == 0
      }
  }
}
