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
    var w = word[...]
    if w.hasSuffix("'s") { w.removeLast(2) }
    guard w.count >= 4, w.allSatisfy({ $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") })
    else { return Array(w) }
    if w.hasSuffix("ies"), w.count > 4 {
      w.removeLast(3)
      w.append(UInt8(ascii: "y"))
    } else if w.hasSuffix("s"), !"sui".utf8.contains(w[w.endIndex - 2]) {
      w.removeLast()
    }
    for suffix in ["ing", "ed"] as [StaticString] where w.hasSuffix(suffix) {
      let rest = w.dropLast(suffix.utf8CodeUnitCount)
      guard rest.count >= 3, rest.contains(where: { "aeiouy".utf8.contains($0) }) else { continue }
      w = rest
      if w.count > 3, let last = w.last, w.dropLast().last == last, !"ls".utf8.contains(last) {
        w.removeLast()
      }
      break
    }
    if w.count > 3, w.hasSuffix("e") { w.removeLast() }
    if w.count > 3, w.hasSuffix("ly") { w.removeLast(2) }
    return Array(w)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { count >= $0.count && suffixEquals($0) }
  }

  private func suffixEquals(_ suffix: UnsafeBufferPointer<UInt8>) -> Bool {
    self.suffix(suffix.count).elementsEqual(suffix)
  }
}
