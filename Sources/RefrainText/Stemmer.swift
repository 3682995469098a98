// English suffixes off: "meeting", "meetings" and "met" need not be one, but the first two should.

import CXXHash

/// A light stemmer for words of ASCII letters; the words of other scripts are their own stems.
///
/// It cuts the plural, "ing", "ed", a silent "e" and "ly", with no table of exceptions: stems are
/// compared with each other and never shown.
package enum Stemmer {
  /// XXH3-64 of the stem of a word as it stands in a text; nil for a word that is not ASCII, a
  /// typographic apostrophe aside.
  package static func stemHash(_ word: UnsafeRawBufferPointer) -> UInt64? {
    guard let folded = folded(word) else { return nil }
    // SAFETY: the bytes of the stem outlive the call.
    return stem(folded).withUnsafeBytes { refrain_xxh3_64($0.baseAddress, $0.count) }
  }

  private static func folded(_ word: UnsafeRawBufferPointer) -> [UInt8]? {
    var folded: [UInt8] = []
    folded.reserveCapacity(word.count)
    var i = 0
    while i < word.count {
      let c = word[i]
      if c == 0xE2, i + 2 < word.count, word[i + 1] == 0x80, word[i + 2] == 0x99 {
        folded.append(UInt8(ascii: "'"))
        i += 3
        continue
      }
      if c >= 0x80 { return nil }
      folded.append(c >= UInt8(ascii: "A") && c <= UInt8(ascii: "Z") ? c | 0x20 : c)
      i += 1
    }
    return folded
  }

  /// The stem of a folded ASCII word.
  package static func stem(_ word: [UInt8]) -> [UInt8] {
    var w = word
    if w.hasSuffix("'s") { w.removeLast(2) }
    guard w.count >= 4, w.allSatisfy({ $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") })
    else { return w }
    if w.hasSuffix("ies"), w.count > 4 {
      w.removeLast(3)
      w.append(UInt8(ascii: "y"))
    } else if w.hasSuffix("s"), !w[w.count - 2].isOne(of: "sui") {
      w.removeLast()
    }
    if w.hasSuffix("ing") { cut(3, from: &w) } else if w.hasSuffix("ed") { cut(2, from: &w) }
    if w.count > 3, w.hasSuffix("e") { w.removeLast() }
    if w.count > 3, w.hasSuffix("ly") { w.removeLast(2) }
    return w
  }

  /// Cuts an ending of so many letters, and one of two equal letters before it, where a stem is left.
  private static func cut(_ ending: Int, from w: inout [UInt8]) {
    let rest = w.count - ending
    guard rest >= 3, (0..<rest).contains(where: { w[$0].isOne(of: "aeiouy") }) else { return }
    w.removeLast(ending)
    if rest > 3, w[rest - 1] == w[rest - 2], !w[rest - 1].isOne(of: "ls") { w.removeLast() }
  }
}

extension UInt8 {
  fileprivate func isOne(of letters: StaticString) -> Bool {
    letters.withUTF8Buffer { $0.contains(self) }
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { suffix in
      let start = count - suffix.count
      return start >= 0 && suffix.indices.allSatisfy { self[start + $0] == suffix[$0] }
    }
  }
}
