// Words to the few hashes of runs that stand for a text: what texts that share a long run have in common.

import RefrainText

/// Picks hashes of runs of eight words by winnowing: of all runs that begin within a window of `run - 7` words, the
/// one with the least hash.
///
/// Two texts that have `run` words in common, one after the other, have a picked hash in common; about 2 in
/// `run - 6` runs are picked. Sentences do not matter. Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms
/// for document fingerprinting" (SIGMOD 2003). Linear. Not thread-safe.
package final class Winnower {
  /// Words of a run that is hashed: those of a shingle, over sentences.
  package static let width = 8
  /// Lengths of common runs that can be asked for.
  package static let runs = width...1024

  private let window: Int
  private let segmenter = Segmenter()
  private let words = WordBuffer()
  private let shingler = Shingler(width: width)

  /// A winnower that misses no common run of `run` words.
  package init(run: Int) {
    precondition(Self.runs.contains(run), "the length of a run is out of range")
    window = run - Self.width + 1
  }

  /// The picked hashes of a text, ascending, each once; none of a text of fewer than eight words.
  package func seeds(of text: UnsafeRawBufferPointer) -> [UInt64] {
    segmenter.segment(text, into: words)
    guard words.count >= Self.width else { return [] }
    let hashes = shingler.shingle(words, sentence: 0..<words.count)
    var picked: [UInt64] = []
    // The last of the least ones, so that it stays for as many windows as it can.
    var least = 0
    for next in hashes.indices {
      if hashes[next] <= hashes[least] {
        least = next
      } else if next - least >= window {
        least += 1
        for other in least...next where hashes[other] <= hashes[least] { least = other }
      }
      if next >= window - 1 || next == hashes.count - 1, picked.last != hashes[least] {
        picked.append(hashes[least])
      }
    }
    return Set(picked).sorted()
  }
}
