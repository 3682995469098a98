// The C library says of Arrow memory what the Swift library says of strings.

import CRefrain
import Refrain
import TestSupport
import Testing

struct AgreementTests {
  /// 300 texts, half of them edited copies of earlier ones, and ugly ones.
  private func texts() -> [String] {
    var prose = RandomProse(seed: 51)
    var all: [[String]] = []
    return (0..<300).map { number in
      let isCopy = number > 4 && number % 2 == 0
      let base = isCopy ? prose.random.pick(all) : prose.words(50)
      all.append(prose.edited(base, changes: isCopy ? number % 5 : 0))
      return RandomProse.text(all[number])
    } + ["", "...", "The ship sailed.", "the SHIP sailed", "The. Ship. Sailed.", "été 北京"]
  }

  private func rows(_ deduplication: Deduplication<Int>) -> [String] {
    deduplication.removed.map { "\($0.id) \($0.kept) \($0.overlap.jaccard) \($0.reason.rawValue)" }
  }

  private func rows(_ table: TestTable, _ first: String, _ second: String) -> [String] {
    let names = ["identical", "same-words", "near"]
    let (a, b) = (table.column(first), table.column(second))
    let similarity = table.column("similarity", as: Double.self)
    let reason = table.column("reason", as: UInt8.self)
    return a.indices.map { "\(a[$0]) \(b[$0]) \(similarity[$0]) \(names[Int(reason[$0])])" }
  }

  @Test(arguments: [TestArray.Layout.offsets32, .offsets64, .views])
  func deduplication(_ layout: TestArray.Layout) throws {
    let texts = texts()
    let expected = try Deduplicator().deduplicate(texts)
    let array = TestArray(texts, layout)
    let handle = try array.texts()
    var options = defaultOptions()
    options.threads = 3
    // Once on the calling thread, once beside it.
    for isWatched in [false, true] {
      if isWatched { options.poll = { _, _, _, _ in 0 } }
      var result: refrain_handle = 0
      #expect(refrain_dedup(handle, &options, &result, nil) == 0)
      var table = TestTable()
      #expect(refrain_dedup_removed(result, 0, nil, &table.schema, &table.array, nil) == 0)
      #expect(rows(table, "removed", "kept") == rows(expected))
      #expect(table.rows > 30)
      table.release()
      #expect(refrain_dedup_removed(result, 0.95, nil, &table.schema, &table.array, nil) == 0)
      #expect(rows(table, "removed", "kept") == rows(try expected.raised(to: 0.95)))
      table.release()
      #expect(refrain_dedup_removed(result, 0.5, nil, &table.schema, &table.array, nil) == 2)
      #expect(refrain_free(result) == 0)
    }
    #expect(refrain_free(handle) == 0)
  }

  /// An order other than that of the rows, at the threshold of the call and at a higher one.
  @Test func theLongestStays() throws {
    let texts = ["one two three four five six", "one two three four five six seven", "none"]
    let array = TestArray(texts)
    let handle = try array.texts()
    var options = defaultOptions()
    options.threshold = 0.5
    var result: refrain_handle = 0
    let status = "longest".withCString { keep in
      options.keep = keep
      return refrain_dedup(handle, &options, &result, nil)
    }
    #expect(status == 0)
    for threshold in [0, 0.6] {
      var table = TestTable()
      #expect(refrain_dedup_removed(result, threshold, nil, &table.schema, &table.array, nil) == 0)
      #expect(table.column("removed") == [0])
      #expect(table.column("kept") == [1])
      table.release()
    }
    _ = refrain_free(result)
    _ = refrain_free(handle)
  }

  @Test func theIndex() throws {
    let texts = texts()
    var expected = try SimilarityIndex<UInt64>()
    for (id, text) in texts.enumerated() { try expected.insert(UInt64(id) + 7, text) }
    let array = TestArray(texts)
    let handle = try array.texts()
    var index: refrain_handle = 0
    #expect(refrain_index_new(nil, &index, nil) == 0)
    let ids = texts.indices.map { UInt64($0) + 7 }
    #expect(refrain_index_insert(index, handle, ids, Int64(ids.count), nil) == 0)
    #expect(refrain_index_insert(index, handle, ids, Int64(ids.count), nil) == 1)
    var removed: Int64 = 0
    #expect(refrain_index_remove(index, [9, 9, 1 << 40], 3, &removed, nil) == 0)
    expected.remove(9)
    #expect(removed == 1)
    var table = TestTable()
    #expect(refrain_index_query(index, handle, 5, nil, &table.schema, &table.array, nil) == 0)
    let found = zip(table.column("query"), table.column("id")).map { "\($0) \($1)" }
    let wanted = texts.enumerated().flatMap { row, text in
      expected.query(text, limit: 5).map { "\(row) \($0.id)" }
    }
    #expect(found == wanted)
    #expect(found.count > 300)
    table.release()
    _ = refrain_free(index)
    _ = refrain_free(handle)
  }

  /// Sketches, candidates and exact overlaps together find the pairs.
  @Test func stageByStage() throws {
    let texts = texts()
    let array = TestArray(texts)
    let handle = try array.texts()
    var sketch = TestTable()
    #expect(refrain_sketch(handle, nil, &sketch.schema, &sketch.array, nil) == 0)
    let bands = Int(sketch.schema.n_children) - 4
    let columns = (0..<bands).map { sketch.column("key_\($0)") }
    let keys = texts.indices.flatMap { row in columns.map { $0[row] } }
    sketch.release()
    var candidates = TestTable()
    #expect(
      refrain_candidates(
        keys, Int64(texts.count), Int64(bands), nil, &candidates.schema, &candidates.array, nil)
        == 0)
    let (earlier, later) = (candidates.column("earlier"), candidates.column("later"))
    candidates.release()
    var verified = TestTable()
    #expect(
      refrain_verify(
        handle, earlier, later, Int64(earlier.count), nil, &verified.schema, &verified.array, nil)
        == 0)
    let reached = verified.column("reached", as: UInt8.self)
    verified.release()
    let pairs = earlier.indices.filter { reached[$0] == 1 }.map { "\(earlier[$0]) \(later[$0])" }
    var table = TestTable()
    #expect(refrain_pairs(handle, nil, &table.schema, &table.array, nil) == 0)
    let near = table.column("reason", as: UInt8.self)
    let (a, b) = (table.column("a"), table.column("b"))
    let expected = a.indices.filter { near[$0] == 2 }.map { "\(a[$0]) \(b[$0])" }
    #expect(Set(pairs).isSuperset(of: expected))
    #expect(expected.count > 20)
    table.release()
    _ = refrain_free(handle)
  }
}
