// Which sentences of a document are its lead, its title and its headings.

import RefrainModel
import RefrainProse
import RefrainText

extension Document {
  /// Gives the sentences of a text their roles in the columns, where its `count` words begin with `start`.
  ///
  /// The title is a first sentence that is a block by itself and has the shape of a title: marked up as one,
  /// or at most twenty words without a mark at their end. The lead is the sentence behind a first one of so few
  /// words that is a block by itself, title or not, or else the first. O(words + blocks).
  /// - Parameter wordStart: the byte of the prose where a word begins.
  static func markRoles(
    of prose: Prose, in columns: WordColumns, from start: Int, count: Int,
    wordStart: (Int) -> Int
  ) {
    let pieces = (0..<count).filter {
      columns.stems[start + $0] & WordColumns.Role.pieceStart != 0
    }
    guard pieces.count >= 3, let first = prose.blocks.first else { return }
    var isHeading = [Bool](repeating: false, count: pieces.count)
    var block = 0
    for (index, word) in pieces.enumerated() {
      let byte = wordStart(word)
      while block + 1 < prose.blocks.count, prose.blocks[block].range.end <= byte { block += 1 }
      isHeading[index] = prose.blocks[block].kind == .heading
    }
    // A first sentence that stands alone is a title, or stands where one would: what follows is the lead.
    let isAlone = wordStart(pieces[1]) >= first.range.end && pieces[1] <= 20
    if isAlone, !endsSentence(first, of: prose) { isHeading[0] = true }
    let lead = ((isAlone ? 1 : 0)..<pieces.count).first { !isHeading[$0] }
    let isArticle = count >= leastOfArticle && !isPage(prose, words: count)
    var isQuoted = [Bool](repeating: false, count: pieces.count)
    if isArticle {
      markQuoted(&isQuoted, pieces.map(wordStart), prose.text)
      let inner = (0..<count).last { columns.stems[start + $0] & WordColumns.Role.pieceStart == 0 }
      if let inner { columns.set(WordColumns.Role.article, at: start + inner) }
    }
    for (index, word) in pieces.enumerated() {
      if isHeading[index] {
        columns.set(WordColumns.Role.heading, at: start + word)
      } else if index == lead {
        columns.set(WordColumns.Role.lead, at: start + word)
      } else if isQuoted[index] {
        columns.set(WordColumns.Role.quoted, at: start + word)
      }
    }
  }

  /// A text of fewer words is a note, or what is left of a page that is made elsewhere.
  private static let leastOfArticle = 50

  /// Marks the sentences, of which `starts` are the first bytes, that have a double quotation mark: `"`, or one of
  /// those that begin with the bytes E2 80 9C to 9F, or `«` and `»`.
  ///
  /// A mark that touches the word behind it belongs to that word's sentence. O(bytes).
  private static func markQuoted(_ isQuoted: inout [Bool], _ starts: [Int], _ text: [UInt8]) {
    text.withUnsafeBufferPointer { text in
      var piece = 0
      for at in starts[0]..<text.count {
        let byte = text[at]
        guard byte == UInt8(ascii: "\"") || byte == 0xE2 || byte == 0xC2 else { continue }
        let width = quotationMark(text, at)
        if width == 0 { continue }
        while piece + 1 < starts.count, starts[piece + 1] <= at { piece += 1 }
        let opens = piece + 1 < starts.count && starts[piece + 1] == at + width
        isQuoted[opens ? piece + 1 : piece] = true
      }
    }
  }

  /// The bytes of the double quotation mark that begins at an offset; 0 where none does.
  private static func quotationMark(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    if text[at] == UInt8(ascii: "\"") { return 1 }
    if text[at] == 0xC2 {
      return at + 1 < text.count && (text[at + 1] == 0xAB || text[at + 1] == 0xBB) ? 2 : 0
    }
    let isMark =
      at + 2 < text.count && text[at + 1] == 0x80 && (0x9C...0x9F).contains(text[at + 2])
    return isMark ? 3 : 0
  }

  /// Whether a block ends as a sentence does, quotation marks and brackets behind the mark aside.
  private static func endsSentence(_ block: ProseBlock, of prose: Prose) -> Bool {
    let text = String(
      decoding: prose.text[block.range.start..<block.range.end].suffix(64), as: UTF8.self)
    let last = text.unicodeScalars.last { !closing.contains($0) }
    return last.map(stops.contains) ?? false
  }

  private static let stops: Set<Unicode.Scalar> = [
    ".", "!", "?", "\u{2026}", "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{0964}", "\u{061F}",
    "\u{06D4}",
  ]
  private static let closing: Set<Unicode.Scalar> = [
    "\"", "'", ")", "]", "\u{2019}", "\u{201D}", "\u{BB}", "\u{300D}", "\u{300F}",
  ]
}
