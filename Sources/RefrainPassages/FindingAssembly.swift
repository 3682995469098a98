// From families and groups to findings, one batch after the other: in order, and in bounded memory.

import RefrainMatch
package import RefrainModel

/// Receives findings as they are made, in order.
package typealias FindingConsumer = ([Finding]) throws(RefrainError) -> Void

/// Makes the findings of a collection, in the order of their first places.
///
/// Findings are made in batches. What a batch's findings quote is read first, each document once however many of
/// the places are in it, so that a batch of boilerplate costs no more than its documents. A batch holds so many
/// words of documents at most; what alone holds more is read place by place.
struct FindingAssembly {
  /// What one finding is made of.
  private enum Part {
    /// The documents of a family.
    case family([Int])
    case group(PassageGroup)

    /// The documents to read.
    var documents: [Int] {
      switch self {
      case .family(let members): members
      case .group(let group): group.places.map(\.text)
      }
    }

    /// Where it stands first.
    var place: PassageSpan {
      switch self {
      case .family(let members): PassageSpan(text: members[0], words: 0..<Int.max)
      case .group(let group): group.places[0]
      }
    }
  }

  /// Words of the documents of a batch: about 60 MB of texts and places in them.
  private static let batchWords = 1 << 20

  private let parts: [Part]
  /// The documents that are told as duplicates of others.
  private let duplicates: Set<Int>
  private let tokens: WordTokens
  private let source: any DocumentSource
  private let workers: Workers

  init(
    families: [[Int]], groups: [PassageGroup], tokens: WordTokens, source: any DocumentSource,
    workers: Workers
  ) {
    duplicates = Set(families.joined())
    parts =
      (families.map(Part.family) + groups.map(Part.group))
      .enumerated().map { (part: $0.element, place: $0.element.place, number: $0.offset) }
      .sorted { Self.comesBefore(($0.place, $0.number), ($1.place, $1.number)) }.map(\.part)
    self.tokens = tokens
    self.source = source
    self.workers = workers
  }

  /// By where a place begins; of those that begin together the longest first, since it holds the others.
  private static func comesBefore(
    _ a: (place: PassageSpan, number: Int), _ b: (place: PassageSpan, number: Int)
  ) -> Bool {
    let (first, second) = (a.place.words, b.place.words)
    return (a.place.text, first.lowerBound, second.upperBound, a.number)
      < (b.place.text, second.lowerBound, first.upperBound, b.number)
  }

  /// Makes all findings, in parallel, and hands them on batch by batch.
  ///
  /// - Parameters:
  ///   - progress: told how many are made of how many.
  ///   - builder: makes findings of the documents that a reader gives.
  /// - Throws: what `consume` throws, or where a document cannot be read again.
  func run(
    progress: Progress.Handler, builder: (any DocumentReader) -> FindingBuilder,
    _ consume: FindingConsumer
  ) throws(RefrainError) {
    let readers = ReaderPool(source)
    var fold = FindingFold()
    var start = 0
    var number = 0
    while start < parts.count {
      progress(Progress(stage: .verifying, done: start, total: parts.count))
      let (batch, documents) = batch(from: start)
      let shelf = try DocumentShelf(documents, readers, workers)
      let made = workers.map(batch.count, state: { builder(shelf) }) {
        builder, index -> Result<Finding?, RefrainError>? in
        do throws(RefrainError) {
          return .success(try finding(parts[batch.lowerBound + index], builder))
        } catch {
          return .failure(error)
        }
      }
      var findings: [Finding] = []
      var inDuplicates: Set<Int> = []
      for (result, part) in zip(made, parts[batch]) {
        guard var finding = try result.get() else { continue }
        finding.number = number
        if liesInDuplicates(part) { inDuplicates.insert(number) }
        number += 1
        findings.append(finding)
      }
      try consume(fold.folded(findings, inDuplicates: inDuplicates))
      start = batch.upperBound
    }
  }

  /// The parts of the batch that begins with one of them, and the documents to read for it, in order; none where
  /// already the first part has too many.
  private func batch(from start: Int) -> (parts: Range<Int>, documents: [Int]) {
    var documents: Set<Int> = []
    var words = 0
    var end = start
    while end < parts.count {
      var more: Set<Int> = []
      for document in parts[end].documents where !documents.contains(document) {
        if more.insert(document).inserted { words += tokens.text(document).count }
      }
      if words > Self.batchWords { return (start..<max(end, start + 1), documents.sorted()) }
      documents.formUnion(more)
      end += 1
    }
    return (start..<end, documents.sorted())
  }

  private func finding(
    _ part: Part, _ builder: FindingBuilder
  ) throws(RefrainError) -> Finding? {
    switch part {
    case .family(let members): try builder.duplicateDocument(members)
    case .group(let group): try builder.finding(group)
    }
  }

  /// Whether two places of a group lie in documents that are told as duplicates.
  private func liesInDuplicates(_ part: Part) -> Bool {
    guard case .group(let group) = part else { return false }
    return group.places.count { duplicates.contains($0.text) } > 1
  }
}
