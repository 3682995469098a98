// What a caller in C can get wrong: each time a status and a sentence, and nothing else happens.

import CRefrain
import RefrainC
import TestSupport
import Testing

struct HostileTests {
  private let long = "a text that is longer than a view holds"

  /// Imports an array that was spoiled; what the library says of it.
  private func refusal(_ array: TestArray, _ spoil: (TestArray) -> Void) -> String {
    spoil(array)
    var error = refrain_error()
    if let handle = array.texts(&error) {
      _ = refrain_free(handle)
      return "accepted"
    }
    #expect(error.status == 4)
    return error.words
  }

  @Test func spoiledArrays() {
    func array(_ layout: TestArray.Layout = .offsets64) -> TestArray {
      TestArray(["one", long, nil], layout)
    }
    #expect(refusal(array()) { _ in } == "accepted")
    #expect(refusal(array()) { $0.array.length = -1 }.contains("-1 rows"))
    #expect(refusal(array()) { $0.array.length = .max }.contains("rows"))
    #expect(refusal(array()) { $0.array.offset = -3 }.contains("-3"))
    #expect(refusal(array()) { $0.array.offset = .max }.contains("rows"))
    #expect(refusal(array()) { $0.array.n_buffers = 2 }.contains("2 buffers"))
    #expect(refusal(array()) { $0.array.n_buffers = .min }.contains("buffers"))
    #expect(refusal(array()) { $0.array.buffers = nil }.contains("buffers"))
    #expect(refusal(array()) { $0.array.buffers[1] = nil }.contains("NULL"))
    #expect(refusal(array()) { $0.array.buffers[2] = nil }.contains("row 0"))
    #expect(refusal(array()) { $0.poke(1, 1, Int64(-1)) }.contains("row 0"))
    #expect(refusal(array()) { $0.poke(1, 2, Int64(1)) }.contains("row 1"))
    #expect(refusal(array()) { $0.poke(1, 3, Int64.max) }.contains("row 2"))
    #expect(refusal(array(.offsets32)) { $0.poke(1, 0, Int32(9)) }.contains("row 0"))
    #expect(refusal(array(.views)) { _ in } == "accepted")
    #expect(refusal(array(.views)) { $0.poke(1, 0, Int32(-2)) }.contains("row 0"))
    #expect(refusal(array(.views)) { $0.poke(1, 6, Int32(1)) }.contains("row 1"))
    #expect(refusal(array(.views)) { $0.poke(1, 7, Int32(9)) }.contains("row 1"))
    #expect(refusal(array(.views)) { $0.poke(1, 4, Int32.max) }.contains("row 1"))
    #expect(refusal(array(.views)) { $0.poke(3, 0, Int64(1)) }.contains("row 1"))
    #expect(
      refusal(array()) { $0.schema.format = UnsafePointer($0.copy([0x6C, 0])) }.contains("\"l\""))
    #expect(refusal(array()) { $0.schema.format = nil }.contains("no strings"))
    #expect(refusal(array()) { $0.array.release = nil }.contains("already released"))
    #expect(refusal(array()) { $0.schema.release = nil }.contains("already released"))
  }

  @Test func dictionaries() throws {
    func importing(_ indices: [Int8]) -> String {
      let values = TestArray(["x y z", long])
      let array = TestArray([], .offsets64)
      array.schema.format = UnsafePointer(array.copy([CChar(0x63), 0]))
      let buffers: [UnsafeRawPointer?] = [nil, UnsafeRawPointer(array.copy(indices))]
      array.array.buffers = array.copy(buffers)
      array.array.n_buffers = 2
      array.array.length = Int64(indices.count)
      array.array.null_count = 0
      array.array.dictionary = array.copy([values.array])
      array.schema.dictionary = array.copy([values.schema])
      defer { withExtendedLifetime(values) {} }
      var error = refrain_error()
      guard let handle = array.texts(&error) else { return error.words }
      var result: refrain_handle = 0
      #expect(refrain_dedup(handle, nil, &result, nil) == 0)
      var table = TestTable()
      #expect(refrain_dedup_removed(result, 0, nil, &table.schema, &table.array, nil) == 0)
      let removed = table.column("removed")
      table.release()
      _ = refrain_free(result)
      _ = refrain_free(handle)
      return "\(removed)"
    }
    #expect(importing([0, 1, 1, 0]) == "[2, 3]")
    #expect(importing([0, 2]).contains("row 1"))
    #expect(importing([-1]).contains("row 0"))
  }

  @Test func nullsAndWrongUTF8() throws {
    var error = refrain_error()
    var result: refrain_handle = 0
    let array = TestArray([long, nil, long])
    let handle = try array.texts()
    #expect(refrain_dedup(handle, nil, &result, &error) == 3)
    #expect(error.row == 1)
    #expect(error.words == "row 1: the text is null")
    var options = defaultOptions()
    options.skip_bad_rows = 1
    #expect(refrain_dedup(handle, &options, &result, nil) == 0)
    var table = TestTable()
    #expect(refrain_dedup_removed(result, 0, nil, &table.schema, &table.array, nil) == 0)
    #expect(table.column("removed") == [2])
    table.release()
    #expect(refrain_dedup_skipped(result, &table.schema, &table.array, nil) == 0)
    #expect(table.column("row") == [1])
    table.release()
    _ = refrain_free(result)
    _ = refrain_free(handle)
    let wrong = TestArray(["good", "spoiled"])
    wrong.poke(2, 6, UInt8(0xFF))
    let spoiled = try wrong.texts()
    #expect(refrain_dedup(spoiled, nil, &result, &error) == 3)
    #expect(error.words == "row 1: the text is not UTF-8 (first wrong byte at offset 2)")
    _ = refrain_free(spoiled)
  }

  @Test func handlesAndPointers() throws {
    var error = refrain_error()
    var result: refrain_handle = 0
    #expect(refrain_dedup(1 << 60, nil, &result, &error) == 5)
    #expect(error.words.contains("no handle"))
    var isReleased = false
    let array = TestArray([long]) { isReleased = true }
    let handle = try array.texts()
    #expect(refrain_dedup(handle, nil, nil, &error) == 1)
    #expect(error.words == "deduplication is NULL")
    #expect(refrain_dedup_removed(handle, 0, nil, nil, nil, &error) == 5)
    #expect(error.words.contains("another kind"))
    var options = refrain_options()
    #expect(refrain_dedup(handle, &options, &result, &error) == 1)
    for spoil: (inout refrain_options) -> Void in [
      { $0.threshold = .nan }, { $0.threshold = 1.5 }, { $0.recall = 1 }, { $0.ngram = 0 },
      { $0.threads = -1 }, { $0.bands = 3 }, { $0.match = 9 }, { $0.memory = 0 },
    ] {
      options = defaultOptions()
      spoil(&options)
      #expect(refrain_dedup(handle, &options, &result, &error) == 2)
    }
    #expect(refrain_verify(handle, [0], [1], 1, nil, nil, nil, &error) == 1)
    #expect(refrain_texts_from_array(nil, nil, nil, nil, &result, &error) == 1)
    #expect(refrain_texts_from_stream(nil, nil, nil, &result, &error) == 1)
    #expect(!isReleased)
    #expect(refrain_free(handle) == 0)
    #expect(isReleased)
    #expect(refrain_free(handle) == 5)
    #expect(refrain_free(0) == 0)
  }

  /// Stopped at once, a call that would take long ends, and the next one is whole.
  @Test func interruption() throws {
    var prose = RandomProse(seed: 52)
    let array = TestArray((0..<6_000).map { _ in prose.text(60) })
    let handle = try array.texts()
    var options = defaultOptions()
    options.threshold = 0.3
    options.poll = { _, _, _, _ in 1 }
    var result: refrain_handle = 0
    var error = refrain_error()
    #expect(refrain_dedup(handle, &options, &result, &error) == 6)
    #expect(error.words == "stopped before it was done")
    #expect(result == 0)
    _ = refrain_free(handle)
  }

  /// A call that is watched lets go of its texts with its handles, and one that was stopped, too.
  @Test(arguments: [false, true]) func watchedCallLetsGo(stops: Bool) throws {
    var prose = RandomProse(seed: 53)
    var isReleased = false
    let array = TestArray((0..<500).map { _ in prose.text(40) }) { isReleased = true }
    let handle = try array.texts()
    var options = defaultOptions()
    options.poll = { _, _, _, _ in 0 }
    if stops { options.poll = { _, _, _, _ in 1 } }
    var result: refrain_handle = 0
    var error = refrain_error()
    let status = refrain_dedup(handle, &options, &result, &error)
    // Stopped or done before anybody was asked.
    #expect(status == 0 || (stops && status == 6))
    #expect(refrain_free(handle) == 0)
    #expect(isReleased == (status != 0))
    #expect(refrain_free(result) == 0)
    #expect(isReleased)
  }

  /// A handle goes with the object that it is bound to.
  @Test func boundHandles() throws {
    var error = refrain_error()
    var isReleased = false
    let array = TestArray(["one"]) { isReleased = true }
    let handle = try array.texts()
    var (owner, stranger) = (0, 0)
    withUnsafeMutablePointer(to: &owner) { owner in
      #expect(refrain_bind(handle, owner, &error) == 0)
      #expect(refrain_bind(1 << 60, owner, &error) == 5)
      #expect(refrain_bind(handle, nil, &error) == 1)
      withUnsafeMutablePointer(to: &stranger) { refrain_free_bound($0) }
      #expect(!isReleased)
      refrain_free_bound(owner)
      #expect(isReleased)
      refrain_free_bound(owner)
      #expect(refrain_free(handle) == 5)
    }
  }

  /// Bytes of the caller are copied, nulls and empty texts included; what does not fit together is refused.
  @Test func copiedTexts() throws {
    var bytes = Array("onetwothree".utf8CString)
    var offsets: [Int64] = [0, 3, 3, 6, 11]
    var error = refrain_error()
    var handle: refrain_handle = 0
    #expect(refrain_texts_from_utf8(bytes, offsets, [0b1101], 4, &handle, &error) == 0)
    // Nobody looks at them any more.
    for index in bytes.indices { bytes[index] = -1 }
    var options = defaultOptions()
    options.skip_bad_rows = 1
    var sketches = TestTable()
    #expect(refrain_sketch(handle, nil, &sketches.schema, &sketches.array, &error) == 3)
    #expect(error.words == "row 1: the text is null")
    var count: Int64 = 0
    #expect(refrain_texts_count(handle, &count, &error) == 0 && count == 4)
    var table = TestTable()
    var similar: refrain_handle = 0
    #expect(
      refrain_texts_from_utf8(Array("onethree".utf8CString), [0, 3, 8], nil, 2, &similar, &error)
        == 0)
    #expect(refrain_free(handle) == 0)
    bytes = Array("threeone".utf8CString)
    #expect(refrain_texts_from_utf8(bytes, [0, 5, 8], nil, 2, &handle, &error) == 0)
    #expect(
      refrain_similarity(similar, handle, nil, &table.schema, &table.array, &error) == 0)
    #expect(table.column("shared") == [0, 0])
    #expect(table.column("left") == [1, 1])
    table.release()
    _ = refrain_free(handle)
    _ = refrain_free(similar)
    for wrong in [[0, 5, 3, 11], [-1, 3, 6, 11], [0, 3, 6, -1], [4, 3, 3, 3]] as [[Int64]] {
      offsets = wrong
      #expect(refrain_texts_from_utf8(bytes, offsets, nil, 3, &handle, &error) != 0)
    }
    #expect(refrain_texts_from_utf8(nil, [0, 1], nil, 1, &handle, &error) == 1)
    #expect(refrain_texts_from_utf8(bytes, nil, nil, 0, &handle, &error) == 1)
    #expect(refrain_texts_from_utf8(bytes, [0], nil, -1, &handle, &error) == 1)
    #expect(refrain_texts_from_utf8(bytes, [0], nil, 0, nil, &error) == 1)
  }
}
