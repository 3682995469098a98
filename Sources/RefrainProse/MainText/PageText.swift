// The text of a page as UTF-8, whatever encoding it came in.
//
// A crawler met the page as it is, so nothing here is an error: what cannot be decoded is U+FFFD, as
// it is in browsers. The order of the evidence is not theirs: bytes that are valid UTF-8 are UTF-8,
// for text in any other encoding hardly ever looks so, and labels are often wrong.

internal import RefrainModel

/// A decoded page.
package struct PageText: Sendable {
  /// Valid UTF-8, with its byte order mark if it has one.
  package let utf8: [UInt8]
  /// The encoding that it was read in, as `iconv` calls it.
  package let encoding: String

  /// Where the text begins: behind the byte order mark.
  var start: Int { utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The text without its byte order mark.
  package var content: ArraySlice<UInt8> { utf8[start...] }

  /// How far into a page its own label is looked for, as browsers do.
  private static let head = 1 << 10

  /// Decodes a page: by its byte order mark, as UTF-8 if it is that, by what its server says, by
  /// what it says itself, or as Windows-1252.
  ///
  /// O(bytes).
  /// - Parameter charset: what the server says.
  package init(_ bytes: [UInt8], charset: String? = nil) {
    let mark = TextEncoding(mark: bytes.prefix(4))
    let labels = [charset, Self.label(in: bytes.prefix(Self.head))].compactMap { $0 }
    let named = labels.lazy.compactMap(Self.name(of:)).first
    let valid = String(validating: bytes, as: UTF8.self)
    var text: [UInt8]?
    var encoding = "UTF-8"
    if mark != .utf8 {
      let width = mark == .utf16LittleEndian || mark == .utf16BigEndian ? 2 : 4
      encoding = mark.rawValue
      text = UnsafeCharsetDecoder.decode(bytes.dropFirst(width), from: encoding)
    } else if valid == nil || named.map(Self.looksLikeUTF8) ?? false {
      encoding = named ?? "CP1252"
      if encoding != "UTF-8" { text = UnsafeCharsetDecoder.decode(bytes[...], from: encoding) }
    }
    if text == nil { encoding = "UTF-8" }
    // Where nothing else decoded it, wrong bytes become U+FFFD.
    utf8 = text ?? (valid == nil ? Array(String(decoding: bytes, as: UTF8.self).utf8) : bytes)
    self.encoding = encoding
  }

  /// Whether text in this encoding is bytes of ASCII, and so looks like UTF-8.
  private static func looksLikeUTF8(_ name: String) -> Bool {
    name.hasPrefix("ISO-2022") || name.hasPrefix("UTF-16") || name == "HZ" || name == "UTF-7"
  }

  /// The encoding that is meant by a label, as `iconv` calls it; nil for what is no label.
  ///
  /// Browsers read some labels as the larger encodings that pages under them are really in.
  private static func name(of label: String) -> String? {
    let bytes = label.utf8.filter { !$0.isWhiteSpace && $0 != UInt8(ascii: "\"") && $0 != 0x27 }
    let allowed = bytes.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || "-_:.".utf8.contains($0)
    }
    guard !bytes.isEmpty, bytes.count <= 40, allowed else { return nil }
    let name = String(decoding: bytes, as: UTF8.self).uppercased()
    return aliases[name] ?? (UnsafeCharsetDecoder.knows(name) ? name : nil)
  }

  private static let aliases: [String: String] = {
    let lists = [
      "CP1252":
        "ISO-8859-1 ISO8859-1 ISO_8859-1 LATIN1 LATIN-1 US-ASCII ASCII WINDOWS-1252 X-CP1252",
      "CP932": "SHIFT_JIS SHIFT-JIS SJIS X-SJIS MS_KANJI WINDOWS-31J",
      "GB18030": "GB2312 GBK GB_2312-80 X-GBK CHINESE",
      "UHC": "EUC-KR KS_C_5601-1987 KSC5601 KOREAN WINDOWS-949",
      "BIG5-HKSCS": "BIG5 X-X-BIG5 CN-BIG5", "CP1254": "ISO-8859-9 LATIN5",
      "CP874": "TIS-620 ISO-8859-11 WINDOWS-874", "UTF-8": "UTF8 UTF-8 UNICODE-1-1-UTF-8",
      "UTF-16LE": "UTF-16 UCS-2 UNICODE",
    ]
    var aliases: [String: String] = [:]
    for (name, labels) in lists {
      for label in labels.split(separator: " ") { aliases[String(label)] = name }
    }
    return aliases
  }()

  /// What stands behind the first `charset=` or `encoding=` in the head of a page.
  private static func label(in head: ArraySlice<UInt8>) -> String? {
    let lowered = head.map(\.lowered)
    for key in ["charset", "encoding"] {
      let key = Array(key.utf8)
      var at = 0
      while let found = lowered[at...].firstIndex(of: key[0]) {
        at = found + 1
        guard lowered[found...].starts(with: key) else { continue }
        let rest = lowered[(found + key.count)...].drop(while: \.isWhiteSpace)
        guard rest.first == UInt8(ascii: "=") else { continue }
        let value = rest.dropFirst().drop { $0.isWhiteSpace || $0 == 0x22 || $0 == 0x27 }
        let label = value.prefix { !$0.isWhiteSpace && !"\"'>;/?".utf8.contains($0) }
        return String(decoding: label, as: UTF8.self)
      }
    }
    return nil
  }
}
