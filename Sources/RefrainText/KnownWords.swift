// What was found out of words, by their hashes.

/// What there is to know of a folded word.
struct WordFacts: BitwiseCopyable {
  /// The hash of its stem.
  var stem: UInt64
  var isNumber: Bool
  var isCluster: Bool

  static var none: WordFacts { WordFacts(stem: 0, isNumber: false, isCluster: false) }
}

/// The facts of all words that were read, up to a number that bounds the memory: a corpus has no end of numbers and
/// misspellings.
///
/// A table with open addressing, at most half full, whose keys are uniform as in `HashNumbers`. What is known of a
/// word stands beside its hash, since each look-up in a table of millions waits for memory. 48 to 96 bytes a word.
final class KnownWords {
  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var facts: WordFacts
    var isTaken: Bool

    static var free: Entry { Entry(hash: 0, facts: .none, isTaken: false) }
  }

  // SAFETY: an entry for each value of `bits` bits, all initialised; owned by the object.
  private var entries: UnsafeMutablePointer<Entry>
  private var bits = 5
  private var count = 0
  private let most: Int

  /// No words yet; where `most` are known, all are forgotten before another one is added.
  init(most: Int) {
    self.most = most
    entries = .allocate(capacity: 1 << bits)
    entries.initialize(repeating: .free, count: 1 << bits)
  }

  deinit { entries.deallocate() }

  /// The facts of a word, if it is known.
  ///
  /// Expected O(1).
  func facts(of hash: UInt64) -> WordFacts? {
    let entry = entries[slot(of: hash)]
    return entry.isTaken ? entry.facts : nil
  }

  /// Adds a word that is not known yet.
  ///
  /// Expected amortised O(1).
  func add(_ hash: UInt64, _ facts: WordFacts) {
    if count == most {
      entries.update(repeating: .free, count: 1 << bits)
      count = 0
    } else if count * 2 >= 1 << bits {
      grow()
    }
    entries[slot(of: hash)] = Entry(hash: hash, facts: facts, isTaken: true)
    count += 1
  }

  /// Where a word is, or the free entry where it belongs: there is always one.
  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash &>> UInt64(64 - bits))
    while entries[slot].isTaken, entries[slot].hash != hash { slot = (slot + 1) & (1 << bits - 1) }
    return slot
  }

  private func grow() {
    let (old, oldCount) = (entries, 1 << bits)
    bits += 1
    entries = .allocate(capacity: 1 << bits)
    entries.initialize(repeating: .free, count: 1 << bits)
    for index in 0..<oldCount where old[index].isTaken {
      entries[slot(of: old[index].hash)] = old[index]
    }
    old.deallocate()
  }
}
