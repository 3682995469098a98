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

/// A passage that two texts share.
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
}

/// Writes shared passages.
package enum ComparisonReport {
  /// One card a passage: both places, how much is shared, and the word diff.
  package static func text(_ passages: [SharedPassageReport], _ style: TextStyle) -> [UInt8] {
    if passages.isEmpty { return Array("no shared passages\n".utf8) }
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
    return Array(text.utf8)
  }

  private static func place(_ place: ReportedPlace) -> String {
    "\(VisibleText.line(place.path)):\(place.start.line):\(place.start.column)"
  }

  /// One line of JSON a passage, half-open byte offsets into the files.
  package static func lines(_ passages: [SharedPassageReport]) -> [UInt8] {
    var json = JSONText()
    for passage in passages {
      line(
        a: (passage.a.id ?? .string(passage.a.path), passage.a.start.byte, passage.a.end.byte),
        b: (passage.b.id ?? .string(passage.b.path), passage.b.start.byte, passage.b.end.byte),
        passage.overlap, to: &json)
    }
    return json.bytes
  }

  /// Appends one passage's line.
  package static func line(
    a: (id: RecordID, start: Int, end: Int), b: (id: RecordID, start: Int, end: Int),
    _ overlap: Overlap, to json: inout JSONText
  ) {
    write(a: a, b: b, overlap, to: &json)
    json.newline()
  }

  /// Appends one passage as an object.
  package static func write(
    a: (id: RecordID, start: Int, end: Int), b: (id: RecordID, start: Int, end: Int),
    _ overlap: Overlap, to json: inout JSONText
  ) {
    json.beginObject()
    json.key("a")
    json.place(a.id, a.start, a.end)
    json.key("b")
    json.place(b.id, b.start, b.end)
    json.write(overlap)
    json.endObject()
  }
}

extension JSONText {
  /// `"similarity"` and `"containment"` of an overlap.
  package mutating func write(_ overlap: Overlap) {
    key("similarity")
    fraction(overlap.shared, of: overlap.union)
    key("containment")
    fraction(overlap.shared, of: min(overlap.left, overlap.right))
  }

  fileprivate mutating func place(_ id: RecordID, _ start: Int, _ end: Int) {
    beginObject()
    key("id")
    id.write(to: &self)
    key("start")
    integer(start)
    key("end")
    integer(end)
    endObject()
  }
}
