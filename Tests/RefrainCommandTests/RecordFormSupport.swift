// The same records in every form, for tests that compare what comes of them.

import Foundation
import RefrainModel
import TestSupport

/// A corpus with ids and texts, of which some hold line ends, quotation marks, commas and tabs.
struct FormedCorpus {
  let records: [(id: String, text: String)]

  init(_ count: Int, seed: UInt64) {
    var prose = RandomProse(seed: seed)
    var texts: [String] = []
    for number in 0..<count {
      var text = prose.text(40 + number % 30)
      switch number % 6 {
      case 1: text = "\"Well\", she said,\n" + text
      case 2: text += "\r\n\r\nAnother \"paragraph\"\there, with é and 漢字."
      case 3: text = ",\t\"" + text
      default: break
      }
      if number % 5 == 4 { text = texts[number / 2] + (number % 2 == 0 ? "" : " indeed") }
      texts.append(text)
    }
    records = texts.enumerated().map { ("r\($0.offset)", $0.element) }
  }

  var lines: [String] { records.map { Records.line("\"\($0.id)\"", $0.text) } }
  var jsonLines: [UInt8] { Array(Records.file(lines).utf8) }
  var jsonArray: [UInt8] { Array(("[\n" + lines.joined(separator: ",\n") + "\n]\n").utf8) }
  /// An array whose records lie on several lines each.
  var prettyArray: [UInt8] {
    let records = lines.map { $0.replacing("\", \"text\"", with: "\",\n    \"text\"") }
    return Array(("\u{FEFF}[\n  " + records.joined(separator: " ,\n  ") + "\n]").utf8)
  }
  var crowdedArray: [UInt8] { Array(("[" + lines.joined(separator: ",") + "]").utf8) }

  func separated(_ separator: String, lineEnd: String = "\n") -> [UInt8] {
    var text = "id\(separator)note\(separator)text\(lineEnd)"
    for (index, record) in records.enumerated() {
      let quoted = "\"" + record.text.replacing("\"", with: "\"\"") + "\""
      text +=
        "\(record.id)\(separator)\(index % 2 == 0 ? "" : "\"a, b\"")\(separator)\(quoted)\(lineEnd)"
    }
    return Array(text.utf8)
  }

  /// WET: a record about the file, and a conversion for each text.
  var webArchive: [UInt8] {
    var bytes: [UInt8] = []
    func add(_ type: String, _ id: String, _ text: String) {
      let header =
        "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Record-ID: \(id)\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
        + "WARC-Target-URI: https://example.org/\(id)\r\nContent-Type: text/plain\r\n"
        + "Content-Length: \(text.utf8.count)\r\n\r\n"
      bytes += Array(header.utf8) + Array(text.utf8) + Array("\r\n\r\n".utf8)
    }
    add("warcinfo", "about", "software: none\r\n")
    for record in records { add("conversion", record.id, record.text) }
    return bytes
  }

  /// Every form by the name of a file.
  var files: [(name: String, bytes: [UInt8])] {
    [
      ("a.jsonl", jsonLines), ("b.ndjson", jsonLines), ("c.json", jsonArray),
      ("d.json", prettyArray),
      ("e.json", crowdedArray), ("f.json", jsonLines), ("g.csv", separated(",")),
      ("h.csv", separated(",", lineEnd: "\r\n")), ("i.tsv", separated("\t")), ("j.wet", webArchive),
    ]
  }
}
