// What a baseline keeps of a passage: names that tell equal passages, and a few hashes that tell edited
// ones.

import RefrainText

/// Fingerprints and bottom-k sketches of passages.
///
/// Only hashes, so that an accepted text can be known again without being kept.
package enum PassageSketch {
  /// Hashes in a sketch: sixteen tell half from none in all but one of thousands.
  package static let size = 16
  /// What sketches are made of; whoever changes it changes this name.
  package static let scheme = "bigram-min16/2"

  /// A hash of all words in order.
  package static func hash(_ words: ArraySlice<UInt64>) -> UInt64 { words.hashInOrder }

  /// Names a set of passages by their hashes, whatever their order and however often each is there.
  package static func fingerprint(_ hashes: some Sequence<UInt64>) -> UInt64 {
    hash(Set(hashes).sorted()[...])
  }

  /// The least hashes of the passage's word bigrams, sorted; of its word where it is only one.
  ///
  /// O(words).
  package static func least(_ words: ArraySlice<UInt64>) -> [UInt64] {
    guard words.count > 1 else { return words.isEmpty ? [] : [hash(words)] }
    var least: [UInt64] = []
    for start in words.indices.dropLast() { add(hash(words[start...(start + 1)]), to: &least) }
    return least
  }

  /// The sketch of several passages: the least hashes of all their bigrams.
  ///
  /// It names no passage the first, so it does not depend on what their documents are called.
  package static func least(of passages: some Sequence<some Sequence<UInt64>>) -> [UInt64] {
    var least: [UInt64] = []
    var seen: Set<UInt64> = []
    for passage in passages {
      let words = Array(passage)[...]
      guard seen.insert(hash(words)).inserted else { continue }
      least = merged(least, self.least(words))
    }
    return least
  }

  /// The sketch of what two sketches are made of, together.
  package static func merged(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    var least = a
    for hash in b { add(hash, to: &least) }
    return least
  }

  /// Adds a hash to sorted ones, of which only the least are kept.
  private static func add(_ hash: UInt64, to least: inout [UInt64]) {
    if least.count == size, let last = least.last, hash >= last { return }
    let place = least.firstIndex { $0 >= hash } ?? least.count
    if place < least.count, least[place] == hash { return }
    least.insert(hash, at: place)
    if least.count > size { least.removeLast() }
  }

  /// The distinct hashes of the passage's word bigrams, ascending; of its word where it is only one.
  static func bigrams(_ words: ArraySlice<UInt64>) -> [UInt64] {
    guard words.count > 1 else { return words.isEmpty ? [] : [hash(words)] }
    return words.indices.dropLast().map { hash(words[$0...($0 + 1)]) }.sortedDistinct()
  }

  /// Whether two sketches agree in half of their hashes.
  ///
  /// - Parameter shared: how many they have in common.
  package static func agrees(_ shared: Int, _ a: Int, _ b: Int) -> Bool {
    shared > 0 && shared * 2 >= max(a, b)
  }
}
