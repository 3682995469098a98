// Each form of records cut into pieces of any size, against plain programs that read the whole.

import RefrainModel
import RefrainRecords
import TestSupport
import Testing

struct RecordFormsTests {
  /// What came of a file: each record's text, or nil for a fault.
  private struct Reading: Equatable {
    var texts: [String?] = []
    var lines: [Int] = []
    var counts = 0
  }

  private func read(_ name: String, _ bytes: [UInt8], pieceSize: Int) throws -> Reading {
    let folder = try ScratchFolder()
    let source = try RecordSource(path: try folder.write(name, bytes))
    let records = RecordFiles([source], pieceSize: pieceSize)
    let cursor = records.cursor(RecordFields())
    let again = records.cursor(RecordFields())
    var reading = Reading()
    var end = 0
    for piece in 0..<records.pieceCount {
      let base = reading.counts
      let counts = cursor.read(piece: piece) { address, result in
        let text = (try? result.get()).map { String(decoding: $0, as: UTF8.self) }
        reading.texts.append(text)
        reading.lines.append(base + Int(address.line))
        #expect(address.offset >= end, "records follow each other")
        end = address.range.end
        #expect(again.text(at: address).map { String(decoding: $0, as: UTF8.self) } == text)
      }
      reading.counts += counts.lines
    }
    return reading
  }

  /// Rows of a file by the plain rules; nil for a fault.
  private static func rows(_ bytes: [UInt8]) -> [[String]?] {
    var rows: [[String]?] = []
    var i = 0
    func at(_ index: Int) -> Character? {
      index < bytes.count ? Character(UnicodeScalar(bytes[index])) : nil
    }
    while i < bytes.count {
      var row: [String]? = []
      var value = ""
      var isQuoted = false
      row: while true {
        value = ""
        isQuoted = at(i) == "\""
        if isQuoted {
          i += 1
          while at(i) != "\"" || at(i + 1) == "\"" {
            guard let next = at(i) else {
              row = nil
              break row
            }
            value.unicodeScalars.append(contentsOf: next.unicodeScalars)
            i += next == "\"" ? 2 : 1
          }
          i += 1
        } else {
          while let next = at(i), next != ",", next != "\n" {
            value.unicodeScalars.append(contentsOf: next.unicodeScalars)
            i += 1
          }
          if value.unicodeScalars.last == "\r" { value.unicodeScalars.removeLast() }
          if at(i) == ",", bytes[i - 1] == 0x0D { value.unicodeScalars.append("\r") }
        }
        row?.append(value)
        if isQuoted, at(i) == "\r", at(i + 1) == nil || at(i + 1) == "\n" { i += 1 }
        if at(i) == "," {
          i += 1
          continue
        }
        if at(i) != nil, at(i) != "\n" {
          row = nil
          while at(i) != nil, at(i) != "\n" { i += 1 }
        }
        i += 1
        break
      }
      if row != [""] || isQuoted { rows.append(row) }
    }
    return rows
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func separatedValues(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var text = "id,text\n"
    for _ in 0..<Int.random(in: 0...120, using: &random) {
      text += random.pick([
        "\"", "\"\"", ",", "\n", "\r\n", "\r", "word", "a b", "\",\"", "1,two\n", "3,\"fo\nur\"\n",
        "x,",
      ])
    }
    let bytes = Array(text.utf8)
    let expected = Self.rows(bytes).dropFirst().map { row in
      row.flatMap { $0.count == 2 ? $0[1] : nil }
    }
    let whole = try read("a.csv", bytes, pieceSize: 1 << 20)
    #expect(whole.texts == Array(expected))
    for size in [1, 7, 100] { #expect(try read("a.csv", bytes, pieceSize: size) == whole) }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func arrays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var texts: [String] = []
    var elements: [String] = []
    for number in 0..<Int.random(in: 0...30, using: &random) {
      let text =
        random.pick(["a ] b", "\"} , {\"", "\\", "two\nlines\\\"", "[[", ""]) + "\(number)"
      texts.append(text)
      elements.append(
        Records.line("\(number)", text, random.pick(["\"x\": [1, {\"y\": \"]\"}]", ""])))
    }
    let space = random.pick(["", "\n", " \n ", "\r\n\t"])
    let bytes = Array(("[" + space + elements.joined(separator: "," + space) + space + "]\n").utf8)
    let whole = try read("a.json", bytes, pieceSize: 1 << 20)
    #expect(whole.texts == texts)
    for size in [1, 40, 300] { #expect(try read("a.json", bytes, pieceSize: size) == whole) }
    #expect(Set(whole.lines).count == texts.count, "no two records have one place")
    // Cut anywhere, what is whole is read, and the rest is a fault.
    let cut = Array(bytes[..<Int.random(in: 1..<bytes.count - 1, using: &random)])
    let part = try read("a.json", cut, pieceSize: 64)
    let good = part.texts.compactMap { $0 }
    #expect(texts.starts(with: good))
    #expect(part.texts.count - good.count == 1)
  }

  @Test(arguments: [1, 50, 1 << 20])
  func webArchives(pieceSize: Int) throws {
    var bytes: [UInt8] = []
    let texts = ["one", "", "WARC/1.0\r\n\r\n", "two\r\n\r\nWARC/1.0\r\nthree", "é"]
    for (number, text) in texts.enumerated() {
      for type in ["request", "conversion"] {
        bytes += Array(
          "WARC/1.\(number % 2)\r\nContent-Length:\t\(text.utf8.count)\r\nwarc-TYPE: \(type)\r\n\r\n\(text)\r\n\r\n"
            .utf8)
      }
    }
    let reading = try read("x", bytes, pieceSize: pieceSize)
    #expect(reading.texts == texts)
    #expect(reading.lines == [2, 4, 6, 8, 10])
    #expect(reading.counts == 10)
  }
}
