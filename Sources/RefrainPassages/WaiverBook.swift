// What the waivers of all texts cover, and which of them did anything.

import Glibc
import RefrainMatch
import RefrainModel
import RefrainProse

/// Applies waivers to places, and remembers which were used.
struct WaiverBook {
  /// The texts that have waivers, by number.
  private let texts: [Int: Document]
  /// By text and kind, for texts that have waivers in force.
  private var regions: [Int: [[WaivedRegion]]] = [:]
  /// Waivers that are not in force.
  private var refused: [(text: Int, waiver: Waiver, rule: Remark.Rule, why: String)] = []
  /// Findings that fell to waivers.
  private(set) var waived = 0

  /// Finds out what the waivers of all texts cover.
  ///
  /// O(waivers log blocks).
  /// - Parameter today: the day as year * 10000 + month * 100 + day.
  init(_ texts: [Int: Document], today: Int = WaiverBook.today) {
    self.texts = texts
    for (index, text) in texts.sorted(by: { $0.key < $1.key }) {
      var inForce: [Waiver] = []
      for waiver in text.waivers {
        if let fault = waiver.fault {
          refused.append((index, waiver, .badWaiver, fault))
        } else if waiver.verb == .on {
          continue
        } else if let until = waiver.until, until < today {
          let day = "\(until / 10_000)-\(Self.two(until / 100 % 100))-\(Self.two(until % 100))"
          refused.append((index, waiver, .expiredWaiver, "the waiver expired after \(day)"))
        } else {
          inForce.append(waiver)
        }
      }
      if !inForce.isEmpty { regions[index] = WaivedRegion.regions(of: inForce, in: text) }
    }
  }

  /// Takes the places that are waived out of a group; nil where fewer than two are left.
  mutating func without(_ group: PassageGroup) -> PassageGroup? {
    if regions.isEmpty { return group }
    var group = group
    group.places.removeAll { span in
      guard regions[span.text] != nil, let text = texts[span.text] else { return false }
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
    if regions.isEmpty { return [] }
    return families.flatMap { members in
      let waived = members.filter { member in
        guard regions[member] != nil, let prose = texts[member]?.prose, !prose.text.isEmpty
        else { return false }
        return covers(member, prose.map.source(of: ByteRange(0, prose.text.count)))
      }
      let isWhole = waived.contains(members[0]) || members.count - waived.count < 2
      return isWhole && !waived.isEmpty ? members : waived
    }
  }

  /// Whether waivers cover half of a place or more; those that cover any of it are used.
  ///
  /// O(log regions), and the regions that the place meets.
  private mutating func covers(_ text: Int, _ place: ByteRange) -> Bool {
    guard let kinds = regions[text] else { return false }
    let met = kinds.map { WaivedRegion.meeting(place, in: $0) }
    let common = zip(kinds, met).flatMap { regions, met in
      regions[met].compactMap { $0.cover.intersection(place) }
    }
    var covered = 0
    var end = place.start
    for range in common.sorted() {
      covered += max(0, range.end - max(range.start, end))
      end = max(end, range.end)
    }
    guard covered * 2 >= place.count, covered > 0 else { return false }
    for (kind, met) in met.enumerated() {
      for index in met { regions[text]?[kind][index].use(by: place) }
    }
    return true
  }

  /// The remarks on waivers, by text and place.
  ///
  /// - Parameter unused: whether all repetition was looked for, so that a waiver without any is
  ///   unused.
  func remarks(unused: Bool) -> [Remark] {
    var remarks = refused.compactMap { refused in
      texts[refused.text].map {
        (refused.text, Self.remark(refused.rule, $0, refused.waiver, refused.why))
      }
    }
    if unused {
      let why = "the waiver covers no repetition"
      for (number, regions) in regions {
        guard let text = texts[number] else { continue }
        for waiver in regions.joined().flatMap(\.unused) {
          remarks.append((number, Self.remark(.unusedWaiver, text, waiver, why)))
        }
      }
    }
    return remarks.sorted { ($0.0, $0.1.start) < ($1.0, $1.1.start) }.map(\.1)
  }

  private static func remark(
    _ rule: Remark.Rule, _ text: Document, _ waiver: Waiver, _ why: String
  ) -> Remark {
    Remark(
      rule: rule, path: text.path, start: text.lines.place(of: waiver.comment.start),
      end: text.lines.place(of: waiver.comment.end),
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
