// A stretch of a file that one waiver covers, or several that end where it does: thousands of waivers
// are a few stretches, or stretches that lie apart.

import RefrainModel
import RefrainProse

/// What waivers with one end cover, in the file's bytes.
struct WaivedRegion {
  /// What the first of them covers, and so all of them.
  let cover: ByteRange
  /// In order: each covers what is behind it, up to the region's end.
  private var waivers: [Waiver]
  /// How many of them, from the first, were used.
  private var used = 0

  private init(_ cover: ByteRange, _ waiver: Waiver) {
    self.cover = cover
    waivers = [waiver]
  }

  /// The regions of waivers in force, which come in order: those of `ignore-next`, those of `off`.
  ///
  /// Those of one kind lie apart, and come in order. O(waivers log blocks).
  static func regions(of waivers: [Waiver], in text: Document) -> [[WaivedRegion]] {
    let marks = text.waivers.filter { $0.verb == .on }.map(\.comment.start)
    var regions: [[WaivedRegion]] = [[], []]
    var mark = 0
    for waiver in waivers {
      let kind = waiver.verb == .off ? 1 : 0
      let start = waiver.comment.end
      var end = Int.max
      if waiver.verb == .off {
        while mark < marks.count, marks[mark] < waiver.comment.start { mark += 1 }
        if mark < marks.count { end = marks[mark] }
      } else {
        end = endOfBlock(behind: start, in: text)
      }
      if let last = regions[kind].indices.last, regions[kind][last].cover.end == end {
        regions[kind][last].waivers.append(waiver)
      } else {
        regions[kind].append(WaivedRegion(ByteRange(start, max(start, end)), waiver))
      }
    }
    return regions
  }

  /// Where the first block ends that goes on behind an offset; the offset where none does.
  private static func endOfBlock(behind start: Int, in text: Document) -> Int {
    let blocks = text.prose.blocks
    let end = { text.prose.map.source(of: blocks[$0].range).end }
    let first = blocks.indices.partitionPoint { end($0) > start }
    return first < blocks.count ? end(first) : start
  }

  /// The regions of one kind that share a byte with a place.
  ///
  /// O(log regions).
  static func meeting(_ place: ByteRange, in regions: [WaivedRegion]) -> Range<Int> {
    let first = regions.indices.partitionPoint { regions[$0].cover.end > place.start }
    var end = first
    while end < regions.count, regions[end].cover.start < place.end { end += 1 }
    return first..<end
  }

  /// Counts those waivers as used that cover any of a place.
  mutating func use(by place: ByteRange) {
    while used < waivers.count, waivers[used].comment.end < place.end { used += 1 }
  }

  /// The waivers that covered nothing.
  var unused: ArraySlice<Waiver> { waivers[used...] }
}
