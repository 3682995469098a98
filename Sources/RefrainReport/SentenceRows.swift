// Two passages side by side, a sentence a row: the stretches that came with the place, laid out. What
// an equal word is and where a sentence begins was settled before; nothing is cut or compared here.

import RefrainModel

/// The rows of a place beside the first place of its finding.
struct SentenceRows {
  /// Text with what became of it.
  struct Span: Hashable {
    var kind: WordDifference.Piece.Kind
    var text: String
  }

  struct Row: Hashable {
    var left: [Span] = []
    var right: [Span] = []
  }

  private(set) var rows: [Row] = []
  /// The same for the script: `=12,13-4+5/=26`, rows parted by slashes, each stretch with its mark and
  /// its length on the page in UTF-16 code units, in the first text and, where that is another, in the
  /// other; `~` and `*` for what moved away and here.
  private(set) var data = ""
  /// How many bytes of the first text the rows show.
  private(set) var shownFirst = 0
  /// Whether they show all of both texts.
  private(set) var isWhole = true

  /// The rows of a place that has an alignment, as far as neither text is longer than so many bytes.
  init(_ first: Occurrence, _ place: Occurrence, most limit: Int, mostOfFirst: Int) {
    let (a, b) = (Array(first.text.utf8), Array(place.text.utf8))
    var row = Row()
    for span in place.alignment {
      if span.first.end > mostOfFirst || span.second.end > limit {
        isWhole = false
        break
      }
      if span.startsRow {
        rows.append(row)
        row = Row()
        data += "/"
      }
      let left = Self.onOneLine(a[span.first.start..<span.first.end])
      let right = Self.onOneLine(b[span.second.start..<span.second.end])
      switch span.kind {
      case .equal:
        Self.append(left, .equal, to: &row.left)
        Self.append(right, .equal, to: &row.right)
        let (n, m) = (HTMLReport.length(left), HTMLReport.length(right))
        data += n == m ? "=\(n)" : "=\(n),\(m)"
      case .removed, .movedAway:
        Self.append(left, span.kind, to: &row.left)
        data += "\(span.kind == .removed ? "-" : "~")\(HTMLReport.length(left))"
      case .added, .movedHere:
        Self.append(right, span.kind, to: &row.right)
        data += "\(span.kind == .added ? "+" : "*")\(HTMLReport.length(right))"
      }
      shownFirst = max(shownFirst, span.first.end)
    }
    if !row.left.isEmpty || !row.right.isEmpty { rows.append(row) }
  }

  /// The sentences of a passage, each with the blank behind it.
  static func sentences(_ place: Occurrence) -> [String] {
    let bytes = Array(place.text.utf8)
    let starts = [0] + place.sentenceStarts.filter { $0 < bytes.count } + [bytes.count]
    return zip(starts, starts.dropFirst()).map { onOneLine(bytes[$0..<$1]) }
  }

  private static func append(
    _ text: String, _ kind: WordDifference.Piece.Kind, to spans: inout [Span]
  ) {
    if spans.last?.kind == kind {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(kind: kind, text: text))
    }
  }

  /// Text with one blank for each stretch of white space.
  static func onOneLine(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    var line = String.UnicodeScalarView()
    var isSpaced = false
    for scalar in text.unicodeScalars {
      let isSpace = scalar.properties.isWhitespace
      if !isSpace { line.append(scalar) } else if !isSpaced { line.append(" ") }
      isSpaced = isSpace
    }
    return String(line)
  }
}
