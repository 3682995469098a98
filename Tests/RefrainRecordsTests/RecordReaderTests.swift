// Records of one line, against Foundation's JSON on random objects.

import Foundation
import RefrainModel
import RefrainRecords
import TestSupport
import Testing

struct RecordReaderTests {
  private let strings = [
    "", "plain", "with \"quotes\" and \\", "line\nend\ttab\u{1}", "é 中文 😀", "\u{2028}/",
  ]

  private func read(_ reader: RecordReader, _ line: [UInt8]) -> Result<String, RecordFault> {
    line.withUnsafeBytes { reader.read($0).map { String(decoding: $0, as: UTF8.self) } }
  }

  /// An object with a text, an id and some other fields, in any order.
  private func object(_ random: inout SeededGenerator) -> [String: Any] {
    var object: [String: Any] = ["body": random.pick(strings)]
    if Bool.random(using: &random) { object["key"] = random.pick(strings) }
    if Bool.random(using: &random) { object["key"] = Int.random(in: -9...9, using: &random) }
    if Bool.random(using: &random) { object["text"] = ["body": random.pick(strings)] }
    if Bool.random(using: &random) {
      object["list"] = [1, random.pick(strings), NSNull()] as [Any]
    }
    return object
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func textsAndIDsAreThoseOfAnotherParser(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let reader = RecordReader(textField: "body", idField: "key")
    var hashes: [RecordID: UInt64] = [:]
    for _ in 0..<100 {
      let object = object(&random)
      let line = [UInt8](try JSONSerialization.data(withJSONObject: object))
      #expect(read(reader, line) == .success(object["body"] as? String ?? "-"))
      let expected: RecordID? =
        switch object["key"] {
        case let text as String: .string(text)
        case let number as Int: .integer(Int64(number))
        default: nil
        }
      #expect(reader.id() == expected)
      #expect(reader.scalar("key") == expected)
      #expect(reader.scalar("list") == nil)
      // Equal ids, equal hashes; others differ.
      #expect((reader.idHash() == nil) == (expected == nil))
      if let expected, let hash = reader.idHash() {
        #expect(hashes.updateValue(hash, forKey: expected) ?? hash == hash)
      }
    }
    #expect(Set(hashes.values).count == hashes.count)
    #expect(reader.replacedSurrogates == 0)
  }

  /// A line that is cut off anywhere, or has a byte too many, is no record.
  @Test func aPartOfALineIsNoRecord() throws {
    let reader = RecordReader(textField: "body", idField: "key")
    let whole = Array(#"{"key": 12, "body": "a é \u00e9", "n": [true, {"x": null}]}"#.utf8)
    #expect(read(reader, whole) == .success("a é é"))
    for end in 0..<whole.count {
      let cut = read(reader, Array(whole[..<end]))
      #expect((try? cut.get()) == nil, "\(end)")
    }
    for more in ["}", " x", "{}", ",", "\0"] {
      #expect((try? read(reader, whole + Array(more.utf8)).get()) == nil, "\(more)")
    }
    #expect(read(reader, whole) == .success("a é é"))
  }

  @Test func loneSurrogatesAreCounted() {
    let reader = RecordReader(textField: "body", idField: "key")
    for (line, text) in [
      (#"{"body": "\ud83d and \udc00"}"#, "\u{FFFD} and \u{FFFD}"),
      (#"{"body": "\ud83d\ude00"}"#, "😀"), (#"{"body": "\\ud83d"}"#, #"\ud83d"#),
    ] {
      #expect(read(reader, Array(line.utf8)) == .success(text))
    }
    #expect(reader.replacedSurrogates == 2)
  }

  @Test func whatIsMissingIsNamed() {
    let reader = RecordReader(textField: "body", idField: "key")
    func cause(_ line: String) -> String {
      guard case .failure(.malformed(let cause, _)) = read(reader, Array(line.utf8)) else {
        return ""
      }
      return cause
    }
    #expect(cause(#"{"a": 1, "b": 2}"#) == #"no field "body"; fields are: a, b"#)
    #expect(cause(#"{"body": 1}"#) == #"field "body" is not a string"#)
    #expect(cause("[1]").contains("array"))
    #expect(cause("3") == "not a JSON object")
    let wrong = read(reader, Array(#"{"body": ""#.utf8) + [0xFF] + Array("\"}".utf8))
    #expect(wrong == .failure(.notUTF8(10)))
  }
}
