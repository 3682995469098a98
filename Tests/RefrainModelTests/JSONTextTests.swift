// JSON as it is written: separators, escapes and the six digits of a similarity.

import Foundation
import RefrainModel
import TestSupport
import Testing

struct JSONTextTests {
  private func string(_ json: JSONText) -> String { String(decoding: json.bytes, as: UTF8.self) }

  @Test func separatorsStandWhereTheyBelong() {
    var json = JSONText()
    json.beginObject()
    json.key("a")
    json.beginArray()
    json.integer(1)
    json.beginObject()
    json.endObject()
    json.null()
    json.endArray()
    json.key("b")
    json.bool(true)
    json.endObject()
    json.newline()
    json.beginArray()
    json.endArray()
    #expect(string(json) == "{\"a\": [1, {}, null], \"b\": true}\n[]")
    var bytes = Array("1\n".utf8)
    JSONText.append(to: &bytes) { $0.string("x") }
    #expect(bytes == Array("1\n\"x\"".utf8))
  }

  @Test func everyStringComesBack() throws {
    var random = SeededGenerator(seed: 1)
    var pool = (0..<0x20).map { String(Unicode.Scalar(UInt8($0))) }
    pool += ["\"", "\\", "/", "a", "é", "中", "😀", "\u{7F}", "\u{2028}", "\u{FFFD}"]
    for _ in 0..<500 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in random.pick(pool) }.joined()
      var json = JSONText()
      json.beginArray()
      json.string(text)
      json.endArray()
      let back = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String]
      #expect(back?.first.map { Array($0.utf8) } == Array(text.utf8))
    }
  }

  @Test(arguments: [
    (0, 0, "0.000000"), (0, 7, "0.000000"), (1, 1, "1.000000"), (2, 3, "0.666667"),
    (1, 3, "0.333333"), (1, 2_000_000, "0.000001"), (1, 2_000_001, "0.000000"),
    (9_999_999, 10_000_000, "0.999999"), (4, 5, "0.800000"), (7, 2, "3.500000"),
  ])
  func sixDigits(part: Int, whole: Int, text: String) {
    #expect(JSONText.sixDigits(part, of: whole) == text)
  }

  @Test func idsKeepTheirType() {
    func written(_ id: RecordID) -> String {
      var json = JSONText()
      id.write(to: &json)
      return string(json)
    }
    #expect(written(.string("7")) == "\"7\"")
    #expect(written(.integer(-7)) == "-7")
    #expect(written(.unsigned(.max)) == "18446744073709551615")
    #expect(written(.number(1.5)) == "1.5")
    #expect(written(.place(path: "a.jsonl", line: 3)) == "\"a.jsonl:3\"")
  }
}
