// A text with all that the passage stages ask of it: its prose, its words, and the way back to where it
// came from.

package import RefrainModel
package import RefrainProse
package import RefrainText

/// One text: a file, a record of a container, or a value in memory.
///
/// Never changes; a class, because it is handed on often and holds many arrays.
package final class Document: Sendable {
  /// The file as the user named it.
  package let path: String
  /// The record's id; nil for a file that is one text.
  package let id: RecordID?
  /// The record's line in its container; nil for a file.
  package let recordLine: Int?
  package let prose: Prose
  package let analysis: AnalyzedText
  /// Finds the line and column of bytes of the source: the file, or the record's decoded text.
  package let lines: LineIndex
  /// Comments that waive repetition.
  let waivers: [Waiver]
  /// What stands in quotation marks and block quotations, in order, in bytes of the prose.
  let quotations: [ByteRange]

  /// How much is found out of the words of a text.
  package enum Depth: Sendable {
    /// Words, stems, looks and places.
    case all
    /// Words and places: what it takes to show passages that were found in `WordColumns`.
    case places
  }

  /// Reads a text.
  ///
  /// Linear in the text.
  /// - Parameters:
  ///   - recordLine: the line of the record that the text is the field of; nil for a file.
  ///   - keepsTables: whether tables in plain text are prose.
  ///   - depth: what is found out of its words.
  /// - Throws: what reading the prose throws.
  package init(
    _ source: SourceText, format: TextFormat, path: String, id: RecordID? = nil,
    recordLine: Int? = nil, keepsTables: Bool = false, depth: Depth = .all,
    _ analyzer: TextAnalyzer
  ) throws(RefrainError) {
    self.path = path
    self.id = id
    self.recordLine = recordLine
    prose = try Prose(source, format: format, path: path, keepsTables: keepsTables)
    // SAFETY: the analysis keeps nothing of the bytes.
    analysis = prose.text.withUnsafeBytes {
      depth == .all ? analyzer.analyze($0) : analyzer.locate($0)
    }
    lines = LineIndex(source)
    // A record's text has no comments: its host is JSON.
    waivers = recordLine == nil ? WaiverScanner.scan(source.utf8, path: path) : []
    quotations = Quotations.all(prose)
  }

  /// The same record, so many lines further down in its container.
  package func moved(by lines: Int) -> Document {
    guard lines > 0, let line = recordLine else { return self }
    return Document(self, recordLine: line + lines)
  }

  /// The same record in another line of its container.
  private init(_ document: Document, recordLine: Int) {
    path = document.path
    id =
      if case .place(let path, _)? = document.id { .place(path: path, line: recordLine) } else {
        document.id
      }
    self.recordLine = recordLine
    prose = document.prose
    analysis = document.analysis
    lines = document.lines
    waivers = document.waivers
    quotations = document.quotations
  }

  /// The bytes of a range of words in the source, and what stands there in the prose.
  package func place(of bytes: ByteRange) -> (start: Place, end: Place) {
    let source = prose.map.source(of: bytes)
    return (lines.place(of: source.start), lines.place(of: source.end))
  }

  /// The prose of a range of bytes with one space for each run of spaces, tabs and line feeds, and none at its ends; nil
  /// where other signs than those of ASCII are in it, or other white space.
  ///
  /// For most texts, what splitting the string into words and joining them gives, at a tenth of its cost.
  func plainString(_ bytes: ByteRange) -> String? {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.end - bytes.start)
    var isBehindSpace = false
    for byte in prose.text[bytes.start..<bytes.end] {
      if byte == 0x20 || byte == 0x0A || byte == 0x09 {
        isBehindSpace = true
        continue
      }
      guard byte > 0x20, byte < 0x80 else { return nil }
      if isBehindSpace, !plain.isEmpty { plain.append(0x20) }
      isBehindSpace = false
      plain.append(byte)
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The prose of a range of bytes, as a string.
  package func string(_ bytes: ByteRange) -> String {
    String(decoding: prose.text[bytes.start..<bytes.end], as: UTF8.self)
  }
}
