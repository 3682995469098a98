// AsciiDoc: blocks and inline markup, every word found again at its bytes on disk.

import RefrainModel
import RefrainProse
import Testing

struct AsciiDocProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .asciiDoc, path: "test.adoc")
    prose.checkInvariants(source: bytes)
    return prose
  }

  private static let page = """
    = The title
    Some Author <a@b.example>
    :toc: left

    A *short* para__graph__ with `code(x)`, https://x.example[a link],
    <<id,a reference>> and caf&eacute; for {product}. +
    Third line.

    // a comment
    [[anchor]]
    == Section

    * item one
    goes on
    ** nested
    +
    attached
    . numbered

    term:: The definition.

    .Block title
    [source,ruby]
    ----
    not prose
    ----

    NOTE: Mind the gap.

    [quote, Somebody]
    Quoted words.

    ____
    More of them.
    ____

    ====
    An example.
    ====

    |===
    | not | prose
    |===

    include::not[prose]
    image::not.png[prose]

     literal paragraph

    ////
    not prose
    ////

    Last \\*words* and footnote:[a note].
    """

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func wordsAreFoundAgain(lineEnd: String, mark: String) throws {
    let source =
      mark
      + Self.page.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: lineEnd)
    let bytes = Array(source.utf8)
    let prose = try prose(source)
    #expect(
      prose.blockStrings == [
        "The title",
        "A short paragraph with code(x), a link,\na reference and café for {product}. \nThird line.",
        "Section", "item one\ngoes on", "nested", "attached", "numbered", "term",
        "The definition.", "Block title", "Mind the gap.", "Quoted words.", "More of them.",
        "An example.", "prose", "Last *words* and a note.",
      ])
    #expect(
      prose.blocks.map(\.kind) == [
        .heading, .paragraph, .heading, .listItem, .listItem, .listItem, .listItem, .listItem,
        .listItem, .caption, .admonition, .quotation, .quotation, .paragraph, .caption, .paragraph,
      ])
    var textAt = 0
    for (word, written) in [
      ("title", "title"), ("short", "short"), ("paragraph", "para__graph"), ("code(x)", "code(x)"),
      ("a link", "a link"), ("a reference", "a reference"), ("café", "caf&eacute;"),
      ("product", "product"), ("nested", "nested"), ("definition", "definition"),
      ("Mind", "Mind"), ("More", "More"), ("a note", "a note"),
    ] {
      let range = try #require(find(word, in: prose.text, from: textAt), "\(word)")
      let place = prose.map.source(of: range)
      #expect(find(written, in: bytes, from: place.start) == place, "\(word)")
      textAt = range.end
    }
  }

  @Test(arguments: [
    ("**b**old", "bold"), ("a * b * c", "a * b * c"), ("_it_ and *b*", "it and b"),
    ("snake_case_x", "snake_case_x"), ("*_x_*", "x"), ("`a *b*`", "a b"), ("[.lead]#x# y", "x y"),
    ("a[1] b", "a[1] b"), ("link:u[x^] y", "x y"), ("link:u[x,window=_blank]", "x"),
    ("xref:a.adoc#b[x]", "x"), ("image:a.png[alt,10]", "alt"), ("icon:x[] y", "y"),
    ("<<a>> b", "b"), ("((term)) b", "term b"), ("(((a,b))) c", "c"), ("stem:[x^2] y", "y"),
    ("H~2~O", "H2O"), ("a^b c^", "a^b c^"), ("\\_x_", "_x_"),
    ("http://a.example/b_c_d", "http://a.example/b_c_d"),
    ("kbd:[Ctrl]", "Ctrl"), ("a: b", "a: b"), ("Title\n=====\n\nx", "Title\n\nx"),
    ("ifdef::x[]\ny\nendif::[]", "y"), ("```ruby\ncode\n```\n\nx", "x"), ("> a\n> b", "a\n b"),
    ("[source]\ncode\n\nx", "x"), (":a: b \\\nc\n\nx", "x"), ("'''\n\nx", "x"), ("a;; b", "a\n\nb"),
    ("<1> x", "x"), ("--\nx\n--", "x"), ("----\nopen", ""), ("[NOTE]\n====\nx\n====\ny", "x\n\ny"),
    ("", ""),
    ("* [x] done", "done"), ("1. a\n2. b", "a\n\nb"), ("a\n// no\nb", "a\nb"),
  ])
  func markup(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }
}
