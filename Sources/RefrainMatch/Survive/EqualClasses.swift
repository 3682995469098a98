// Records that are equal before any comparison of shingles: with the same words, with the same words
// cut into the same sentences, with the same text. Most hot buckets vanish before they are built.

import RefrainIndex
package import RefrainModel
package import RefrainSketch

/// The classes of equal items, three levels of them, each a refinement of the one before.
///
/// *Words*: the same word sequence; such records are duplicates at any threshold. *Wording*: the same
/// words in the same sentences, hence the same shingles and the same figures with any other record, so
/// that one stands for all. *Text*: the same bytes. Each level is told by the least item of the class,
/// which is the item itself where it is that one, or has no word. Hashes propose the classes;
/// `verify` holds them to the texts.
package struct EqualClasses: Sendable {
  /// For each item the least item with the same words.
  package private(set) var firstOfWords: [UInt32]
  /// For each item the least item with the same words in the same sentences.
  package private(set) var firstOfWording: [UInt32]
  /// For each item the least item with the same text, once `verify` has looked at the texts; until
  /// then the item itself.
  package private(set) var firstOfText: [UInt32]

  /// Groups `items` by their wording; nil stands for an item without a word.
  ///
  /// O(items), 12 bytes an item.
  package init(items: Int, wording: (Int) -> Wording?) {
    // SAFETY: the first `n` entries are initialised, and only they are sorted and read.
    let entries = UnsafeMutableBufferPointer<KeyedEntry>.allocate(capacity: items)
    defer { entries.deallocate() }
    var n = 0
    for item in 0..<items {
      guard let wording = wording(item) else { continue }
      entries.initializeElement(at: n, to: KeyedEntry(key: wording.words.low, id: UInt32(item)))
      n += 1
    }
    let sorted = UnsafeMutableBufferPointer(rebasing: entries[..<n])
    RadixSorter().group(sorted)
    // SAFETY: all `items` elements are initialised.
    let own = [UInt32](unsafeUninitializedCapacity: items) { buffer, count in
      for item in 0..<items { buffer.initializeElement(at: item, to: UInt32(item)) }
      count = items
    }
    (firstOfWords, firstOfWording, firstOfText) = (own, own, own)
    for run in KeyRuns(sorted) where run.count > 1 {
      // The lower half tells almost all apart; the upper one makes it 128 bits.
      var words: [UInt64: UInt32] = [:]
      var wordings: [Wording: UInt32] = [:]
      for i in run {
        let item = sorted[i].id
        guard let own = wording(Int(item)) else { continue }
        firstOfWords[Int(item)] = words.first(own.words.high, else: item)
        firstOfWording[Int(item)] = wordings.first(own, else: item)
      }
    }
  }

  /// Whether the item stands for those of its wording.
  package func isRepresentative(_ item: Int) -> Bool { Int(firstOfWording[item]) == item }

  /// Whether an earlier item has the same words in other sentences, and none has the same wording.
  package func isRecut(_ item: Int) -> Bool {
    Int(firstOfWords[item]) != item && isRepresentative(item)
  }

  /// How many items have the words of an earlier one.
  package var repeats: Int {
    firstOfWords.indices.reduce(0) { $0 + (Int(firstOfWords[$1]) == $1 ? 0 : 1) }
  }

  /// Why two items with verified figures are duplicates.
  package func reason(_ a: Int, _ b: Int) -> PairReason {
    if firstOfText[a] == firstOfText[b] { return .identical }
    return firstOfWords[a] == firstOfWords[b] ? .sameWords : .near
  }

  /// Holds the classes to the texts: a member that is not what its hash says leaves its classes, and
  /// those with the same text find each other.
  ///
  /// Reads each member once, and once more each one that is not identical with the first of its
  /// wording. O(bytes of the members).
  package mutating func verify(workers: Workers, loader: () -> any ItemTextLoader) {
    let members = firstOfWords.indices.filter { Int(firstOfWords[$0]) != $0 }
    if members.isEmpty { return }
    let readings = ClassReadings(classes: self, workers: workers)
    var unlike: [UInt32] = []
    var variants: [(item: UInt32, text: WordsHash)] = []
    for (item, verdict) in zip(members, readings.compare(members, loader: loader)) {
      switch verdict {
      case .sameText: firstOfText[item] = firstOfWording[item]
      case .sameWords(let text): variants.append((UInt32(item), text))
      case .otherWords: unlike.append(UInt32(item))
      }
    }
    separate(unlike)
    // Members that differ from the first of their wording may still be alike among themselves.
    var texts: [Wording: UInt32] = [:]
    var proposed: [(item: UInt32, first: UInt32)] = []
    for (item, text) in variants {
      let key = Wording(words: text, cut: UInt64(firstOfWording[Int(item)]))
      let first = texts.first(key, else: item)
      if first != item { proposed.append((item, first)) }
    }
    let equal = readings.areIdentical(proposed, loader: loader)
    for (pair, isEqual) in zip(proposed, equal) where isEqual {
      firstOfText[Int(pair.item)] = pair.first
    }
  }

  /// Lets each item stand for itself alone, though others may have its words: of two records of one
  /// wording, one may be compared with what the other is not.
  package mutating func standAlone() {
    for item in firstOfWording.indices { firstOfWording[item] = UInt32(item) }
  }

  /// Takes items out of their classes; those of the same wording go with the one that stands for it.
  package mutating func separate(_ items: [UInt32]) {
    if items.isEmpty { return }
    for item in items {
      firstOfWords[Int(item)] = item
      firstOfWording[Int(item)] = item
    }
    for item in firstOfWording.indices {
      let first = Int(firstOfWording[item])
      if first != item { firstOfWords[item] = firstOfWords[first] }
    }
  }
}

extension Dictionary where Value == UInt32 {
  /// The value of a key, which is `value` from now on where there was none.
  fileprivate mutating func first(_ key: Key, else value: UInt32) -> UInt32 {
    if let known = self[key] { return known }
    self[key] = value
    return value
  }
}
