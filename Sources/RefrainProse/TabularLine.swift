// Tells the lines of tables and column layouts in plain text from lines of prose.
//
// A table that is taken for prose gives a finding that nobody wants; prose that is taken for a
// table hides one that somebody needs. The second is worse, so every rule asks for plain evidence,
// and one such line alone is never left out.

import CKernels
import RefrainModel

/// The rules for a single line.
enum TabularLine {
  /// How many tabular lines on end make a table.
  static let leastRun = 2
  /// How many gaps between cells make a line tabular: fewer, and "Name    Value" lists would go.
  private static let leastGaps = 2
  /// A gap this wide, or one with a tab, stands between cells; two spaces may be justified prose.
  fileprivate static let wideGap = 3
  /// A line with this many words and more is prose, however it is spaced out.
  private static let proseWords = 12
  /// A line with this many words of letters may be mostly figures and a piece of a sentence still:
  /// "82,900 (94,900) and groundnut oil 61,600 (92,800), rape oil".
  private static let sentenceWords = 4

  /// Whether a line, without its line end, looks like a row of a table.
  ///
  /// O(length).
  static func isTabular(_ line: ArraySlice<UInt8>) -> Bool {
    // No rule can take such a line for a row. Most lines are told by this.
    // SAFETY: the kernel reads the bytes of the line within the call.
    let isPlainlyProse = line.withUnsafeBufferPointer {
      refrain_line_is_plainly_prose($0.baseAddress, $0.count)
    }
    if isPlainlyProse { return false }
    let row = Row(line)
    if row.pipes >= leastGaps, row.words < proseWords || row.isBoxed { return true }
    if row.words >= proseWords { return false }
    // Rules, figures, and rows of them: less than half of it are letters, which in a sentence about
    // figures make up words all the same.
    let isFigures = row.letters * 2 < row.inked && row.plainWords < sentenceWords
    if isFigures, row.inked > leastGaps { return true }
    if row.wideGaps >= leastGaps { return true }
    // Narrow columns, where a fifth of it is figures.
    return row.gaps >= leastGaps && row.digits * 5 >= row.inked
  }
}

/// What the rules count in a line.
private struct Row {
  /// Bytes that are not blank; letters among them, bytes beyond ASCII included; digits.
  var inked = 0
  var letters = 0
  var digits = 0
  /// Runs without a blank; runs of at least three letters.
  var words = 0
  var plainWords = 0
  /// Runs of at least two blanks, or of a tab, between words that no sentence ends before; those of
  /// them that are wide.
  var gaps = 0
  var wideGaps = 0
  /// Vertical bars that stand alone; whether one is first or last in the line.
  var pipes = 0
  var isBoxed = false

  init(_ line: ArraySlice<UInt8>) {
    var blanks = 0
    var tab = false
    var letterRun = 0
    var previous: UInt8?
    for byte in line {
      if byte.isBlank {
        blanks += 1
        tab = tab || byte == 0x09
        letterRun = 0
        continue
      }
      if let last = previous, blanks > 0 { count(blanks, tab, after: last) }
      if blanks > 0 || previous == nil { words += 1 }
      inked += 1
      let isLetter = byte.isASCIILetter || byte >= 0x80
      if isLetter { letters += 1 }
      letterRun = isLetter ? letterRun + 1 : 0
      if letterRun == 3 { plainWords += 1 }
      if byte.isASCIIDigit { digits += 1 }
      if byte == UInt8(ascii: "|") { pipes += blanks == 0 && previous == byte ? -1 : 1 }
      if previous == nil { isBoxed = byte == UInt8(ascii: "|") }
      previous = byte
      blanks = 0
      tab = false
    }
    isBoxed = isBoxed || previous == UInt8(ascii: "|")
  }

  /// Counts the gap behind `last`; typists put two spaces behind a sentence, which are none.
  private mutating func count(_ blanks: Int, _ tab: Bool, after last: UInt8) {
    guard blanks > 1 || tab else { return }
    let endsSentence = [".", "!", "?", ":", ";", ",", "\"", ")", "'"].contains(Unicode.Scalar(last))
    if blanks == 2, !tab, endsSentence || last >= 0x80 { return }
    gaps += 1
    if tab || blanks >= TabularLine.wideGap { wideGaps += 1 }
  }
}
