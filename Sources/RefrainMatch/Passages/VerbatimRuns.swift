// Every verbatim run of so many words that stands in two places, always: no signature decides, and
// no sentence or paragraph edge.

import RefrainIndex
import RefrainModel

/// Finds equal runs of words by the hash of every window of the least length.
///
/// Windows with equal hashes are grouped by sorting; neighbours in a group are extended word by
/// word to the longest run. Two places with a common run of the least length or more therefore
/// always end up in one chain of verified runs; a stretch that repeats itself at once is cut into
/// pieces of one length, of which only what is left behind the last may be missed, less than a run.
/// Windows of several texts of one family (texts already reported as duplicates of each other)
/// count as those of its first text, unless a later one says more often what the first says. A word or
/// two of a neighbouring sentence at an edge are left out where the least length is left.
/// O(words) hashing and sorting, 20 bytes a word, and the words of the runs found.
package enum VerbatimRuns {
  /// Words of a run that is always reported.
  package static let leastWords = 25

  /// The runs of at least `least` words.
  ///
  /// `family` gives the family of each text.
  package static func find(
    _ texts: [TokenText], least: Int = leastWords, family: [Int]
  ) -> [PassageMatch] {
    let starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    let windows = texts.reduce(0) { $0 + max(0, $1.count - least + 1) }
    if windows < 2 { return [] }
    // SAFETY: an entry for each window, all initialised below before any is read.
    let entries = UnsafeMutableBufferPointer<KeyedEntry>.allocate(capacity: windows)
    defer { entries.deallocate() }
    var n = 0
    for (index, text) in texts.enumerated() {
      forEachWindow(of: text, length: least) { position, hash in
        let place = UInt32(starts[index] + position)
        entries.initializeElement(at: n, to: KeyedEntry(key: hash, id: place))
        n += 1
      }
    }
    RadixSorter().group(entries)
    var search = RunExtender(texts: texts, starts: starts, least: least)
    let next = links(entries, texts, starts, family, least)
    for (place, other) in next { search.extend(place, other) }
    return search.matches
  }

  /// The match of two places with the same words.
  static func match(_ a: PassageSpan, _ b: PassageSpan) -> PassageMatch {
    PassageMatch(a, b, score: a.words.count * 1024, isVerbatim: true)
  }

  /// The most words of a neighbouring sentence that a run is told without.
  private static let mostStrays = 2

  /// What is told of an equal run in two places: all but a word or two of a neighbouring sentence at an edge.
  ///
  /// Very different sentences end with the same word. Such words are no part of the passage where
  /// enough is left without them.
  static func withoutStrays(
    _ a: TokenText, _ i: Int, _ b: TokenText, _ j: Int, _ length: Int, least: Int
  ) -> (first: Range<Int>, second: Range<Int>) {
    func startsSentence(_ offset: Int) -> Bool {
      a.startsSentence(i + offset) && b.startsSentence(j + offset)
    }
    var start = 0
    if !startsSentence(0) {
      start = (1...mostStrays).first { length - $0 >= least && startsSentence($0) } ?? 0
    }
    var end = length
    if !startsSentence(length) {
      let cut = (1...mostStrays).first { end - start - $0 >= least && startsSentence(end - $0) }
      end -= cut ?? 0
    }
    return ((i + start)..<(i + end), (j + start)..<(j + end))
  }

  /// Calls `body` with the position and hash of each window: a polynomial in word hashes modulo
  /// 2^64, rolled from window to window.
  @inline(__always)
  fileprivate static func forEachWindow(
    of text: TokenText, length: Int, _ body: (Int, UInt64) -> Void
  ) {
    guard text.count >= length else { return }
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    var top: UInt64 = 1
    var hash: UInt64 = 0
    for i in 0..<length {
      hash = hash &* base &+ text.word(i)
      if i > 0 { top = top &* base }
    }
    body(0, mixed(hash))
    for i in length..<max(length, text.count) {
      hash = (hash &- text.word(i - length) &* top) &* base &+ text.word(i)
      body(i - length + 1, mixed(hash))
    }
  }

  /// Spreads the polynomial's lower bits upwards, where sorting looks first.
  @inline(__always)
  private static func mixed(_ hash: UInt64) -> UInt64 {
    (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
  }

  /// Places, ascending, and for each the next one with an equal window that may pair with it.
  private static func links(
    _ entries: UnsafeMutableBufferPointer<KeyedEntry>, _ texts: [TokenText], _ starts: [Int],
    _ family: [Int], _ least: Int
  ) -> [(place: Int, next: Int)] {
    var links: [UInt64] = []
    var timesInFirst: [Int: Int] = [:]
    var places: [UInt32] = []
    // Windows that overlap in one text are no two places: step to one that does not.
    func link(_ places: [UInt32]) {
      for i in places.indices.dropLast() {
        var j = i + 1
        while j < places.count, j - i <= least, places[j] - places[i] < UInt32(least) { j += 1 }
        if j < places.count, places[j] - places[i] >= UInt32(least) {
          links.append(UInt64(places[i]) << 32 | UInt64(places[j]))
        }
      }
    }
    for run in KeyRuns(entries) where run.count > 1 {
      timesInFirst.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
      var i = run.lowerBound
      while i < run.upperBound {
        let text = RunExtender.text(of: Int(entries[i].id), starts)
        var own: [UInt32] = []
        while i < run.upperBound, Int(entries[i].id) < starts[text + 1] {
          own.append(entries[i].id)
          i += 1
        }
        if let times = timesInFirst[family[text]] {
          if own.count > times { link(own) }
        } else {
          timesInFirst[family[text]] = own.count
          places += own
        }
      }
      link(places)
    }
    links.sort()
    return links.map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }
}

/// Extends pairs of equal windows to the longest runs and skips what a run found already covers.
private struct RunExtender {
  /// The most pieces that a stretch which repeats itself at once is cut into.
  private static let mostPieces = 64

  let texts: [TokenText]
  let starts: [Int]
  let least: Int
  private(set) var matches: [PassageMatch] = []
  /// For a distance between two places, up to where the first of them is covered.
  private var covered: [Int: Int] = [:]

  init(texts: [TokenText], starts: [Int], least: Int) {
    self.texts = texts
    self.starts = starts
    self.least = least
  }

  /// The text that holds a place.
  ///
  /// O(log texts).
  static func text(of place: Int, _ starts: [Int]) -> Int {
    (1..<max(1, starts.count - 1)).partitionPoint { starts[$0] > place } - 1
  }

  /// Places come in ascending order of the first.
  mutating func extend(_ place: Int, _ other: Int) {
    if let end = covered[other - place], place + least <= end { return }
    let a = Self.text(of: place, starts)
    let b = Self.text(of: other, starts)
    let (first, second) = (texts[a], texts[b])
    var i = place - starts[a]
    var j = other - starts[b]
    guard first.areSame(i..<(i + least), j..<(j + least), of: second) else { return }
    var length = least
    while i > 0, j > 0, first.isSame(i - 1, j - 1, of: second) {
      i -= 1
      j -= 1
      length += 1
    }
    while i + length < first.count, j + length < second.count,
      first.isSame(i + length, j + length, of: second)
    {
      length += 1
    }
    covered[other - place] = starts[a] + i + length
    if a == b, length > j - i {
      cut(a, i..<(j + length), period: j - i)
    } else {
      matches.append(between(a, i, b, j, length))
    }
  }

  /// The match of a run that lies in two places that do not touch.
  private func between(_ a: Int, _ i: Int, _ b: Int, _ j: Int, _ length: Int) -> PassageMatch {
    let told = VerbatimRuns.withoutStrays(texts[a], i, texts[b], j, length, least: least)
    return VerbatimRuns.match(
      PassageSpan(text: a, words: told.first), PassageSpan(text: b, words: told.second))
  }

  /// A run that goes on into itself is as many places as its period fits into it, or as many of a
  /// multiple of the period; what is left is one more if it is long enough.
  private mutating func cut(_ text: Int, _ words: Range<Int>, period: Int) {
    let periods = words.count / period
    let length = period * ((periods + Self.mostPieces - 1) / Self.mostPieces)
    var start = words.lowerBound
    while start + length < words.upperBound {
      let rest = min(length, words.upperBound - start - length)
      if rest >= least {
        matches.append(
          VerbatimRuns.match(
            PassageSpan(text: text, words: start..<(start + rest)),
            PassageSpan(text: text, words: (start + length)..<(start + length + rest))))
      }
      start += length
    }
  }
}

/// Tells whether a text may hold a run of words twice, for a fraction of what it costs to find it.
///
/// A table of 32 bits of the hash of each window, used again from text to text. Not thread-safe.
package final class RepeatedWindows {
  /// The table is kept for texts of so many words; a larger one is let go of at once.
  private static let mostKept = 1 << 16

  /// By hash; 0 where nothing is.
  private var slots: [UInt32] = []

  package init() {}

  /// Whether two windows of the least words of a verbatim run have the same hash.
  ///
  /// Of texts that hold none, about one in 2^31 / words is taken for one that does. Expected linear, 8 to 16 bytes
  /// a word.
  package func areIn(_ text: TokenText) -> Bool {
    if text.count <= VerbatimRuns.leastWords { return false }
    var size = 64
    while size < text.count * 2 { size *= 2 }
    if slots.count < size { slots = Array(repeating: 0, count: size) }
    defer { if size > Self.mostKept { slots = [] } }
    // SAFETY: the table has twice as many slots as there are windows, so a walk along it comes to an empty one.
    return slots.withUnsafeMutableBufferPointer { slots in
      for slot in 0..<size { slots[slot] = 0 }
      var isRepeated = false
      VerbatimRuns.forEachWindow(of: text, length: VerbatimRuns.leastWords) { _, hash in
        if isRepeated { return }
        let key = UInt32(truncatingIfNeeded: hash) | 1
        var slot = Int(truncatingIfNeeded: hash >> 32) & (size - 1)
        while slots[slot] != 0 {
          if slots[slot] == key {
            isRepeated = true
            return
          }
          slot = (slot + 1) & (size - 1)
        }
        slots[slot] = key
      }
      return isRepeated
    }
  }
}
