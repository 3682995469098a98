// What a scalar becomes in a word: folded form, kind and normalisation facts, from ICU, cached a
// page at a time.

import _FoundationICU

/// What a scalar is to a word.
enum ScalarKind: UInt64 {
  /// No part of a word.
  case separator = 0
  /// A letter or digit of a script that writes spaces.
  case letter = 1
  /// A letter of a script without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar ...): with the marks
  /// behind it, a word by itself.
  case cluster = 2
  /// An apostrophe, plain or typographic.
  case apostrophe = 3
  /// A combining mark: goes on with a word, begins none.
  case mark = 4
  /// A default-ignorable code point (soft hyphen, joiner, variation selector, direction mark): it
  /// belongs to the word that it stands in or behind, and its hash knows nothing of it.
  case ignorable = 5
}

/// The facts of one scalar, packed into an integer.
struct FoldingEntry {
  let bits: UInt64

  /// The scalar after NFKC and case folding, if that is one scalar.
  var folded: UInt32 { UInt32(truncatingIfNeeded: bits & 0x1F_FFFF) }
  var kind: ScalarKind { ScalarKind(rawValue: bits >> 21 & 7) ?? .separator }
  /// `refrain_initial` of a word that begins with the scalar.
  var initial: UInt32 { UInt32(truncatingIfNeeded: bits >> 24 & 3) }
  /// Whether the scalar, alone between normalisation boundaries, becomes the one scalar `folded`.
  var isSimple: Bool { bits & 1 << 26 != 0 }
  /// Whether normalisation never looks back across the place before the scalar; false for an
  /// ignorable one, across which it does.
  var hasBoundaryBefore: Bool { bits & 1 << 27 != 0 }
  /// Whether the scalar stays as it is in any NFKC text with ordered marks.
  var isStable: Bool { bits & 1 << 28 != 0 }
  var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits >> 32) }
}

/// NFKC and case folding a scalar at a time, with ICU behind it.
///
/// A page of 256 scalars is filled when its first scalar is met (some 50 microseconds); after that
/// a look-up is two loads. Not thread-safe: each worker has its own.
final class FoldingTable {
  private static let pageSize = 256
  private var pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  private let pageCount = 0x110000 / FoldingTable.pageSize
  private let nfkc: OpaquePointer?
  private let nfkd: OpaquePointer?

  init() {
    var status = U_ZERO_ERROR
    nfkc = swift_unorm2_getNFKCInstance(&status)
    nfkd = swift_unorm2_getNFKDInstance(&status)
    precondition(status == U_ZERO_ERROR && nfkc != nil, "ICU has no NFKC data")
    // SAFETY: the table owns its pages; each entry of `pages` is nil or a whole page.
    pages = .allocate(capacity: pageCount)
    pages.initialize(repeating: nil, count: pageCount)
  }

  deinit {
    for page in 0..<pageCount { pages[page]?.deallocate() }
    pages.deallocate()
  }

  /// The Unicode version of the data, part of the scheme version.
  static let unicodeVersion: String = {
    var parts: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
    // SAFETY: ICU writes four bytes, as many as there are.
    withUnsafeMutableBytes(of: &parts) {
      swift_u_getUnicodeVersion($0.bindMemory(to: UInt8.self).baseAddress)
    }
    return "\(parts.0).\(parts.1)"
  }()

  @inline(__always)
  subscript(scalar: UInt32) -> FoldingEntry {
    // SAFETY: a decoded scalar is below 0x110000, so the page index is within `pageCount`.
    let page = pages[Int(scalar >> 8)] ?? fill(page: Int(scalar >> 8))
    return FoldingEntry(bits: page[Int(scalar & 0xFF)])
  }

  /// Combining marks that are put in order together, as UAX #15 has it for stream-safe text.
  private static let mostMarks = 30

  /// The scalars of `chunk` after NFKC and full case folding.
  ///
  /// `chunk` begins and ends at normalisation boundaries. It is cut where UAX #15's Stream-Safe Text
  /// Process puts a grapheme joiner, which keeps marks apart, though none is put there: to put n marks
  /// in order takes square time.
  func normalized(_ chunk: [UInt32]) -> [UInt32] {
    if chunk.count <= Self.mostMarks / 4 { return normalized(chunk[...]) }
    var scalars: [UInt32] = []
    var start = 0
    var marks = 0
    for (index, scalar) in chunk.enumerated() {
      let (leading, trailing, isMark) = marksOnEdges(of: scalar)
      if marks + leading > Self.mostMarks {
        scalars += normalized(chunk[start..<index])
        start = index
        marks = 0
      }
      marks = isMark ? marks + leading : trailing
    }
    return scalars + normalized(chunk[start...])
  }

  /// How many combining marks a scalar's compatibility decomposition begins and ends with, and whether
  /// it is nothing else.
  private func marksOnEdges(of scalar: UInt32) -> (leading: Int, trailing: Int, isMark: Bool) {
    var units: [UInt16] = []
    append(scalar, to: &units)
    var status = U_ZERO_ERROR
    var decomposed = [UInt16](repeating: 0, count: 40)
    let count = swift_unorm2_normalize(
      nfkd, &units, Int32(units.count), &decomposed, Int32(decomposed.count), &status)
    let classes = Self.scalars(decomposed[..<Int(count)]).map {
      swift_u_getCombiningClass(UChar32(bitPattern: $0))
    }
    let leading = classes.prefix { $0 != 0 }.count
    let trailing = classes.reversed().prefix { $0 != 0 }.count
    return (leading, trailing, leading == classes.count)
  }

  private func normalized(_ chunk: ArraySlice<UInt32>) -> [UInt32] {
    var units: [UInt16] = []
    for scalar in chunk { append(scalar, to: &units) }
    var status = U_ZERO_ERROR
    // NFKC makes at most 18 units of one scalar; folding at most three of each of those.
    var composed = [UInt16](repeating: 0, count: units.count * 18 + 4)
    let n = swift_unorm2_normalize(
      nfkc, &units, Int32(units.count), &composed, Int32(composed.count), &status)
    var folded = [UInt16](repeating: 0, count: Int(n) * 3 + 4)
    let m = swift_u_strFoldCase(&folded, Int32(folded.count), &composed, n, 0, &status)
    precondition(status.rawValue <= U_ZERO_ERROR.rawValue, "ICU failed to fold")
    return Self.scalars(folded[..<Int(m)])
  }

  /// The scalars of well-formed UTF-16.
  private static func scalars(_ units: ArraySlice<UInt16>) -> [UInt32] {
    var scalars: [UInt32] = []
    var i = 0
    while i < units.count {
      let unit = UInt32(units[i])
      if unit >= 0xD800, unit < 0xDC00, i + 1 < units.count {
        scalars.append(0x10000 + (unit - 0xD800) << 10 + (UInt32(units[i + 1]) - 0xDC00))
        i += 2
      } else {
        scalars.append(unit)
        i += 1
      }
    }
    return scalars
  }

  private func append(_ scalar: UInt32, to units: inout [UInt16]) {
    if scalar >= 0x10000 {
      units.append(UInt16(0xD800 + (scalar - 0x10000) >> 10))
      units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
    } else {
      units.append(UInt16(scalar))
    }
  }

  @inline(never)
  private func fill(page: Int) -> UnsafeMutablePointer<UInt64> {
    // SAFETY: all entries of the page are initialised before it is in the table, which frees it.
    let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.pageSize)
    for low in 0..<Self.pageSize {
      entries.advanced(by: low).initialize(to: entry(of: UInt32(page << 8 | low)))
    }
    pages[page] = entries
    return entries
  }

  private func entry(of scalar: UInt32) -> UInt64 {
    let code = UChar32(bitPattern: scalar)
    let stable = swift_u_getIntPropertyValue(code, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES.rawValue
    var folded = scalar
    var simple = true
    // Some lower-case letters fold to several scalars ("ΐ"), which the property, being that of the
    // decomposed letter, does not tell.
    if !stable || initial(of: code) == 0
      || swift_u_hasBinaryProperty(code, UCHAR_CHANGES_WHEN_CASEFOLDED) != 0
    {
      let all = normalized([scalar])
      simple = all.count == 1
      if simple { folded = all[0] }
    }
    var bits = UInt64(folded)
    bits |= kind(of: UChar32(bitPattern: folded)).rawValue << 21
    bits |= initial(of: code) << 24
    if simple { bits |= 1 << 26 }
    if swift_unorm2_hasBoundaryBefore(nfkc, code) != 0, !isIgnorable(code) { bits |= 1 << 27 }
    if stable { bits |= 1 << 28 }
    bits |= UInt64(swift_u_getCombiningClass(code)) << 32
    return bits
  }

  private func kind(of code: UChar32) -> ScalarKind {
    if code == 0x27 || code == 0x2019 || code == 0x02BC { return .apostrophe }
    if isIgnorable(code) { return .ignorable }
    switch Int32(swift_u_charType(code)) {
    case Int32(U_UPPERCASE_LETTER.rawValue), Int32(U_LOWERCASE_LETTER.rawValue),
      Int32(U_TITLECASE_LETTER.rawValue), Int32(U_MODIFIER_LETTER.rawValue),
      Int32(U_OTHER_LETTER.rawValue):
      return isWrittenWithoutSpaces(code) ? .cluster : .letter
    case Int32(U_LETTER_NUMBER.rawValue), Int32(U_DECIMAL_DIGIT_NUMBER.rawValue),
      Int32(U_OTHER_NUMBER.rawValue):
      return code == 0x3007 ? .cluster : .letter
    case Int32(U_NON_SPACING_MARK.rawValue), Int32(U_ENCLOSING_MARK.rawValue),
      Int32(U_COMBINING_SPACING_MARK.rawValue):
      return .mark
    default: return .separator
    }
  }

  /// Whether a scalar shows nothing and parts nothing, so that words are the same without it.
  ///
  /// The zero width space has the property, too, but is there to part words, as UAX #29 has it.
  private func isIgnorable(_ code: UChar32) -> Bool {
    swift_u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 && code != 0x200B
  }

  private func isWrittenWithoutSpaces(_ code: UChar32) -> Bool {
    var status = U_ZERO_ERROR
    let script = swift_uscript_getScript(code, &status)
    if script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA {
      return true
    }
    // The long-vowel marks belong to both Kana scripts and so to neither.
    if code == 0x30FC { return true }
    // Line breaking's "complex context" (SA) is the list of scripts that need a dictionary.
    return swift_u_getIntPropertyValue(code, UCHAR_LINE_BREAK)
      == Int32(U_LB_COMPLEX_CONTEXT.rawValue)
  }

  private func initial(of code: UChar32) -> UInt64 {
    switch Int32(swift_u_charType(code)) {
    case Int32(U_LOWERCASE_LETTER.rawValue): 0
    case Int32(U_DECIMAL_DIGIT_NUMBER.rawValue): 2
    default: 1
    }
  }
}
