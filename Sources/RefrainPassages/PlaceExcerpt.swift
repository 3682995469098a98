// What a finding says of one of its places, taken from the document once.

import RefrainMatch
import RefrainModel
import RefrainProse
import RefrainText

/// A place as it is reported, without the document that it stands in.
struct PlaceExcerpt {
  /// The place, without what it has in common with others.
  var occurrence: Occurrence
  /// The hashes of its words.
  let words: [UInt64]
  /// Whether it stands in quotation marks.
  let isQuoted: Bool
  /// The document, as long as more is to be shown of it.
  private(set) var document: Document?

  /// Bytes of context on either side of a passage.
  private static let context = 160

  init(_ span: PassageSpan, of document: Document, _ changes: ChangedLines?, keepsDocument: Bool) {
    let bytes = document.extent(of: span.words)
    let (start, end) = document.place(of: bytes)
    occurrence = Occurrence(
      path: document.path, id: document.id, recordLine: document.recordLine, start: start,
      end: end, text: document.string(bytes), overlap: nil)
    occurrence.sentenceStarts = document.sentenceStarts(in: span.words, from: bytes.start)
    occurrence.words = span.words.count
    occurrence.makeup = document.makeup(of: span.words)
    occurrence.before = document.context(before: bytes.start, atMost: Self.context)
    occurrence.after = document.context(after: bytes.end, atMost: Self.context)
    if let changes {
      let lines = document.lines(of: span.words)
      occurrence.changedLines = changes.longest(in: document.path, lines)
    }
    words = Array(document.analysis.words[span.words])
    isQuoted = document.quotes(span.words)
    if keepsDocument { self.document = document }
  }

  /// A hash of what its document is called.
  var documentHash: UInt64 { Document.nameHash(occurrence.path, occurrence.id) }
}

extension Document {
  /// The lines of a place in its file.
  func lines(of words: Range<Int>) -> ClosedRange<Int> {
    if let recordLine { return recordLine...recordLine }
    let (start, end) = place(of: extent(of: words))
    return start.line...max(start.line, end.line)
  }

  /// The passage of some words, on its page.
  func passageText(_ words: Range<Int>) -> PassageText {
    PassageText(analysis, prose.text, words: words, bytes: extent(of: words))
  }
}
