// Where repetition is: by page, by pair of pages, and how much of all words it is.

package import RefrainModel

/// A result by page.
package struct PageOverview {
  /// A file with findings.
  package struct Page: Hashable {
    /// As reports name it.
    package var path: String
    package var findings = 0
    /// Findings that are to be resolved.
    package var gating = 0
    /// Words in passages that are repeated anywhere, each counted once.
    package var repeatedWords = 0
    /// The same of findings that are to be resolved.
    package var gatingWords = 0
    /// All its words; 0 where that is not known.
    package var words = 0
  }

  /// Two pages that have passages in common.
  package struct Pair: Hashable {
    /// The pages' numbers in `pages`, the lower one first.
    package var first: Int
    package var second: Int
    package var findings = 0
    package var gating = 0
    /// Words of the passages, those to be resolved and all.
    package var gatingWords = 0
    package var words = 0
  }

  /// A stretch of a page that is repeated.
  private struct Stretch {
    var record: Int
    var bytes: Range<Int>
    var words: Int
    var gates: Bool
  }

  /// Of a finding on many pages, so many are paired: every two of a footer's say nothing.
  private static let paired = 8

  /// By weight of what is to be resolved, then of all that is repeated, then by path.
  package private(set) var pages: [Page] = []
  /// By weight likewise.
  package private(set) var pairs: [Pair] = []
  /// Words in passages that are repeated, each counted once.
  package private(set) var repeatedWords = 0

  /// O(places log places).
  package init(_ result: CheckResult) {
    var numbers: [String: Int] = [:]
    var pages: [Page] = []
    var stretches: [[Stretch]] = []
    var pairs: [[Int]: Pair] = [:]
    for finding in result.findings {
      let gates = result.isWarning(finding)
      var own: [Int] = []
      var seen: Set<Int> = []
      for place in finding.occurrences {
        let page = numbers[place.path] ?? pages.count
        if page == pages.count {
          numbers[place.path] = page
          pages.append(
            Page(path: result.root.relative(place.path), words: result.wordsByFile[place.path] ?? 0)
          )
          stretches.append([])
        }
        if seen.insert(page).inserted { own.append(page) }
        stretches[page].append(
          Stretch(
            record: place.recordLine ?? 0,
            bytes: place.start.byte..<max(place.start.byte, place.end.byte), words: place.words,
            gates: gates))
      }
      for page in own {
        pages[page].findings += 1
        if gates { pages[page].gating += 1 }
      }
      let paired = own.prefix(Self.paired)
      for (at, a) in paired.enumerated() {
        for b in paired.dropFirst(at + 1) {
          let key = [min(a, b), max(a, b)]
          var pair = pairs[key] ?? Pair(first: key[0], second: key[1])
          pair.findings += 1
          pair.words += finding.words
          if gates {
            pair.gating += 1
            pair.gatingWords += finding.words
          }
          pairs[key] = pair
        }
      }
    }
    for page in pages.indices {
      let sorted = stretches[page].sorted {
        ($0.record, $0.bytes.lowerBound, $0.bytes.upperBound)
          < ($1.record, $1.bytes.lowerBound, $1.bytes.upperBound)
      }
      pages[page].repeatedWords = Self.words(sorted)
      pages[page].gatingWords = Self.words(sorted.filter(\.gates))
      repeatedWords += pages[page].repeatedWords
    }
    let order = pages.indices.sorted { a, b in
      let (x, y) = (pages[a], pages[b])
      if x.gatingWords != y.gatingWords { return x.gatingWords > y.gatingWords }
      if x.repeatedWords != y.repeatedWords { return x.repeatedWords > y.repeatedWords }
      return x.path < y.path
    }
    var rank = [Int](repeating: 0, count: pages.count)
    for (place, page) in order.enumerated() { rank[page] = place }
    self.pages = order.map { pages[$0] }
    self.pairs = pairs.values.map { pair in
      var pair = pair
      let (a, b) = (rank[pair.first], rank[pair.second])
      (pair.first, pair.second) = (min(a, b), max(a, b))
      return pair
    }.sorted {
      ($1.gatingWords, $1.words, $0.first, $0.second)
        < ($0.gatingWords, $0.words, $1.first, $1.second)
    }
  }

  /// The words of stretches in order, of those that overlap what is new in each.
  private static func words(_ stretches: [Stretch]) -> Int {
    var words = 0
    var (record, end) = (-1, 0)
    for stretch in stretches {
      if stretch.record != record { (record, end) = (stretch.record, 0) }
      let new = stretch.bytes.upperBound - max(end, stretch.bytes.lowerBound)
      if new <= 0 { continue }
      words += stretch.words * new / max(1, stretch.bytes.count)
      end = stretch.bytes.upperBound
    }
    return words
  }
}
