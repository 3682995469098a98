// Waivers in a file: the first byte says in which format.

import RefrainModel
import RefrainPassages

enum WaiverTarget {
  private static let names = ["a.md", "a.html", "a.rst", "a.adoc", "a.txt"]

  static func run(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let bytes = Array(input[1...])
    let name = names[Int(first) % names.count]
    let isValid = String(validating: bytes, as: UTF8.self) != nil
    let edges = CharacterEdges(bytes)
    var start = 0
    for waiver in WaiverScanner.scan(bytes, path: name) {
      let comment = waiver.comment
      require(comment.start >= start, "waivers are in order, and begin at places of their own")
      require(comment.end <= bytes.count && !comment.isEmpty, "a waiver lies in the file")
      require(!isValid || edges.holds(comment), "a waiver cuts no character")
      let text = String(decoding: bytes[comment.start..<comment.end], as: UTF8.self)
      require(text.contains("refrain-"), "a waiver is one")
      if name.hasSuffix("rst") || name.hasSuffix("adoc") {
        require(!text.contains("\n"), "a comment ends with its line")
      } else {
        require(text.hasPrefix("<!--") && text.hasSuffix("-->"), "a comment is closed")
      }
      require(waiver.verb != nil || waiver.fault != nil, "a waiver has a verb or a fault")
      if let until = waiver.until {
        require((1...12).contains(until / 100 % 100), "a day has a month")
        require((1...31).contains(until % 100), "a month has a day")
      }
      start = comment.start + 1
    }
  }
}
