// Records with equal word sequences are one class, and one of it stands for all: most hot buckets
// vanish before they are built.

import RefrainIndex
import RefrainModel

/// A 128-bit hash of a record's words in order.
package struct WordsHash: Hashable, Sendable {
  package var low: UInt64
  package var high: UInt64

  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }
}

/// The classes of items with equal words.
package struct EqualClasses: Sendable {
  /// For each item the least item with the same words; itself where it is that one, or has no word.
  package let first: [UInt32]

  /// Groups `items` by their words; nil stands for an item without a word.
  ///
  /// O(items).
  package init(items: Int, words: (Int) -> WordsHash?) {
    let entries = UnsafeMutableBufferPointer<KeyedEntry>.allocate(capacity: items)
    defer { entries.deallocate() }
    var n = 0
    for item in 0..<items {
      guard let hash = words(item) else { continue }
      entries.initializeElement(at: n, to: KeyedEntry(key: hash.low, id: UInt32(item)))
      n += 1
    }
    RadixSorter().group(UnsafeMutableBufferPointer(rebasing: entries[..<n]))
    var first = [UInt32](unsafeUninitializedCapacity: items) { buffer, count in
      for item in 0..<items { buffer.initializeElement(at: item, to: UInt32(item)) }
      count = items
    }
    var start = 0
    while start < n {
      var end = start + 1
      while end < n, entries[end].key == entries[start].key { end += 1 }
      if end - start > 1 {
        // The lower half tells almost all apart; the upper one makes it 128 bits.
        var firsts: [UInt64: UInt32] = [:]
        for i in start..<end {
          let item = entries[i].id
          guard let high = words(Int(item))?.high else { continue }
          if let known = firsts[high] { first[Int(item)] = known } else { firsts[high] = item }
        }
      }
      start = end
    }
    self.first = first
  }

  /// Whether the item stands for its class.
  package func isRepresentative(_ item: Int) -> Bool { Int(first[item]) == item }

  /// How many items are equal to an earlier one.
  package var repeats: Int {
    first.indices.reduce(0) { $0 + (Int(first[$1]) == $1 ? 0 : 1) }
  }
}
