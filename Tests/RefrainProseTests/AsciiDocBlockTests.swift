// Kinds, tables, attributes and inline markup of AsciiDoc, by construct.

import RefrainModel
import RefrainProse
import Testing

struct AsciiDocBlockTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .asciiDoc, path: "test.adoc")
    prose.checkInvariants(source: bytes)
    return prose
  }

  @Test(arguments: [
    (
      "[NOTE]\n====\nMind.\n\n* item\n====\nx",
      ["admonition: Mind.", "listItem: item", "paragraph: x"]
    ),
    ("[TIP]\nMind.\n\nx", ["admonition: Mind.", "paragraph: x"]),
    ("WARNING: Mind.\nMore.", ["admonition: Mind.\nMore."]), ("NOTED: x", ["paragraph: NOTED: x"]),
    (".Title\n[source]\n----\nno\n----", ["caption: Title"]),
    (".Title\n[NOTE]\n--\nx\n--", ["caption: Title", "admonition: x"]),
    ("[quote, A]\n____\nx\n\n* y\n____\nz", ["quotation: x", "quotation: y", "paragraph: z"]),
    ("====\nx\n====", ["paragraph: x"]), ("****\nx\n****", ["paragraph: x"]),
    ("[WARNING]\n****\nx\n****", ["admonition: x"]),
    ("* a\n+\nb\n\nc", ["listItem: a", "listItem: b", "paragraph: c"]),
    ("a::\nb\n\nc:: d", ["listItem: a", "listItem: b", "listItem: c", "listItem: d"]),
    ("image::a.png[A picture, 100]", ["caption: A picture"]), ("image::a.png[width=1]", []),
    ("image::a.png[\"A, b\", 1]", ["caption: A, b"]),
    ("image::a.png[alt=\"A b\"]", ["caption: A b"]),
    (
      "= T\nA B <c@d.e>\n:description: What it \\\nsays.\n:x: no\n\ny",
      ["heading: T", "metadata: What it\nsays.", "paragraph: y"]
    ),
    ("== T ==\n\nx", ["heading: T", "paragraph: x"]),
    ("== C ++\n\nx", ["heading: C ++", "paragraph: x"]),
    ("a\nifdef::x[]\nb\nendif::[]", ["paragraph: a\nb"]), ("`code`", ["code: code"]),
    ("* xref:a[b]", ["linkList: b"]), ("++++\nno\n++++", []),
    ("[stem]\n++++\nno\n++++\nx", ["paragraph: x"]),
  ])
  func kinds(source: String, expected: [String]) throws {
    #expect(try prose(source).outline == expected)
  }

  @Test(arguments: [
    (
      "|===\n|one two three four five |no\n|===\nx",
      ["tableCell: one two three four five", "paragraph: x"]
    ),
    (".T\n[cols=\"1,2\"]\n|===\n|no|a b c d e\n|===", ["caption: T", "tableCell: a b c d e"]),
    (
      "|===\n|a b c\nd e f\n2+|g h i j k\n|===",
      ["tableCell: a b c\nd e f", "tableCell: g h i j k"]
    ),
    (
      "|===\n.2+^.>s|a b c d e h|f g h i j\n|===", ["tableCell: a b c d e", "tableCell: f g h i j"]
    ),
    (
      "|===\na|\n* a b c d e\n* f g h i j\n+\n[source]\n----\n|no no no no no\n----\n|k l m n o\n|===",
      ["tableCell: a b c d e", "tableCell: f g h i j", "tableCell: k l m n o"]
    ),
    ("|===\n|a b \\| c d e\n|===", ["tableCell: a b | c d e"]),
    ("|===\n|a b c d e\n\n|f g h i j", ["tableCell: a b c d e", "tableCell: f g h i j"]),
    ("[format=csv]\n|===\na b c d e,f\n|===\nx", ["paragraph: x"]),
    (",===\na b c d e,f\n,===\nx", ["paragraph: x"]),
    ("!===\n!a b c d e\n!===\nx", ["paragraph: x"]),
    ("|===\n|a b c d e\n// no\nimage::no[]\n|===", ["tableCell: a b c d e"]),
  ])
  func tables(source: String, expected: [String]) throws {
    #expect(try prose(source).outline == expected)
  }

  @Test(arguments: [
    (":a: the *value*\n\nx {a} y", "x the value y"), (":a: b\n:c: {a} d\n\n{c}", "b d"),
    (":a: b \\\n  c\n\n{A}", "b c"), (":a: b\n:!a:\n\n{a}", "{a}"), (":a:\n\nx{a}y", "xy"),
    ("{none} x", "{none} x"), ("a{nbsp}b{empty}c{plus}d", "a\u{A0}bc+d"), ("{cpp}", "C++"),
    (":u: http://a.b\n\n{u}[x] {u}/c[y] {no}[z]", "x y z"), ("{counter:a}x{set:b:c}", "x"),
    (":a: pass:q[b *c*]\n\n{a}", "b c"), ("= T\n:a: b\n\n{a}", "T\n\nb"), ("\\{a}", "{a}"),
    ("+a *b*+ c", "a *b* c"), ("+++<u>+++a", "a"), ("pass:[<u>]a", "a"), ("\"`a`\" b", "\"a\" b"),
  ])
  func attributes(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }

  @Test(arguments: [
    ("a `b` ``c``d", ["code: b", "code: c"]), ("a link:b[c] d", ["link: c"]),
    ("a xref:b[c `d`]", ["link: c ", "code+link: d"]), ("a <<b,c>>", ["link: c"]),
    ("a https://b.c d", ["link: https://b.c"]), ("a *b* \"`c`\"", []),
    ("`a` *b `c` d* e", ["code: a", "code: c"]),
    ("`a link:b[c` d] e", ["code: a ", "code+link: c` d"]),
  ])
  func spans(source: String, expected: [String]) throws {
    #expect(try prose(source).spanStrings == expected)
  }

  @Test func aValueStandsWhereItsNameDoes() throws {
    let source = ":a: two words\n\né 😀 {a} z"
    let prose = try prose(source)
    let word = try #require(find("words", in: prose.text))
    let range = prose.map.source(of: word)
    #expect(range == find("{a}", in: Array(source.utf8)))
    let place = LineIndex(Array(source.utf8)).place(of: range.start)
    #expect(place == Place(byte: 23, line: 3, column: 5, utf16Column: 6, byteColumn: 9))
  }

  @Test func valuesOfValuesEnd() throws {
    let doubling = (1..<60).map { ":a\($0): {a\($0 - 1)}{a\($0 - 1)}\n" }.joined()
    #expect(try prose(":a0: xx\n" + doubling + "\n{a59} {a9}").text.count < 100_000)
  }
}
