// One finding a passage: what lies inside another finding is a hint.

package import RefrainModel

/// Looks at findings together, batch by batch.
///
/// A finding that lies in others, each place by half in one of theirs, tells nothing new and becomes a hint; so does
/// a note of whose places two do. An error with a verbatim run must lie in one other finding. The others have its
/// level or a higher one, and are of an earlier batch, or of the same batch and what people would read first. Since
/// what holds a passage begins before it or in the same documents, next to nothing is missed, and a batch may be
/// handed on at once. Expected linear in the places; some 80 bytes a place.
struct FindingFold {
  private var places = FoldedPlaces()

  /// The findings of the next batch, in their order, with those that are folded as hints.
  ///
  /// - Parameter inDuplicates: the numbers of those two of whose places lie in duplicate documents. A note of a class is
  ///   told by these, too, whose own finding may be of a later batch.
  mutating func folded(_ batch: [Finding], inDuplicates: Set<Int>) -> [Finding] {
    var findings = batch
    let order = Finding.order(of: batch)
    for index in order where findings[index].level > .hint {
      let own = places.places(of: findings[index])
      if let outer = places.outer(of: own, findings[index]), outer.isWhole {
        findings[index].level = .hint
        findings[index].judgement?.sentence += "; it lies in \(outer.id)"
      } else if findings[index].level == .note, findings[index].passageClass != nil,
        inDuplicates.contains(findings[index].number)
      {
        findings[index].level = .hint
        findings[index].judgement?.sentence += "; it lies in duplicate documents"
      } else {
        places.insert(own)
      }
    }
    return findings
  }
}

extension Finding {
  /// Findings in the order in which people read them: by level, what belongs to no class first, then by weight, path
  /// and place, but before another one what holds it and more places besides.
  package static func inOrder(_ findings: [Finding]) -> [Finding] {
    let findings = order(of: findings).map { findings[$0] }
    var seen = FoldedPlaces()
    // Those that tell more places than the finding that they lie in come before it.
    var wider: [Int: [Int]] = [:]
    for (index, finding) in findings.enumerated() where finding.level > .hint {
      let own = seen.places(of: finding, number: index)
      if let outer = seen.outer(of: own, finding), !outer.isWhole {
        wider[outer.finding, default: []].append(index)
      }
      seen.insert(own)
    }
    let moved = Set(wider.values.joined())
    var order: [Finding] = []
    // A finding lies in an earlier one, so there is no circle; the chains are as short as passages are nested.
    func add(_ index: Int) {
      for inner in wider[index] ?? [] { add(inner) }
      order.append(findings[index])
    }
    for index in findings.indices where !moved.contains(index) { add(index) }
    return order
  }

  /// The numbers of findings in order: by level, what belongs to no class first, then by weight, path and place.
  ///
  /// Sorts keys, for a finding is copied each time that it is compared.
  fileprivate static func order(of findings: [Finding]) -> [Int] {
    let keys = findings.map(OrderKey.init)
    return keys.indices.sorted { OrderKey.comesBefore(keys[$0], keys[$1]) }
  }

  private struct OrderKey {
    let level: FindingLevel
    let hasClass: Bool
    let weight: Int
    let path: String
    let line: Int
    let start: Int
    let end: Int

    init(_ finding: Finding) {
      let first = finding.occurrences[0]
      level = finding.level
      hasClass = finding.passageClass != nil
      weight = finding.weight
      path = first.path
      line = first.recordLine ?? 0
      start = first.start.byte
      end = first.end.byte
    }

    static func comesBefore(_ a: OrderKey, _ b: OrderKey) -> Bool {
      if a.level != b.level { return a.level > b.level }
      if a.hasClass != b.hasClass { return b.hasClass }
      if a.weight != b.weight { return a.weight > b.weight }
      if a.path != b.path { return a.path < b.path }
      return (a.line, a.start, a.end) < (b.line, b.start, b.end)
    }
  }
}
