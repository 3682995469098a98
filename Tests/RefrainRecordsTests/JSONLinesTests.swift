// A file of lines as a container, against splitting the file at its line ends.

import RefrainModel
import RefrainRecords
import TestSupport
import Testing

struct JSONLinesTests {
  /// Lines of any length: records, blanks and what is none, with either line end.
  private func file(_ seed: UInt64) -> (text: String, lines: [String]) {
    var random = SeededGenerator(seed: seed)
    var lines: [String] = []
    for number in 0..<Int.random(in: 0...60, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: lines.append(random.pick(["", "  ", "\t"]))
      case 1: lines.append("{broken")
      default:
        let words = String(repeating: "word ", count: Int.random(in: 0...40, using: &random))
        lines.append(Records.line("\(number)", words + "\(number)"))
      }
    }
    var text = seed % 3 == 0 ? "\u{FEFF}" : ""
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      text += line + (isLast && seed % 2 == 0 ? "" : random.pick(["\n", "\r\n"]))
    }
    return (text, lines)
  }

  @Test(arguments: 0..<40 as Range<UInt64>, [1, 100, 1 << 20])
  func piecesHoldTheLinesInOrder(seed: UInt64, pieceSize: Int) throws {
    let folder = try ScratchFolder()
    let (text, lines) = file(seed)
    let other = Records.file([Records.line("\"x\"", "other")])
    let paths = [try folder.write("a.jsonl", text), try folder.write("b.jsonl", other)]
    var sources: [RecordSource] = []
    for path in paths { sources.append(try RecordSource(path: path)) }
    let records = RecordFiles(sources, pieceSize: pieceSize)

    let cursor = records.cursor(RecordFields())
    let again = records.cursor(RecordFields())
    var texts: [[String?]] = [[], []]
    var counted = [RecordPieceCounts](repeating: RecordPieceCounts(), count: 2)
    for piece in 0..<records.pieceCount {
      let source = records.source(ofPiece: piece)
      let base = counted[source].lines
      let counts = cursor.read(piece: piece) { address, result in
        let text = (try? result.get()).map { String(decoding: $0, as: UTF8.self) }
        texts[source].append(text)
        #expect(Int(address.source) == source)
        // The line's number is the one that a person counts.
        if source == 0, let text {
          #expect(lines[base + Int(address.line) - 1].contains(text))
        }
        let second = again.text(at: address).map { String(decoding: $0, as: UTF8.self) }
        #expect(second == text)
      }
      counted[source].lines += counts.lines
      counted[source].blank += counts.blank
    }
    let filled = lines.filter { !$0.allSatisfy { $0 == " " || $0 == "\t" } }
    let reader = RecordReader(textField: "text", idField: "id")
    let expected = filled.map { line in
      Array(line.utf8).withUnsafeBytes { bytes in
        (try? reader.read(bytes).get()).map { String(decoding: $0, as: UTF8.self) }
      }
    }
    #expect(texts == [expected, ["other"]])
    // An empty line at the very end, without a line end, is none.
    let last = seed % 2 == 0 && lines.last == "" ? 1 : 0
    #expect(counted[0].lines == lines.count - last)
    #expect(counted[0].blank == lines.count - filled.count - last)
    let bytes = text.utf8.count - (text.hasPrefix("\u{FEFF}") ? 3 : 0) + other.utf8.count
    #expect(records.size == bytes)
  }
}
