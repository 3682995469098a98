// The passages that two texts share, for a person and for a program.

package import RefrainModel

/// A place of a shared passage.
package struct ReportedPlace: Hashable, Sendable {
  package var path: String
  package var id: RecordID?
  package var start: Place
  package var end: Place
  package var text: String

  package init(path: String, id: RecordID?, start: Place, end: Place, text: String) {
    self.path = path
    self.id = id
    self.start = start
    self.end = end
    self.text = text
  }
}

/// A passage that two texts share, with all that a person wants to see of it.
package struct SharedPassageReport: Hashable, Sendable {
  package var a: ReportedPlace
  package var b: ReportedPlace
  /// The overlap of the two passages' word bigrams.
  package var overlap: Overlap
  package var difference: WordDifference

  package init(a: ReportedPlace, b: ReportedPlace, overlap: Overlap, difference: WordDifference) {
    self.a = a
    self.b = b
    self.overlap = overlap
    self.difference = difference
  }

  /// The passage as a program reads it: ids, or paths where texts have none, and bytes.
  package var lean: ReportedPassage {
    ReportedPassage(
      a: a.id ?? .string(a.path), ByteRange(a.start.byte, a.end.byte),
      b: b.id ?? .string(b.path), ByteRange(b.start.byte, b.end.byte), overlap)
  }
}

/// A passage that two texts share, as two ranges of bytes.
package struct ReportedPassage: Hashable, Sendable {
  package var a: RecordID
  package var bytesA: ByteRange
  package var b: RecordID
  package var bytesB: ByteRange
  /// The overlap of the two passages' word bigrams.
  package var overlap: Overlap

  package init(
    a: RecordID, _ bytesA: ByteRange, b: RecordID, _ bytesB: ByteRange, _ overlap: Overlap
  ) {
    self.a = a
    self.bytesA = bytesA
    self.b = b
    self.bytesB = bytesB
    self.overlap = overlap
  }
}

/// Writes one card a passage: both places, how much is shared, and the word diff.
package struct PassageCards: Reporter {
  private let style: TextStyle

  package init(style: TextStyle) { self.style = style }

  package func write(_ passages: [SharedPassageReport], to bytes: inout [UInt8]) {
    if passages.isEmpty { bytes.append(contentsOf: "no shared passages\n".utf8) }
    var text = ""
    for (number, passage) in passages.enumerated() {
      if number > 0 { text += "\n" }
      let difference = passage.difference
      let ofA = TextStyle.percent(difference.equalWords, of: difference.firstWords)
      let ofB = TextStyle.percent(difference.equalWords, of: difference.secondWords)
      text += style.heading("\(place(passage.a)) = \(place(passage.b))")
      text += "  \(ofA) % of \(difference.firstWords) words here, "
      text += "\(ofB) % of \(difference.secondWords) there; longest run \(difference.longestRun)\n"
      text += "   \(style.difference(difference))\n"
    }
    bytes.append(contentsOf: text.utf8)
  }

  private func place(_ place: ReportedPlace) -> String {
    "\(VisibleText.line(place.path)):\(place.start.line):\(place.start.column)"
  }
}

/// Writes one line of JSON a passage, with half-open byte offsets.
package struct PassageLines: Reporter {
  package init() {}

  package func write(_ passages: [ReportedPassage], to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      for passage in passages {
        Self.write(passage, to: &json)
        json.newline()
      }
    }
  }

  /// Appends one passage as an object.
  static func write(_ passage: ReportedPassage, to json: inout JSONText) {
    json.object { json in
      json.member("a") { $0.place(passage.a, passage.bytesA) }
      json.member("b") { $0.place(passage.b, passage.bytesB) }
      json.write(passage.overlap)
    }
  }
}

extension JSONText {
  /// `"similarity"` and `"containment"` of an overlap.
  mutating func write(_ overlap: Overlap) {
    key("similarity")
    fraction(overlap.shared, of: overlap.union)
    key("containment")
    fraction(overlap.shared, of: min(overlap.left, overlap.right))
  }

  fileprivate mutating func place(_ id: RecordID, _ range: ByteRange) {
    key("id")
    id.write(to: &self)
    member("start", range.start)
    member("end", range.end)
  }
}
