// The text of one paragraph while its inline markup is taken out: flat bytes that each know where
// they stand in the file.

internal import RefrainModel

/// The lines of a paragraph as one text, with a line feed between two.
///
/// One value serves all paragraphs of a file, so that its memory is asked for once.
struct InlineText {
  private(set) var bytes: [UInt8] = []
  /// Where each line begins, in the text and in the source.
  private var lines: [(text: Int, source: Int)] = []
  /// What is left of it, in order: bytes that stay, and bytes that stand for others.
  private var pieces: [Piece] = []
  /// How searches ended, so that none is done twice; there are only few kinds of them.
  private var searches: [Search] = []

  /// Where the bytes begin of which nothing was said yet whether they stay.
  var rest = 0
  /// What the pieces to be chosen are besides running text.
  var markup: InlineMarkup = []

  private struct Piece {
    var range: Range<Int>
    /// What stands for the range; nil where that is its own bytes.
    var decoded: [UInt8]?
    var markup: InlineMarkup
  }

  /// A mark that closes something: one byte, once or several times on end.
  struct Mark: Equatable {
    var byte: UInt8
    var count = 1
    /// Tells conditions apart: one mark and use always has the same condition, which depends on nothing
    /// but the place.
    var use: UInt8 = 0
  }

  private struct Search {
    var mark: Mark
    /// Where the last search went in vain, and where the last other one began and what it found.
    var failure = 0..<0
    var find = (start: 1, place: 0)
  }

  // MARK: Filling

  /// Forgets everything, but keeps the memory.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    searches.removeAll(keepingCapacity: true)
    rest = 0
    markup = []
  }

  /// Adds a line behind those that are there.
  mutating func append(_ line: ByteRange, of source: [UInt8]) {
    if !lines.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    lines.append((bytes.count, line.start))
    bytes += source[line.start..<line.end]
  }

  // MARK: Choosing

  /// Keeps the bytes of a range; ranges come in order.
  mutating func keep(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = pieces.indices.last, pieces[last].decoded == nil, pieces[last].markup == markup,
      pieces[last].range.upperBound == range.lowerBound
    {
      pieces[last].range = pieces[last].range.lowerBound..<range.upperBound
    } else {
      pieces.append(Piece(range: range, decoded: nil, markup: markup))
    }
  }

  /// Keeps what nothing was said of yet, up to where something begins that is read otherwise.
  mutating func keepRest(upTo end: Int) {
    if rest < end { keep(rest..<end) }
    rest = max(rest, end)
  }

  /// Keeps what `body` keeps as markup of this kind, too.
  mutating func within(_ inner: InlineMarkup, _ body: (inout InlineText) -> Void) {
    let outer = markup
    markup.formUnion(inner)
    body(&self)
    markup = outer
  }

  /// Puts other bytes for those of a range.
  mutating func replace(_ range: Range<Int>, by decoded: [UInt8]) {
    guard !range.isEmpty, !decoded.isEmpty else { return }
    pieces.append(Piece(range: range, decoded: decoded, markup: markup))
  }

  /// The first place of `mark` from `start` on that fulfils a condition.
  ///
  /// What is not there is looked for once: a search inside of one that failed fails at once, and one that
  /// begins between the start of the last and what that found finds the same, so that a million marks
  /// that nothing closes, or that the last one does, take linear time. O(bytes up to the place)
  /// otherwise.
  mutating func firstIndex(
    of mark: Mark, from start: Int, before end: Int? = nil,
    where isWanted: (borrowing Self, Int) -> Bool = { _, _ in true }
  ) -> Int? {
    let end = min(end ?? bytes.count, bytes.count)
    guard start <= end else { return nil }
    let index: Int
    if let known = searches.firstIndex(where: { $0.mark == mark }) {
      index = known
      let search = searches[known]
      if search.failure.lowerBound <= start, end <= search.failure.upperBound { return nil }
      if search.find.start <= start, start <= search.find.place {
        return search.find.place + mark.count <= end ? search.find.place : nil
      }
    } else {
      index = searches.count
      searches.append(Search(mark: mark))
    }
    var at = start
    while at + mark.count <= end {
      if bytes[at] == mark.byte, isRun(mark, at), isWanted(self, at) {
        searches[index].find = (start, at)
        return at
      }
      at += 1
    }
    searches[index].failure = start..<end
    return nil
  }

  private func isRun(_ mark: Mark, _ at: Int) -> Bool {
    for offset in 1..<max(mark.count, 1) where bytes[at + offset] != mark.byte { return false }
    return true
  }

  /// The byte at `index`; a line feed outside of the text, for its ends are like those of a line.
  subscript(index: Int) -> UInt8 {
    index >= 0 && index < bytes.count ? bytes[index] : UInt8(ascii: "\n")
  }

  /// The first byte of a set from `start` on; `end` where there is none.
  func next(of set: ASCIISet, from start: Int, before end: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var at = start
      while at < end, !set.contains(bytes[at]) { at += 1 }
      return at
    }
  }

  /// A range without the white space around it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, bytes[first].isWhiteSpace { range = range.dropFirst() }
    while let last = range.last, bytes[last].isWhiteSpace { range = range.dropLast() }
    return range
  }

  // MARK: Adding to the prose

  /// What is left, on one line.
  var plain: [UInt8] {
    pieces.reduce(into: []) { text, piece in
      text += piece.decoded ?? bytes[piece.range].map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 }
    }
  }

  /// Adds what is left as a block of its own.
  func add(to builder: inout ProseBuilder, kind: ProseBlock.Kind) {
    builder.endBlock()
    var line = 0
    for piece in pieces {
      builder.markup = piece.markup
      guard let decoded = piece.decoded else {
        addLines(piece.range, &line, to: &builder, kind: kind)
        continue
      }
      let start = source(of: piece.range.lowerBound, &line)
      let range = ByteRange(start, source(of: piece.range.upperBound - 1, &line) + 1)
      if decoded.contains(UInt8(ascii: "\n")) {
        builder.appendLineBreak(for: range)
      } else {
        builder.append(decoded, for: range, kind: kind)
      }
    }
    builder.markup = []
    builder.endBlock()
  }

  /// Adds kept bytes, with the line breaks among them.
  private func addLines(
    _ range: Range<Int>, _ line: inout Int, to builder: inout ProseBuilder, kind: ProseBlock.Kind
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      let source = source(of: at, &line)
      let lineEnd = line + 1 < lines.count ? lines[line + 1].text - 1 : bytes.count
      if at == lineEnd {
        builder.appendLineBreak(for: ByteRange(source, source + 1))
        at += 1
      } else {
        let end = min(lineEnd, range.upperBound)
        builder.append(ByteRange(source, source + end - at), kind: kind)
        at = end
      }
    }
  }

  /// Where a byte stands in the source; a line feed where its line ends.
  /// - Parameter line: a line at or before that of the byte; then the byte's.
  private func source(of index: Int, _ line: inout Int) -> Int {
    while line + 1 < lines.count, lines[line + 1].text <= index { line += 1 }
    return lines[line].source + index - lines[line].text
  }
}

extension UInt8 {
  /// A letter, a digit, an underscore, or part of a character beyond ASCII.
  var isWordByte: Bool { isASCIILetter || isASCIIDigit || self == 0x5F || self >= 0x80 }
}
