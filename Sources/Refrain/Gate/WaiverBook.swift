// What the waivers of all texts cover, and which of them did anything.

import Glibc
import RefrainCorpus
import RefrainMatch
import RefrainModel

/// Applies waivers to places, and remembers which were used.
struct WaiverBook {
  /// A waiver in force.
  private struct Entry {
    var text: Int
    var waiver: Waiver
    /// What it covers, in the file's bytes.
    var cover: ByteRange
    var isUsed = false
  }

  private let texts: [LoadedText]
  private var entries: [Entry] = []
  private var entriesOfText: [Int: [Int]] = [:]
  /// Waivers that are not in force.
  private var refused: [(text: Int, waiver: Waiver, rule: Remark.Rule, why: String)] = []
  /// Findings that fell to waivers.
  private(set) var waived = 0

  /// - Parameter today: the day as year * 10000 + month * 100 + day.
  init(_ texts: [LoadedText], today: Int = WaiverBook.today) {
    self.texts = texts
    for (index, text) in texts.enumerated() where !text.waivers.isEmpty {
      for (position, waiver) in text.waivers.enumerated() {
        if let fault = waiver.fault {
          refused.append((index, waiver, .badWaiver, fault))
        } else if waiver.verb == .on {
          continue
        } else if let until = waiver.until, until < today {
          let day = "\(until / 10_000)-\(Self.two(until / 100 % 100))-\(Self.two(until % 100))"
          refused.append((index, waiver, .expiredWaiver, "the waiver held until \(day)"))
        } else {
          entriesOfText[index, default: []].append(entries.count)
          let cover = Self.cover(waiver, text.waivers[(position + 1)...], text)
          entries.append(Entry(text: index, waiver: waiver, cover: cover))
        }
      }
    }
  }

  /// The bytes that a waiver covers.
  private static func cover(
    _ waiver: Waiver, _ next: ArraySlice<Waiver>, _ text: LoadedText
  ) -> ByteRange {
    let start = waiver.comment.end
    if waiver.verb == .off {
      let end = next.first { $0.verb == .on }?.comment.start
      return ByteRange(start, end ?? .max)
    }
    for block in text.prose.blocks {
      let source = text.prose.map.source(of: block.range)
      if source.end > start { return ByteRange(start, source.end) }
    }
    return ByteRange(start, start)
  }

  /// Takes the places that are waived out of a group; nil where fewer than two are left.
  mutating func without(_ group: PassageGroup) -> PassageGroup? {
    if entries.isEmpty { return group }
    var group = group
    group.places.removeAll { span in
      guard entriesOfText[span.text] != nil else { return false }
      let text = texts[span.text]
      return covers(span.text, text.prose.map.source(of: text.extent(of: span.words)))
    }
    if group.places.count >= 2 { return group }
    waived += 1
    return nil
  }

  /// Those texts of families that are to be compared passage by passage, since waivers cover most of
  /// them: what a family is said once for would not be said at all.
  ///
  /// Where the first one is among them, or one alone is left, all of the family are.
  mutating func released(from families: [[Int]]) -> [Int] {
    if entries.isEmpty { return [] }
    return families.flatMap { members in
      let waived = members.filter { member in
        guard entriesOfText[member] != nil, !texts[member].prose.text.isEmpty else { return false }
        let prose = texts[member].prose
        return covers(member, prose.map.source(of: ByteRange(0, prose.text.count)))
      }
      let isWhole = waived.contains(members[0]) || members.count - waived.count < 2
      return isWhole && !waived.isEmpty ? members : waived
    }
  }

  /// Whether waivers cover half of a place or more; those that cover any of it are used.
  private mutating func covers(_ text: Int, _ place: ByteRange) -> Bool {
    var covered = 0
    var met: [Int] = []
    for index in entriesOfText[text, default: []] {
      guard let common = entries[index].cover.intersection(place) else { continue }
      covered += common.count
      met.append(index)
    }
    guard covered * 2 >= place.count, !met.isEmpty else { return false }
    for index in met { entries[index].isUsed = true }
    return true
  }

  /// The remarks on waivers, by text and place.
  ///
  /// - Parameter unused: whether all repetition was looked for, so that a waiver without any is
  ///   unused.
  func remarks(unused: Bool) -> [Remark] {
    var remarks = refused.map { ($0.text, remark($0.rule, $0.text, $0.waiver, $0.why)) }
    if unused {
      for entry in entries where !entry.isUsed {
        let why = "the waiver covers no repetition"
        remarks.append((entry.text, remark(.unusedWaiver, entry.text, entry.waiver, why)))
      }
    }
    return remarks.sorted { ($0.0, $0.1.start) < ($1.0, $1.1.start) }.map(\.1)
  }

  private func remark(
    _ rule: Remark.Rule, _ text: Int, _ waiver: Waiver, _ why: String
  ) -> Remark {
    let lines = texts[text].lines
    return Remark(
      rule: rule, path: texts[text].path, start: lines.place(of: waiver.comment.start),
      end: lines.place(of: waiver.comment.end),
      message: why + (waiver.reason.map { " (\($0))" } ?? ""))
  }

  private static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : String(n) }

  /// Today in UTC, which is the same day for all who run the same check.
  private static var today: Int {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    return (Int(parts.tm_year) + 1900) * 10_000 + (Int(parts.tm_mon) + 1) * 100 + Int(parts.tm_mday)
  }
}
