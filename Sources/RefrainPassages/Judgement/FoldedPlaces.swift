// The places of findings, by where they lie: which finding lies in which.

import RefrainMatch
import RefrainModel

/// Places of findings, to be looked up by their middle.
struct FoldedPlaces {
  /// Bytes of a document that are looked up together.
  private static let cell = 512

  private struct Cell: Hashable {
    var document: Int
    var number: Int
  }

  /// A place of a finding.
  struct Place {
    fileprivate var document: Int
    fileprivate var bytes: ByteRange
    fileprivate var finding: Int
    /// Its number among the finding's places.
    fileprivate var index: Int
    fileprivate var isDocument: Bool
    fileprivate var level: FindingLevel

    /// Whether the other place covers half of this one, and is of a finding that is told as loudly.
    fileprivate func isHalf(in other: Place) -> Bool {
      let common = min(bytes.end, other.bytes.end) - max(bytes.start, other.bytes.start)
      return common * 2 >= bytes.end - bytes.start && other.level >= level
    }
  }

  /// What a finding lies in.
  struct Outer {
    var finding: Int
    var id: String
    /// Whether nothing of it lies elsewhere.
    var isWhole: Bool
  }

  private struct Name: Hashable {
    var path: String
    var recordLine: Int?
  }

  private var documents: [Name: Int] = [:]
  private var cells: [Cell: [Place]] = [:]
  private var ids: [Int: String] = [:]

  /// The places of a finding; `number` is what it is called here, its own number if nil.
  mutating func places(of finding: Finding, number: Int? = nil) -> [Place] {
    let number = number ?? finding.number
    ids[number] = finding.id
    return finding.occurrences.enumerated().map { index, occurrence in
      let name = Name(path: occurrence.path, recordLine: occurrence.recordLine)
      let document = documents[name] ?? documents.count
      if document == documents.count { documents[name] = document }
      return Place(
        document: document, bytes: ByteRange(occurrence.start.byte, occurrence.end.byte),
        finding: number, index: index, isDocument: finding.kind == .duplicateDocument,
        level: finding.level)
    }
  }

  mutating func insert(_ places: [Place]) {
    for place in places {
      for number in (place.bytes.start / Self.cell)...(place.bytes.end / Self.cell) {
        cells[Cell(document: place.document, number: number), default: []].append(place)
      }
    }
  }

  /// A finding in two places of which these places lie, and whether all of them do; or, where they lie in places of
  /// several findings, one of these: two of a note, and all of an error that is no verbatim run.
  ///
  /// What one of two duplicate documents says twice is told nowhere else, if it is an error.
  /// - Parameter places: those of `finding`.
  func outer(of places: [Place], _ finding: Finding) -> Outer? {
    let isNote = finding.level == .note
    let isRun = finding.longestRun >= VerbatimRuns.leastWords
    var inside: [Int: (places: Int, holders: Set<Int>)] = [:]
    var covered = 0
    for place in places {
      var known: Set<Int> = []
      for outer in around(place) where place.isHalf(in: outer) {
        let holder = outer.isDocument && !isNote ? outer.index : -1 - place.index
        inside[outer.finding, default: (0, [])].holders.insert(holder)
        if known.insert(outer.finding).inserted {
          inside[outer.finding, default: (0, [])].places += 1
        }
      }
      if !known.isEmpty { covered += 1 }
    }
    guard inside.values.reduce(0, { $0 + $1.holders.count }) > 1 else { return nil }
    let most = inside.min { ($0.value.places, $1.key) > ($1.value.places, $0.key) }
    let inAny = isRun ? most?.value.places ?? 0 : covered
    let isWhole = isNote || inAny == places.count
    guard let most, isWhole || most.value.holders.count > 1 else { return nil }
    return Outer(finding: most.key, id: ids[most.key] ?? "", isWhole: isWhole)
  }

  /// The places that hold the middle of a place: none that does not could cover half of it.
  private func around(_ place: Place) -> [Place] {
    let middle = (place.bytes.start + place.bytes.end) / 2
    return cells[Cell(document: place.document, number: middle / Self.cell)] ?? []
  }
}
