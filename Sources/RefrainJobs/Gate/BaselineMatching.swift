// Which accepted passage a finding is, wherever its pages are now.
//
// An entry accepts so many places of a passage, and each place of a finding uses one up. Places in
// documents that the entry names come first; others take what is left, as they do when a page was moved
// or renamed. So a move changes nothing, and one place more is noticed wherever it is.

import RefrainMatch
import RefrainModel

/// Matches findings with the entries of a baseline, each of which counts once.
struct BaselineMatching {
  /// What became of a finding.
  struct Match: Hashable {
    var state = FindingState.new
    /// The entries whose places it uses, the one most alike first; none for a new finding.
    var entries: [Int] = []
    /// Its places that are accepted.
    var accepted: [Int] = []
    /// Its places that are surely the ones that were added, and not moved ones.
    var added: [Int] = []
  }

  /// A place of a finding.
  private struct Spot {
    var document: String
    var bytes: Range<Int>
  }

  /// What is left of an entry.
  private struct Allowance {
    var left: Int
    /// By document, how many places are reserved for it.
    var reserved: [String: Int]
    /// The places that used it, by document: findings that share a place use it once.
    var used: [String: [Range<Int>]] = [:]
  }

  /// How many entries with one hash are looked at, of those that are not used up.
  private static let mostCandidates = 256

  private let baseline: Baseline
  private let documents: DocumentsSeen
  private var allowances: [Allowance]
  private var byFingerprint: [String: Int] = [:]
  /// Entries by each hash of their sketches, for findings whose words were edited.
  private var byHash: [UInt64: [Int]] = [:]

  /// O(entries).
  init(_ baseline: Baseline, _ documents: DocumentsSeen) {
    self.baseline = baseline
    self.documents = documents
    allowances = []
    for (index, entry) in baseline.entries.enumerated() {
      // What stands in documents that were not read is still there.
      let reserved = entry.places.filter { documents.isKnown($0.key) }
      allowances.append(
        Allowance(left: reserved.values.reduce(0) { $0 + max(0, $1) }, reserved: reserved))
      byFingerprint[entry.fingerprint] = index
      for hash in entry.sketch { byHash[hash, default: []].append(index) }
    }
  }

  /// What became of each finding.
  ///
  /// Equal words come first, so that an edited finding uses up no entry of one that is still there.
  /// O(places) plus, for each edited finding, a few hundred entries a hash.
  mutating func matches(_ findings: [Finding]) -> [Match] {
    var matches = [Match](repeating: Match(), count: findings.count)
    let spots = findings.map { finding in
      finding.occurrences.map { place in
        Spot(
          document: Baseline.name(place, baseline.root),
          bytes: place.start.byte..<max(place.start.byte, place.end.byte))
      }
    }
    // Those in documents that the entry names come before those that were moved.
    let familiar = findings.indices.filter { isFamiliar(findings[$0], spots[$0]) }
    let others = findings.indices.filter { !isFamiliar(findings[$0], spots[$0]) }
    for index in familiar + others {
      guard let entry = byFingerprint[findings[index].fingerprint] else { continue }
      matches[index] = match(spots[index], [entry], isExact: true)
    }
    for index in findings.indices where matches[index].state == .new {
      let candidates = candidates(findings[index].sketch, spots[index])
      matches[index] = match(spots[index], candidates, isExact: false)
    }
    // What has grown may hold what other entries accept, since two passages can become one finding.
    for index in findings.indices where matches[index].state == .grown {
      let own = matches[index].entries
      let more = candidates(findings[index].sketch, spots[index]).filter { !own.contains($0) }
      let left = more.reduce(0) { $0 + allowances[$1].left }
      if left < spots[index].count - matches[index].accepted.count { continue }
      matches[index] = match(spots[index], own + more, isExact: false)
    }
    return matches
  }

  /// Whether a finding with the words of an entry is where the entry says.
  private func isFamiliar(_ finding: Finding, _ spots: [Spot]) -> Bool {
    guard let entry = byFingerprint[finding.fingerprint] else { return false }
    let places = baseline.entries[entry].places
    return spots.allSatisfy { places[$0.document] != nil }
  }

  /// Lets a finding use the places of entries, in their order.
  private mutating func match(_ spots: [Spot], _ entries: [Int], isExact: Bool) -> Match {
    guard !entries.isEmpty else { return Match() }
    var open = Array(spots.indices)
    var met: [Int] = []
    for isMoved in [false, true] {
      for entry in entries {
        if open.isEmpty { break }
        let before = open.count
        open.removeAll { use(spots[$0], of: entry, isMoved: isMoved) }
        if open.count < before, !met.contains(entry) { met.append(entry) }
      }
    }
    var match = Match()
    match.entries = met.isEmpty ? [entries[0]] : met
    let left = Set(open)
    match.accepted = spots.indices.filter { !left.contains($0) }
    if open.isEmpty {
      match.state = isExact ? .known : .changed
    } else {
      match.state = .grown
      match.added = added(open, spots, match.entries)
    }
    return match
  }

  /// Uses a place of an entry, if one is left.
  ///
  /// - Parameter isMoved: whether the place may be that of another document.
  private mutating func use(_ spot: Spot, of entry: Int, isMoved: Bool) -> Bool {
    if let used = allowances[entry].used[spot.document],
      used.contains(where: { $0.overlaps(spot.bytes) })
    {
      return true
    }
    let reserved = allowances[entry].reserved[spot.document, default: 0]
    guard allowances[entry].left > 0, isMoved || reserved > 0 else { return false }
    allowances[entry].left -= 1
    if reserved > 0 { allowances[entry].reserved[spot.document] = reserved - 1 }
    allowances[entry].used[spot.document, default: []].append(spot.bytes)
    return true
  }

  /// Of the places that no entry accepts, those that were added, as far as that can be told.
  ///
  /// Where a document is gone, any place may be the one that was moved; where a document holds the
  /// passage once more, either may be new.
  private func added(_ open: [Int], _ spots: [Spot], _ entries: [Int]) -> [Int] {
    var known: Set<String> = []
    for entry in entries {
      for document in baseline.entries[entry].places.keys {
        if documents.isMissing(document) { return [] }
        known.insert(document)
      }
    }
    return open.filter { !known.contains(spots[$0].document) }
  }

  /// The entries that agree in half of the hashes of a sketch at least: those that hold the finding's
  /// documents first, then those that agree in more, then the first.
  ///
  /// Two sketches that agree in half have one of any nine hashes in common, so the rarest nine are
  /// looked up. Entries that are used up are taken out of the lists.
  private mutating func candidates(_ sketch: [UInt64], _ spots: [Spot]) -> [Int] {
    let rarest = sketch.sorted {
      let (a, b) = (byHash[$0]?.count ?? 0, byHash[$1]?.count ?? 0)
      return a == b ? $0 < $1 : a < b
    }
    var found: Set<Int> = []
    for hash in rarest.prefix(PassageSketch.size / 2 + 1) {
      guard var list = byHash[hash] else { continue }
      var live: [Int] = []
      var next = 0
      while next < list.count, live.count < Self.mostCandidates {
        if allowances[list[next]].left > 0 { live.append(list[next]) }
        next += 1
      }
      if live.isEmpty {
        // One of them stands for what the finding is a variant of.
        list = [list[0]]
        live = list
      } else {
        list.replaceSubrange(..<next, with: live)
      }
      byHash[hash] = list
      found.formUnion(live)
    }
    let own = Set(sketch)
    let names = Set(spots.prefix(Self.mostCandidates).map(\.document))
    let ranked = found.compactMap { entry -> (entry: Int, rank: (Int, Int, Int))? in
      let theirs = baseline.entries[entry].sketch
      let shared = theirs.reduce(0) { $0 + (own.contains($1) ? 1 : 0) }
      guard PassageSketch.agrees(shared, sketch.count, theirs.count) else { return nil }
      let places = baseline.entries[entry].places
      let familiar =
        names.count < places.count
        ? names.count { places[$0] != nil } : places.keys.count { names.contains($0) }
      return (entry, (-familiar, -shared, entry))
    }
    return ranked.sorted { $0.rank < $1.rank }.map(\.entry)
  }
}
