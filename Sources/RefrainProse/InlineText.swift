// The text of one paragraph while its inline markup is taken out: flat bytes that each know where
// they stand in the file.

internal import RefrainModel

/// The lines of a paragraph as one text, with a line feed between two.
struct InlineText {
  private(set) var bytes: [UInt8] = []
  /// Where each byte stands in the source; a line feed where its line ends.
  private var sources: [Int] = []
  /// What is left of it, in order: bytes that stay, and bytes that stand for others.
  private var pieces: [Piece] = []

  /// Where searches went in vain, and where the last ones began and what they found.
  private var failures: [Search: Range<Int>] = [:]
  private var finds: [Search: (start: Int, place: Int)] = [:]

  private struct Search: Hashable {
    var mark: [UInt8]
    var use: String
  }

  private struct Piece {
    var range: Range<Int>
    /// What stands for the range; nil where that is its own bytes.
    var decoded: [UInt8]?
    var markup: InlineMarkup
  }

  /// What the pieces to be chosen are besides running text.
  var markup: InlineMarkup = []

  /// Adds a line behind those that are there.
  mutating func append(_ line: ByteRange, of source: [UInt8]) {
    if let last = sources.last {
      bytes.append(UInt8(ascii: "\n"))
      sources.append(last + 1)
    }
    bytes += source[line.start..<line.end]
    sources += line.start..<line.end
  }

  // MARK: Choosing

  /// Keeps the bytes of a range; ranges come in order.
  mutating func keep(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = pieces.last, last.decoded == nil, last.markup == markup,
      last.range.upperBound == range.lowerBound
    {
      pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      pieces.append(Piece(range: range, decoded: nil, markup: markup))
    }
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
    pieces.append(Piece(range: range, decoded: decoded, markup: markup))
  }

  /// The first place of `mark` from `start` on that fulfils a condition.
  ///
  /// What is not there is looked for once: a search inside of one that failed fails at once, and one that
  /// begins between the start of the last and what that found finds the same, so that a million marks
  /// that nothing closes, or that the last one does, take linear time. O(bytes up to the place)
  /// otherwise.
  /// - Parameter use: tells conditions apart; one mark and use always has the same condition, which
  ///   depends on nothing but the place.
  mutating func firstIndex(
    of mark: [UInt8], use: StaticString, from start: Int, before end: Int? = nil,
    where isWanted: (Self, Int) -> Bool = { _, _ in true }
  ) -> Int? {
    let end = min(end ?? bytes.count, bytes.count)
    guard let first = mark.first, start <= end else { return nil }
    let search = Search(mark: mark, use: use.description)
    if let failed = failures[search], failed.lowerBound <= start, end <= failed.upperBound {
      return nil
    }
    if let find = finds[search], find.start <= start, start <= find.place {
      return find.place + mark.count <= end ? find.place : nil
    }
    var at = start
    while at + mark.count <= end {
      guard let next = bytes[at..<end].firstIndex(of: first), next + mark.count <= end else {
        break
      }
      if bytes[next..<(next + mark.count)].elementsEqual(mark), isWanted(self, next) {
        finds[search] = (start, next)
        return next
      }
      at = next + 1
    }
    failures[search] = start..<end
    return nil
  }

  /// The byte at `index`; a line feed outside of the text, for its ends are like those of a line.
  subscript(index: Int) -> UInt8 {
    bytes.indices.contains(index) ? bytes[index] : UInt8(ascii: "\n")
  }

  // MARK: Adding to the prose

  /// Adds what is left as a block of its own.
  func add(to builder: inout ProseBuilder, kind: ProseBlock.Kind) {
    builder.endBlock()
    for piece in pieces {
      builder.markup = piece.markup
      if let decoded = piece.decoded {
        let source = ByteRange(
          sources[piece.range.lowerBound], sources[piece.range.upperBound - 1] + 1)
        if decoded.contains(UInt8(ascii: "\n")) {
          builder.appendLineBreak(for: source)
        } else {
          builder.append(decoded, for: source, kind: kind)
        }
      } else {
        addLines(piece.range, to: &builder, kind: kind)
      }
    }
    builder.markup = []
    builder.endBlock()
  }

  /// Adds kept bytes, with the line breaks among them.
  private func addLines(
    _ range: Range<Int>, to builder: inout ProseBuilder, kind: ProseBlock.Kind
  ) {
    for line in bytes[range].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      if line.startIndex > range.lowerBound {
        let at = sources[line.startIndex - 1]
        builder.appendLineBreak(for: ByteRange(at, at + 1))
      }
      guard let last = line.indices.last else { continue }
      builder.append(ByteRange(sources[line.startIndex], sources[last] + 1), kind: kind)
    }
  }
}

extension UInt8 {
  /// A letter, a digit, an underscore, or part of a character beyond ASCII.
  var isWordByte: Bool { isASCIILetter || isASCIIDigit || self == 0x5F || self >= 0x80 }
}
