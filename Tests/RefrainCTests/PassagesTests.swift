// Shared passages: those of all pairs of texts that have a run of words in common, each as a comparison tells it.

import CRefrain
import Refrain
import TestSupport
import Testing

struct PassagesTests {
  /// Texts of which some hold a paragraph of an earlier one, word for word or with words changed.
  private func texts() -> [[String]] {
    var prose = RandomProse(seed: 54)
    var all: [[String]] = []
    for number in 0..<120 {
      var words = prose.words(90)
      if number > 8, number % 3 == 0 {
        let source = prose.random.pick(all)
        let start = Int.random(in: 0...(source.count - 60), using: &prose.random)
        let passage = prose.edited(Array(source[start..<(start + 60)]), changes: number % 4)
        words.insert(contentsOf: passage, at: 30)
      }
      all.append(words)
    }
    return all
  }

  private func rows(_ table: TestTable, _ a: String, _ b: String) -> [String] {
    let columns = [a, b, "a_start", "a_end", "b_start", "b_end"].map { table.column($0) }
    let likeness = ["similarity", "containment"].map { table.column($0, as: Double.self) }
    return (0..<table.rows).map { row in
      (columns.map { "\($0[row])" } + likeness.map { "\($0[row])" }).joined(separator: " ")
    }
  }

  private func runs(_ words: [String], _ length: Int) -> Set<[String]> {
    words.count < length
      ? [] : Set((0...(words.count - length)).map { Array(words[$0..<($0 + length)]) })
  }

  @Test func passagesOfAllPairs() throws {
    let words = texts()
    let array = TestArray(words.map { RandomProse.text($0) } + ["", "Two words."])
    let handle = try array.texts()
    var options = defaultOptions()
    options.threads = 3
    options.poll = { _, _, _, _ in 0 }
    var table = TestTable()
    #expect(refrain_passages(handle, 16, 150, &options, &table.schema, &table.array, nil) == 0)
    let found = rows(table, "a", "b")
    let pairs = Set(zip(table.column("a"), table.column("b")).map { "\($0) \($1)" })
    table.release()
    // No run here is in more than ten texts. Of the pairs without a common run of sixteen some are proposed.
    let (long, short) = (words.map { runs($0, 16) }, words.map { runs($0, 8) })
    var all: [(UInt64, UInt64)] = []
    for a in words.indices {
      for b in (a + 1)..<words.count {
        let isAsked = !long[a].isDisjoint(with: long[b])
        if isAsked { #expect(pairs.contains("\(a) \(b)")) }
        if !short[a].isDisjoint(with: short[b]) { all.append((UInt64(a), UInt64(b))) }
      }
    }
    #expect(pairs.isSubset(of: all.map { "\($0.0) \($0.1)" }))
    #expect(pairs.count > 35)
    let told = all.filter { pairs.contains("\($0.0) \($0.1)") }
    #expect(
      refrain_compare_rows(
        handle, told.map(\.0), told.map(\.1), Int64(told.count), 150, &options, &table.schema,
        &table.array, nil) == 0)
    #expect(rows(table, "left", "right") == found)
    table.release()
    _ = refrain_free(handle)
  }

  /// A footer in all texts costs three pairs a text, and some more for seeds at its edges, which few share.
  @Test func aCrowdIsLinked() throws {
    var prose = RandomProse(seed: 55)
    let footer = prose.words(40)
    let array = TestArray((0..<50).map { _ in RandomProse.text(prose.words(30) + footer) })
    let handle = try array.texts()
    var table = TestTable()
    #expect(refrain_passages(handle, 16, 150, nil, &table.schema, &table.array, nil) == 0)
    let pairs = Set(zip(table.column("a"), table.column("b")).map { "\($0) \($1)" })
    table.release()
    var expected: Set<String> = []
    for item in 1..<50 {
      let all = Array(0..<item)
      let paired = item < 10 ? all : [0, item - 2, item - 1]
      expected.formUnion(paired.map { "\($0) \(item)" })
    }
    #expect(pairs.isSuperset(of: expected))
    #expect(pairs.count < 3 * expected.count / 2)
    _ = refrain_free(handle)
  }

  @Test func seedsAndWhatIsRefused() throws {
    let array = TestArray(["one two three four five six seven eight nine", nil, "one two"])
    let handle = try array.texts()
    var error = refrain_error()
    var table = TestTable()
    var options = defaultOptions()
    #expect(refrain_seeds(handle, 8, nil, &table.schema, &table.array, &error) == 3)
    #expect(error.words == "row 1: the text is null" && error.row == 1)
    options.skip_bad_rows = 1
    #expect(refrain_seeds(handle, 8, &options, &table.schema, &table.array, nil) == 0)
    #expect(table.column("row") == [0, 0])
    table.release()
    for run in [-1, 0, 7, 1025, .max, .min] as [Int64] {
      #expect(refrain_seeds(handle, run, &options, &table.schema, &table.array, &error) == 2)
      #expect(refrain_passages(handle, run, 0, &options, &table.schema, &table.array, &error) == 2)
    }
    #expect(error.words.contains("is not between 8 and 1024 words"))
    #expect(refrain_passages(handle, 16, -1, &options, &table.schema, &table.array, &error) == 1)
    #expect(
      refrain_compare_rows(
        handle, [0], [9], 1, 0, &options, &table.schema, &table.array, &error) == 1)
    #expect(error.words == "right has row 9, and there are 3")
    _ = refrain_free(handle)
  }
}
