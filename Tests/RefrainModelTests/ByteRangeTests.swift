// Byte ranges: the little algebra on half-open ranges; and that errors name their place.

import RefrainModel
import Testing

struct ByteRangeTests {
  @Test func algebraAgainstSets() {
    let ranges = (0...6).flatMap { start in (start...6).map { ByteRange(start, $0) } }
    func bytes(_ range: ByteRange) -> Set<Int> { Set(range.start..<range.end) }
    for a in ranges {
      for b in ranges {
        let common = bytes(a).intersection(bytes(b))
        #expect(a.intersection(b).map(bytes) ?? [] == common)
        #expect((a.overlaps(b) && !a.isEmpty && !b.isEmpty) == !common.isEmpty)
        #expect(bytes(a.union(b)).isSuperset(of: bytes(a).union(bytes(b))))
      }
    }
  }

  @Test func anEndBelowTheStartIsRaised() {
    #expect(ByteRange(5, 3) == ByteRange(5, 5))
    #expect(ByteRange(5, 3).isEmpty)
    #expect(ByteRange(2, 6).count == 4)
  }

  @Test(arguments: [
    (RefrainError.badRecord(path: "a.jsonl", line: 3, cause: "no"), "a.jsonl:3: no"),
    (.notUTF8(path: "a", line: 2, byte: 9), "a:2: not UTF-8 (first wrong byte at offset 9)"),
    (.unreadable(path: "a", cause: "no"), "a: cannot read: no"),
    (.unwritable(path: "a", cause: "no"), "a: cannot write: no"),
    (.damaged(path: "a", cause: "no"), "a: damaged: no"),
    (.badSetting(name: "--x", cause: "no"), "--x: no"),
  ])
  func errorsNameTheirPlace(error: RefrainError, text: String) {
    #expect(error.description == text)
  }
}
