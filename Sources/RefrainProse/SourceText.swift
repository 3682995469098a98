// The text of a file as UTF-8, whatever Unicode encoding it lies in on disk.

internal import CSimdJSON
package import RefrainModel

/// How the code points of a file are written down.
package enum TextEncoding: String, Hashable, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case utf32LittleEndian = "UTF-32LE"
  case utf32BigEndian = "UTF-32BE"

  /// How many bytes a unit takes: a byte, or a unit of UTF-16 or UTF-32.
  package var unitWidth: Int {
    switch self {
    case .utf8: 1
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf32LittleEndian, .utf32BigEndian: 4
    }
  }

  /// The encoding that a file's byte order mark tells; UTF-8 where there is no mark of another.
  init(mark head: ArraySlice<UInt8>) {
    // UTF-32's mark begins like that of UTF-16, so the longer one is looked for first.
    if head.starts(with: [0xFF, 0xFE, 0, 0]) {
      self = .utf32LittleEndian
    } else if head.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32BigEndian
    } else if head.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if head.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else {
      self = .utf8
    }
  }
}

/// A file's text.
package struct SourceText: Sendable {
  /// The text as UTF-8, valid, with its byte order mark if it has one.
  ///
  /// Offsets in here are what all later stages count in; `LineIndex` knows the way from them to the bytes of
  /// the file.
  package let utf8: [UInt8]
  /// How the file writes it.
  package let encoding: TextEncoding

  /// Decodes a file: UTF-8, or UTF-16 or UTF-32 with a byte order mark.
  ///
  /// O(bytes); an array of UTF-8 is shared, not copied.
  /// - Parameter path: names the file in errors.
  /// - Throws: `notUTF8` with the line and byte of the first wrong byte; `notText` for what is no
  ///   UTF-16 or UTF-32, though it is marked as such.
  package init(_ bytes: [UInt8], path: String) throws(RefrainError) {
    encoding = TextEncoding(mark: bytes.prefix(4))
    switch encoding {
    case .utf8:
      try Self.requireUTF8(bytes, path: path)
      utf8 = bytes
    case .utf16LittleEndian, .utf16BigEndian:
      utf8 = try Self.decode(bytes, encoding, as: UTF16.self, path: path)
    case .utf32LittleEndian, .utf32BigEndian:
      utf8 = try Self.decode(bytes, encoding, as: UTF32.self, path: path)
    }
  }

  /// Text of a file that must be in UTF-8.
  ///
  /// - Throws: `notUTF8` with the line and byte of the first wrong byte.
  package init(utf8 bytes: [UInt8], path: String) throws(RefrainError) {
    try Self.requireUTF8(bytes, path: path)
    self.init(validUTF8: bytes)
  }

  /// UTF-8 that is known to be valid, such as the string of a record.
  package init(validUTF8 bytes: [UInt8]) {
    utf8 = bytes
    encoding = .utf8
  }

  /// Where the text begins: behind the byte order mark.
  var start: Int { utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// Refuses the bytes of a file that nobody named where they are no text: with a NUL, which UTF-16
  /// without a byte order mark is full of.
  ///
  /// O(bytes).
  package static func requireText(_ bytes: [UInt8], path: String) throws(RefrainError) {
    guard TextEncoding(mark: bytes.prefix(4)) == .utf8, let at = bytes.firstIndex(of: 0) else {
      return
    }
    if isUTF16(bytes.prefix(1 << 10)) {
      throw .notText(
        path: path, line: 1,
        cause: "is UTF-16 text without a byte order mark, which Refrain cannot tell apart "
          + "(iconv -f UTF-16LE -t UTF-8)")
    }
    let line = bytes[..<at].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    throw .notText(
      path: path, line: line, cause: "contains a NUL byte, so it is not text (offset \(at))")
  }

  /// Refuses bytes that are not UTF-8, naming the first wrong one.
  private static func requireUTF8(_ bytes: [UInt8], path: String) throws(RefrainError) {
    let valid = bytes.withUnsafeBytes { raw in
      // SAFETY: pointer and length are those of the array, and the callee only reads.
      refrain_utf8_valid_prefix(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
    }
    guard valid < bytes.count else { return }
    let newline = UInt8(ascii: "\n")
    let line = bytes[..<valid].reduce(1) { $1 == newline ? $0 + 1 : $0 }
    throw .notUTF8(path: path, line: line, byte: valid)
  }

  /// Decodes units of two or four bytes.
  private static func decode<Codec: Unicode.Encoding>(
    _ bytes: [UInt8], _ encoding: TextEncoding, as codec: Codec.Type, path: String
  ) throws(RefrainError) -> [UInt8] where Codec.CodeUnit: FixedWidthInteger {
    let width = encoding.unitWidth
    let isLittle = encoding == .utf16LittleEndian || encoding == .utf32LittleEndian
    let units = stride(from: 0, to: bytes.count - bytes.count % width, by: width).lazy.map { at in
      bytes[at..<(at + width)].reduce(into: (value: Codec.CodeUnit(0), shift: 0)) {
        let shift = isLittle ? $0.shift : 8 * (width - 1) - $0.shift
        $0.value |= Codec.CodeUnit($1) << Codec.CodeUnit(shift)
        $0.shift += 8
      }.value
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var line = 1
    var iterator = units.makeIterator()
    var parser = Codec.ForwardParser()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput:
        guard bytes.count % width == 0 else {
          throw .notText(
            path: path, line: line,
            cause: "is \(encoding.rawValue) text that ends inside a character "
              + "(offset \(bytes.count - bytes.count % width))")
        }
        return text
      case .valid(let encoded):
        let scalar = codec.decode(encoded)
        offset += encoded.count * width
        if scalar == "\n" { line += 1 }
        text.append(
          contentsOf: Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
      case .error:
        throw .notText(
          path: path, line: line,
          cause: "is not valid \(encoding.rawValue), though its first bytes say so "
            + "(offset \(offset))")
      }
    }
  }

  /// Whether every other byte is a NUL and the others are none, as in UTF-16 of a European language.
  private static func isUTF16(_ head: ArraySlice<UInt8>) -> Bool {
    let pairs = head.count / 2
    guard pairs > 1 else { return false }
    return [0, 1].contains { offset in
      let nulls = (0..<pairs).count { head[head.startIndex + 2 * $0 + offset] == 0 }
      let others = (0..<pairs).count { head[head.startIndex + 2 * $0 + 1 - offset] == 0 }
      return nulls * 10 >= pairs * 8 && others * 10 <= pairs
    }
  }
}
