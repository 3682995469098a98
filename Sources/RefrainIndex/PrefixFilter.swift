// Candidates that miss no pair: the exact mode, and the oracle of the probabilistic one.

package import RefrainModel

/// Prefix filtering: with all sets ordered rarest shingle first, two sets whose Jaccard similarity
/// reaches t share one of the first n - ceil(t * n) + 1 shingles of each (Chaudhuri, Ganti,
/// Kaushik, "A primitive operator for similarity joins in data cleaning", ICDE 2006; Bayardo, Ma,
/// Srikant, WWW 2007).
package enum PrefixFilter {
  /// Buckets by prefix shingle, without a limit.
  ///
  /// `sets` are the items' shingle sets, each element once. O(s log s) for s shingles altogether,
  /// and some 40 bytes a shingle.
  package static func buckets(
    items: Int, threshold: Threshold, workers: Workers,
    set: (Int) -> UnsafeBufferPointer<UInt64>
  ) -> Buckets {
    var starts = [0]
    starts.reserveCapacity(items + 1)
    for item in 0..<items { starts.append(starts[item] + set(item).count) }
    let total = starts[items]
    // SAFETY: both have an element a shingle, all initialised below before any is read; neither
    // leaves here.
    let entries = UnsafeMutableBufferPointer<KeyedEntry>.allocate(capacity: total)
    let ranked = UnsafeMutableBufferPointer<RankedShingle>.allocate(capacity: total)
    defer {
      entries.deallocate()
      ranked.deallocate()
    }
    for item in 0..<items {
      for (i, shingle) in set(item).enumerated() {
        entries.initializeElement(
          at: starts[item] + i, to: KeyedEntry(key: shingle, id: UInt32(item)))
      }
    }
    RadixSorter().group(entries)
    // Hand each shingle back to its items with its document frequency.
    var next = starts
    for run in KeyRuns(entries) {
      for i in run {
        let item = Int(entries[i].id)
        ranked.initializeElement(
          at: next[item], to: RankedShingle(frequency: UInt32(run.count), hash: entries[i].key))
        next[item] += 1
      }
    }
    var keys: [KeyedEntry] = []
    for item in 0..<items {
      var own = UnsafeMutableBufferPointer(rebasing: ranked[starts[item]..<starts[item + 1]])
      if own.isEmpty { continue }
      own.sort()
      let prefix = own.count - threshold.leastShared(of: own.count) + 1
      for shingle in own[..<prefix] where shingle.frequency > 1 {
        keys.append(KeyedEntry(key: shingle.hash, id: UInt32(item)))
      }
    }
    return Buckets(
      items: items, keySets: 1, largestSet: keys.count, limit: .max, workers: workers
    ) { _, target in
      _ = target.update(fromContentsOf: keys)
      return keys.count
    }
  }

  private struct RankedShingle: Comparable {
    var frequency: UInt32
    var hash: UInt64

    static func < (a: Self, b: Self) -> Bool {
      a.frequency != b.frequency ? a.frequency < b.frequency : a.hash < b.hash
    }
  }
}
