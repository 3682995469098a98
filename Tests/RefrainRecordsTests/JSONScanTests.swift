// The scan that words errors of JSON, held to the parser that finds them.

import Foundation
import RefrainModel
import RefrainRecords
import Testing

struct JSONScanTests {
  private func scan<Result>(_ text: String, _ body: (JSONScan) -> Result) -> Result {
    Array(text.utf8).withUnsafeBytes { body(JSONScan($0)) }
  }

  @Test(
    arguments: [
      ("", 0, "the record does not end on this line"), ("{", 1, "the record does not end"),
      (#"{"a""#, 4, "the record does not end"), (#"{"a" 1}"#, 5, "expected \":\""),
      (#"{"a":}"#, 5, "expected a value"), (#"{"a":1,}"#, 7, "expected a field name"),
      (#"{a:1}"#, 1, "expected a field name"), (#"{"a":1 "b":2}"#, 7, #"expected "," or "}""#),
      (#"[1 2]"#, 3, #"expected "," or "]""#), (#"{"a":01}"#, 5, "not a valid JSON number"),
      (#"{"a":1.}"#, 5, "not a valid JSON number"), (#"{"a":-}"#, 5, "not a valid JSON number"),
      (#"{"a":tru}"#, 5, "expected a value"), (#"{"a":"x}"#, 5, "the string does not end"),
      (#"{"a":"\x"}"#, 6, "no such escape"), (#"{"a":"\u12g4"}"#, 6, "four hexadecimal digits"),
      ("{\"a\":\"\t\"}", 6, "a control character"), (#"{"a":1} {"b":2}"#, 8, "something follows"),
      (#"{"a":"x\"#, 5, "the string does not end"), ("nonsense", 0, "expected a value"),
    ] as [(String, Int, String)])
  func faultsHaveTheirPlace(line: String, offset: Int, cause: String) {
    let fault = scan(line) { $0.fault }
    #expect(fault?.offset == offset)
    #expect(fault?.cause.contains(cause) == true, "\(String(describing: fault))")
  }

  @Test func fieldsAreThoseAtTheTop() {
    let line =
      #" {"id": 1, "meta": {"text": "in\"side", "n": [{"x": 2}]}, "körper": "é", "text":null}"#
    let fields = scan(line) { $0.fields }
    #expect(fields.map(\.name) == ["id", "meta", "körper", "text"])
    let bytes = Array(line.utf8)
    #expect(fields.map { bytes[$0.value] } == Array("1{\"n".utf8))
    #expect(scan(line) { $0.fault } == nil)
  }

  @Test func columnsCountCodePoints() {
    let line = Array(#"{"é":"日本", "x":01}"#.utf8)
    line.withUnsafeBytes { bytes in
      let offset = JSONScan(bytes).fault?.offset ?? -1
      #expect(JSONScan.column(of: offset, in: bytes) == 16)
    }
  }

  /// Whatever a line is made into, the scan and the parser agree on whether it is JSON.
  @Test func theScanObjectsToWhatTheParserRefuses() {
    var random = SystemSeed(7)
    let line =
      Array(
        #"{"id": 12, "s": "a\u00e9\n\"q\"", "n": [1.5e3, -0, true, false, null, {}, []], "big": "#
          .utf8) + Array(#"123456789012345678901234567890, "huge": 1e400, "text": "x"}"#.utf8)
    let alphabet = Array(#"{}[]",:\ 0123456789eE+-.truefalsn u"#.utf8)
    let reader = RecordReader(textField: "text", idField: "id")
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = line
      for _ in 0..<Int(random.next() % 3) {
        let at = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(alphabet[Int(random.next() % UInt64(alphabet.count))], at: at)
        default: bytes[at] = alphabet[Int(random.next() % UInt64(alphabet.count))]
        }
      }
      bytes.withUnsafeBytes { bytes in
        let fault = reader.parse(bytes)
        let scan = JSONScan(bytes)
        if (fault == nil) != (scan.fault == nil) {
          Issue.record(
            "\(String(decoding: bytes, as: UTF8.self)): \(String(describing: scan.fault))")
        }
        if fault != nil { refused += 1 }
      }
    }
    #expect(refused > 1000)
  }
}

/// A generator of its own, so that the cases are the same in every run.
private struct SystemSeed {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
