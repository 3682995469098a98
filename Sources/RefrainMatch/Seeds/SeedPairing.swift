// From the places of runs of words to the hits of those that are rare.

import CKernels
import RefrainIndex
import RefrainText

/// Takes the postings of one length, a partition at a time: places of a rare run become hits, hot ones go on to
/// the next length.
///
/// Not thread-safe: each worker has its own. Linear in the postings, but for `RareSeeds.most`^2 / 2 hits a rare run.
final class SeedPairing {
  let scratch = ValueScratch()
  private let sorter = ValueSorter()
  private let tokens: WordTokens
  private let family: [Int]
  private let hits: SeedHits
  private let writer: PartitionWriter
  private let next: WordSet?
  private let length: Int
  /// nil where a run of this length needs nothing else in common.
  private let contexts: SeedContexts?
  // SAFETY: room for `RareSeeds.most` contexts, owned by the object.
  private let surroundings: UnsafeMutablePointer<SeedContext>
  private var hot: [UInt32] = []
  private var places: [(word: UInt32, family: UInt32)] = []

  init(
    _ tokens: WordTokens, _ family: [Int], _ length: Int, _ contexts: SeedContexts?,
    _ hits: SeedHits, _ next: WordSet?
  ) {
    self.length = length
    self.contexts = contexts
    self.tokens = tokens
    self.family = family
    self.hits = hits
    self.next = next
    writer = PartitionWriter(hits.store)
    surroundings = .allocate(capacity: RareSeeds.most)
  }

  deinit { surroundings.deallocate() }

  /// Values ahead whose places are fetched.
  private static let foresight = 48
  /// A key is in the upper half of a value.
  private static let keyShift: UInt64 = 32
  /// Sorted by its upper bits alone, hardly any two keys are mixed.
  private static let sortShift: UInt64 = 42

  /// Takes the postings of a partition: in each a key above the place of its run.
  func pair(_ values: UnsafeMutableBufferPointer<UInt64>) {
    sorter.sort(values, from: Self.sortShift, to: 64)
    var ahead = 0
    var i = 0
    while i < values.count {
      if let contexts {
        // Places of keys that come again are looked up soon, all over the collection.
        let end = min(values.count, i + Self.foresight)
        while ahead < end {
          let key = values[ahead] >> Self.sortShift
          if ahead > 0 && values[ahead - 1] >> Self.sortShift == key
            || ahead + 1 < values.count && values[ahead + 1] >> Self.sortShift == key
          {
            contexts.prefetch(Int(truncatingIfNeeded: values[ahead] & 0xFFFF_FFFF))
          }
          ahead += 1
        }
      }
      let key = values[i] >> Self.sortShift
      var end = i + 1
      while end < values.count, values[end] >> Self.sortShift == key { end += 1 }
      if end - i > 1 { split(UnsafeMutableBufferPointer(rebasing: values[i..<end])) }
      i = end
    }
  }

  /// Takes the runs of words whose keys begin alike, of which there are mostly one.
  private func split(_ values: UnsafeMutableBufferPointer<UInt64>) {
    let key = values[0] >> Self.keyShift
    if values.allSatisfy({ $0 >> Self.keyShift == key }) { return take(values) }
    var values = values
    values.sort()
    var i = 0
    while i < values.count {
      var end = i + 1
      while end < values.count, values[end] >> Self.keyShift == values[i] >> Self.keyShift {
        end += 1
      }
      if end - i > 1 { take(UnsafeMutableBufferPointer(rebasing: values[i..<end])) }
      i = end
    }
  }

  /// Takes the places of one run of words.
  private func take(_ run: UnsafeMutableBufferPointer<UInt64>) {
    var run = run
    if run.count > RareSeeds.most {
      // So many places are hot in whatever documents they are.
      if run.count > 4 * RareSeeds.most, let next { return lengthen(run, next) }
    } else if let contexts, !agree(run, contexts) {
      // Few places are never hot, and most of them have nothing else in common.
      return
    }
    run.sort()
    let isPeriodic = findPlaces(run)
    if places.count < 2 { return }
    if places.count <= RareSeeds.most {
      pairAll(isPeriodic)
    } else if let next {
      lengthen(run, next)
    } else {
      link()
    }
  }

  /// Whether the surroundings of any two places agree.
  private func agree(_ run: UnsafeMutableBufferPointer<UInt64>, _ contexts: SeedContexts) -> Bool {
    for j in 0..<run.count {
      let place = Int(truncatingIfNeeded: run[j] & 0xFFFF_FFFF)
      contexts.find(surroundings + j, of: place, length: length)
      for i in 0..<j where agrees(i, j) { return true }
    }
    return false
  }

  /// Whether the surroundings of two of the present places agree.
  @inline(__always)
  private func agrees(_ i: Int, _ j: Int) -> Bool {
    UnsafePointer(surroundings + i).agrees(with: UnsafePointer(surroundings + j))
  }

  /// Leaves one place a family, the first; places come in order.
  ///
  /// Returns whether the run comes again at once: it is of a stretch that repeats itself, whose surroundings say
  /// little.
  private func findPlaces(_ run: UnsafeMutableBufferPointer<UInt64>) -> Bool {
    places.removeAll(keepingCapacity: true)
    var last = Int.max
    var isPeriodic = false
    var lastWord: UInt32 = 0
    for value in run {
      let word = UInt32(truncatingIfNeeded: value)
      let document = tokens.document(of: Int(word))
      isPeriodic = isPeriodic || word - lastWord <= UInt32(SeedContexts.reach) && lastWord != 0
      lastWord = word
      if document == last { continue }
      last = document
      let own = UInt32(family[document])
      if let before = places.last, before.family == own { continue }
      if places.count <= RareSeeds.most, places.contains(where: { $0.family == own }) { continue }
      places.append((word, own))
      // Hot, whatever the others are.
      if places.count > RareSeeds.most, next != nil { break }
    }
    return isPeriodic
  }

  /// Hits of every two places whose surroundings agree.
  private func pairAll(_ isPeriodic: Bool) {
    guard let contexts, !isPeriodic else {
      for j in 1..<places.count {
        for i in 0..<j { append(places[i].word, places[j].word) }
      }
      return
    }
    for j in places.indices {
      contexts.find(surroundings + j, of: Int(places[j].word), length: length)
      for i in 0..<j where agrees(i, j) { append(places[i].word, places[j].word) }
    }
  }

  /// Hits of each place with the two before it, and with the first.
  private func link() {
    for j in 1..<places.count {
      append(places[j - 1].word, places[j].word)
      if j > 1 { append(places[j - 2].word, places[j].word) }
      if j > 2 { append(places[0].word, places[j].word) }
    }
  }

  private func lengthen(_ run: UnsafeMutableBufferPointer<UInt64>, _ next: WordSet) {
    for value in run { hot.append(UInt32(truncatingIfNeeded: value)) }
    if hot.count > 1 << 16 {
      next.insert(hot)
      hot.removeAll(keepingCapacity: true)
    }
  }

  @inline(__always)
  private func append(_ a: UInt32, _ b: UInt32) {
    writer.append(UInt64(a) << 32 | UInt64(b), to: hits.partition(of: a))
  }

  /// Hands over what is left.
  func flush() {
    next?.insert(hot)
    hot.removeAll(keepingCapacity: true)
    writer.flush()
  }
}
