// The map itself, without a parser: joining, cutting, looking up.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct OffsetMapTests {
  /// `a&amp;b` and a word from further on: "a&bcd".
  private func sample() -> OffsetMap {
    var map = OffsetMap()
    map.appendVerbatim(ByteRange(0, 1))
    map.appendDecoded(1, source: ByteRange(1, 6))
    map.appendVerbatim(ByteRange(6, 7))
    map.appendVerbatim(ByteRange(10, 12))
    return map
  }

  @Test func identityIsOneSegment() {
    let map = OffsetMap(identity: 1_000_000, from: 3)
    #expect(map.segments.count == 1)
    #expect(map.source(of: ByteRange(10, 20)) == ByteRange(13, 23))
    #expect(map.source(of: ByteRange(999_999, 1_000_000)) == ByteRange(1_000_002, 1_000_003))
  }

  @Test func verbatimNeighboursAreJoined() {
    var map = OffsetMap()
    for at in 0..<100 { map.appendVerbatim(ByteRange(at, at + 1)) }
    #expect(map == OffsetMap(identity: 100))
  }

  @Test func rangesCoverTheSourceOfTheirFirstAndLastByte() {
    let map = sample()
    #expect(map.source(of: ByteRange(0, 5)) == ByteRange(0, 12))
    #expect(map.source(of: ByteRange(1, 2)) == ByteRange(1, 6))
    #expect(map.source(of: ByteRange(2, 3)) == ByteRange(6, 7))
    #expect(map.source(of: ByteRange(2, 4)) == ByteRange(6, 11))
    #expect(map.source(of: ByteRange(3, 5)) == ByteRange(10, 12))
  }

  @Test func emptyAndOutlyingRanges() {
    let map = sample()
    #expect(map.source(of: ByteRange(2, 2)) == ByteRange(6, 6))
    #expect(map.source(of: ByteRange(5, 5)) == ByteRange(12, 12))
    #expect(map.source(of: ByteRange(-4, 99)) == ByteRange(0, 12))
    #expect(OffsetMap().source(of: ByteRange(0, 3)) == ByteRange(0, 0))
    #expect(OffsetMap(identity: 0) == OffsetMap())
  }

  @Test func truncatingForgetsTheEnd() {
    var map = sample()
    map.truncate(to: 4)
    #expect(map.count == 4)
    #expect(map.sourceEnd == 11)
    map.truncate(to: 2)
    #expect(map.segments.count == 2)
    map.truncate(to: 9)
    #expect(map.count == 2)
    map.truncate(to: 0)
    #expect(map == OffsetMap())
  }

  @Test(arguments: UInt64(0)..<20)
  func lookupsAgreeWithAMapOfEveryByte(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var map = OffsetMap()
    var naive: [ByteRange] = []
    var source = 0
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      if Bool.random(using: &random) { source += Int.random(in: 0...3, using: &random) }
      let length = Int.random(in: 1...9, using: &random)
      if Bool.random(using: &random) {
        map.appendVerbatim(ByteRange(source, source + length))
        naive += (0..<length).map { ByteRange(source + $0, source + $0 + 1) }
        source += length
      } else {
        let range = ByteRange(source, source + Int.random(in: 0...9, using: &random))
        map.appendDecoded(length, source: range)
        naive += Array(repeating: range, count: length)
        source = range.end
      }
    }
    for start in naive.indices {
      for end in (start + 1)...naive.count {
        let expected = ByteRange(naive[start].start, naive[end - 1].end)
        #expect(map.source(of: ByteRange(start, end)) == expected)
      }
    }
  }
}
