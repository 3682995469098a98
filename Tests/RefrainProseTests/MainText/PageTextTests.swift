// Pages in the encodings that crawlers meet.

import RefrainProse
import Testing

struct PageTextTests {
  private func page(_ label: String?, _ bytes: [UInt8]) -> [UInt8] {
    Array((label.map { "<meta charset=\"\($0)\">" } ?? "").utf8) + Array("<p>".utf8) + bytes
  }

  private func text(_ bytes: [UInt8], charset: String? = nil) -> String {
    String(decoding: MainText.extract(bytes, charset: charset).text, as: UTF8.self)
  }

  @Test func labelsAreFollowed() {
    let cases: [(String?, [UInt8], String)] = [
      ("iso-8859-1", [0x63, 0x61, 0x66, 0xE9, 0x93], "café\u{201C}"),
      ("Shift_JIS", [0x93, 0xFA, 0x96, 0x7B], "日本"),
      ("gb2312", [0xD6, 0xD0, 0xCE, 0xC4], "中文"),
      ("koi8-r", [0xC4, 0xC1], "да"),
      ("windows-1251", [0xE4, 0xE0], "да"),
      ("euc-kr", [0xC7, 0xD1], "한"),
      (nil, [0x63, 0x61, 0x66, 0xE9], "café"),
      ("x-unknown", [0x63, 0x61, 0x66, 0xE9], "café"),
    ]
    for (label, bytes, expected) in cases {
      #expect(text(page(label, bytes)) == expected, "\(label ?? "none")")
      if let label { #expect(text(page(nil, bytes), charset: label) == expected, "\(label)") }
    }
  }

  @Test func validUTF8IsUTF8WhateverItIsCalled() {
    for label in ["iso-8859-1", "shift_jis", "utf-8", "x"] {
      #expect(text(page(label, Array("naïve".utf8))) == "naïve")
    }
    // The server's word counts more than the page's.
    #expect(text(page("koi8-r", [0xE4, 0xE0]), charset: "windows-1251") == "да")
  }

  @Test func marksAreStrongest() {
    let little = "<p>да".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(text([0xFF, 0xFE] + little, charset: "koi8-r") == "да")
    #expect(text(little, charset: "utf-16le") == "да")
    #expect(text([0xEF, 0xBB, 0xBF] + Array("<p>да".utf8), charset: "koi8-r") == "да")
    // An odd byte at the end.
    #expect(text([0xFF, 0xFE] + little + [0x20]) == "да\u{FFFD}")
  }

  @Test func wrongBytesAreReplacedOneByOne() {
    #expect(text(page("utf-8", [0x61, 0xFF, 0xFE, 0x62])) == "a\u{FFFD}\u{FFFD}b")
    #expect(text(page("shift_jis", [0x93, 0xFA, 0xFF, 0x61])) == "日\u{FFFD}a")
    #expect(PageText([], charset: nil).utf8.isEmpty)
  }
}
