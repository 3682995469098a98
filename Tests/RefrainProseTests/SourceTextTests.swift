// Encodings and line ends: the words of a text wherever they lie in the file, and what is none.

import RefrainModel
import RefrainProse
import Testing

struct SourceTextTests {
  private static let text = "First é line.\n\n👍 second\u{2028} wörds."

  /// A text in an encoding, with its byte order mark.
  private static func encoded(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    let marked = "\u{FEFF}" + text
    func bytes(_ value: some FixedWidthInteger, _ isLittle: Bool) -> [UInt8] {
      withUnsafeBytes(of: isLittle ? value.littleEndian : value.bigEndian) { Array($0) }
    }
    return switch encoding {
    case .utf8: Array(marked.utf8)
    case .utf16LittleEndian: marked.utf16.flatMap { bytes($0, true) }
    case .utf16BigEndian: marked.utf16.flatMap { bytes($0, false) }
    case .utf32LittleEndian: marked.unicodeScalars.flatMap { bytes($0.value, true) }
    case .utf32BigEndian: marked.unicodeScalars.flatMap { bytes($0.value, false) }
    }
  }

  private static let encodings: [TextEncoding] = [
    .utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
  ]

  @Test(arguments: encodings, ["\n", "\r\n", "\r"])
  func placesAreThoseOfTheFile(encoding: TextEncoding, lineEnd: String) throws {
    let text = Self.text.replacing("\n", with: lineEnd)
    let bytes = Self.encoded(text, encoding)
    let source = try SourceText(bytes, path: "x")
    #expect(source.encoding == encoding)
    #expect(source.utf8 == Array("\u{FEFF}\(text)".utf8))
    let prose = try Prose(source, format: .plain, path: "x")
    prose.checkInvariants(source: source.utf8)
    #expect(prose.blockStrings == ["First é line.", "👍 second\u{2028} wörds."])
    let lines = LineIndex(source)
    for word in ["First", "line", "second", "wörds"] {
      let range = try #require(find(word, in: prose.text))
      let place = lines.place(of: prose.map.source(of: range).start)
      // Where the word's own bytes are.
      let wanted = Array(Self.encoded(word, encoding).dropFirst(Self.encoded("", encoding).count))
      let at = try #require(
        bytes.indices.first { bytes[$0...].starts(with: wanted) && $0 % encoding.unitWidth == 0 })
      #expect(place.byte == at, "\(word)")
      let isFirst = word == "First" || word == "line"
      #expect(place.line == (isFirst ? 1 : 3), "\(word)")
      let before = "\u{FEFF}\(text)".components(word, lineEnd)
      #expect(place.column == before.unicodeScalars.count + 1, "\(word)")
      #expect(place.utf16Column == before.utf16.count + 1, "\(word)")
      let unmarked = Self.encoded(before, encoding).count - Self.encoded("", encoding).count
      #expect(place.byteColumn == unmarked + 1, "\(word)")
    }
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x41], "is UTF-16LE text that ends inside a character (offset 2)"),
      ([0xFE, 0xFF, 0xD8, 0x3D, 0, 0x41], "is not valid UTF-16BE, though its first bytes say so"),
      ([0xFF, 0xFE, 0, 0, 0, 0, 0x11, 0], "is not valid UTF-32LE, though its first bytes say so"),
    ] as [([UInt8], String)])
  func wrongEncodings(bytes: [UInt8], cause: String) throws {
    let error = #expect(throws: RefrainError.self) { try SourceText(bytes, path: "a.txt") }
    #expect(error.map { "\($0)" }?.contains(cause) == true, "\(String(describing: error))")
  }

  @Test func lineEndsOfAllKinds() throws {
    for lineEnd in ["\n", "\r\n", "\r", "\u{85}", "\u{C}", "\u{C}\n"] {
      for format in [TextFormat.plain, .markdown, .restructuredText, .asciiDoc] {
        let text = "One two.\(lineEnd)\(lineEnd)Three four."
        let bytes = Array(text.utf8)
        let prose = try Prose(bytes, format: format, path: "x")
        prose.checkInvariants(source: bytes, "\(format) \(text.debugDescription)")
        #expect(
          prose.blockStrings == ["One two.", "Three four."], "\(format) \(text.debugDescription)")
      }
    }
  }

  @Test func aLoneReturnEndsALineOnlyWhereNoLineFeedDoes() {
    #expect(LineIndex(Array("a\rb\rc".utf8)).place(of: 4).line == 3)
    #expect(LineIndex(Array("a\rb\nc".utf8)).place(of: 4).line == 2)
    #expect(LineIndex(Array("a\r\nb\r\nc".utf8)).place(of: 6).line == 3)
  }
}

extension String {
  /// What stands before a word on its line.
  fileprivate func components(_ word: String, _ lineEnd: String) -> String {
    guard let range = firstRange(of: word) else { return "" }
    let before = String(self[..<range.lowerBound])
    let lines = before.unicodeScalars.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == lineEnd.unicodeScalars.last })
    return lines.last.map { String(String.UnicodeScalarView($0)) } ?? ""
  }

  /// A NEL reads as CR and LF, but neither has a place of its own.
  @Test(arguments: [
    "<?;><\u{85}[", "\u{FFFF}\u{85}\u{7E7E}", "a\u{85}\u{85}b", "a \u{85}b <\u{85}*c*\u{85}d",
    "<b>a\u{85}</b>b\u{85}", "- a\u{85}  b {\u{85}",
  ])
  func noPlaceLiesInsideALineEnd(text: String) throws {
    let source = Array(text.utf8)
    func isEdge(_ offset: Int) -> Bool { offset == source.count || source[offset] & 0xC0 != 0x80 }
    for format in TextFormat.allCases where format != .notebook {
      let prose = try Prose(source, format: format, path: "a")
      #expect(String(validating: prose.text, as: UTF8.self) != nil, "\(format)")
      for segment in prose.map.segments {
        #expect(isEdge(segment.source.start) && isEdge(segment.source.end), "\(format)")
      }
      prose.checkInvariants(source: source)
    }
  }
}
