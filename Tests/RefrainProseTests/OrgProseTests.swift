// Org: blocks and inline markup, by construct, and every word found again at its bytes on disk.

import RefrainModel
import RefrainProse
import Testing

struct OrgProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .org, path: "test.org")
    prose.checkInvariants(source: bytes)
    return prose
  }

  @Test(arguments: [
    ("* TODO [#A] The headline [1/2] :a:b:", ["heading: The headline"]),
    ("** DONE x", ["heading: x"]), ("* Not a TODO", ["heading: Not a TODO"]),
    ("#+TODO: OPEN(o) | SHUT(s@)\n* OPEN x", ["heading: x"]),
    ("* a\n* COMMENT b\nno\n** no\n* c", ["heading: a", "heading: c"]),
    (
      "* x\nSCHEDULED: <2024-01-01 Mon>\n:PROPERTIES:\n:ID: no\n:END:\ny",
      ["heading: x", "paragraph: y"]
    ),
    ("One\ntwo.\n\nThree.", ["paragraph: One\ntwo.", "paragraph: Three."]),
    (
      "- one\n  more\n\n  second\n+ two\n 1) three\nx",
      [
        "listItem: one\nmore", "listItem: second", "listItem: two", "listItem: three",
        "paragraph: x",
      ]
    ),
    (
      "- [X] done\n- [@5] five\n- term :: text\n- a ::b",
      ["listItem: done", "listItem: five", "listItem: term", "listItem: text", "listItem: a ::b"]
    ),
    (
      "#+begin_quote\nWords.\n- item\n#+end_quote\nx",
      ["quotation: Words.", "quotation: item", "paragraph: x"]
    ),
    ("#+BEGIN_VERSE\na\nb\n#+END_VERSE", ["quotation: a\nb"]),
    ("a\n#+begin_src c\nno\n#+end_src\nb", ["paragraph: a", "paragraph: b"]),
    ("#+begin_example\n* no\n#+end_example", []), ("#+begin_export html\nno\n#+end_export", []),
    ("#+begin_comment\nno\n#+end_comment", []), ("#+begin_src\nx", ["paragraph: x"]),
    ("#+begin_note\nMind.\n#+end_note\nx", ["admonition: Mind.", "paragraph: x"]),
    ("#+begin_center\nx\n#+end_center", ["paragraph: x"]),
    (
      "#+title: T\n#+author: no\n#+description: D\n#+caption[s]: C\n#+name: no",
      ["heading: T", "metadata: D", "caption: C"]
    ),
    ("# no\n#\n: no\n:\n-----\nx", ["paragraph: x"]),
    ("a\n# no\nb", ["paragraph: a", "paragraph: b"]),
    (
      "| one two three four five | no |\n|---+---|\n| no | a b c d e |\n#+TBLFM: no",
      ["tableCell: one two three four five", "tableCell: a b c d e"]
    ),
    ("x[fn:1] y\n\n[fn:1] The note.", ["paragraph: x y", "paragraph: The note."]),
    (":LOGBOOK:\nCLOCK: [2024-01-01 Mon]\n:END:\nx", ["paragraph: x"]),
    (":open:\nx", ["paragraph: x"]),
    ("\\begin{align}\nno\n\\end{align}\nx", ["paragraph: x"]), ("", []),
    ("#+title: T\n#+license: no copyright\nx", ["heading: T", "paragraph: x"]),
    ("- [[a][b]]\n- =c=", ["linkList: b", "code: c"]),
  ])
  func blocks(source: String, expected: [String]) throws {
    #expect(try prose(source).outline == expected)
  }

  @Test(arguments: [
    ("*b* /i/ _u_ +s+ =v= ~c~", "b i u s v c"), ("a*b* 2 * 3 * 4", "a*b* 2 * 3 * 4"),
    ("snake_case_x", "snake_case_x"), ("=a *b*= c", "a *b* c"), ("(*b*), '/i/'.", "(b), 'i'."),
    ("*a /b/ c*", "a b c"), ("/usr/bin and /x", "/usr/bin and /x"),
    ("[[t][the /text/]]", "the text"),
    ("[[https://a.b]] x", "https://a.b x"), ("[[file:a.png]] x", "x"), ("[[*Head]]", "Head"),
    ("a <2024-01-01 Mon>--<2024-01-02 Tue> b", "a -- b"), ("[2024-01-01 Mon 10:00] x", "x"),
    ("{{{m(a)}}} x", "x"), ("@@html:<b>@@ x", "x"), ("a[fn:: a note] b", "a a note b"),
    ("<<t>> <<<r>>> x", "r x"), ("[cite:@a] x", "x"), ("\\alpha $x$", "\\alpha $x$"),
    ("a\\\\\nb", "a\nb"), ("a < b [x] {y}", "a < b [x] {y}"), ("<https://a.b> x", "https://a.b x"),
    ("[[a][b]", "[[a][b]"), ("x =", "x ="), ("[[a][[b]]]", "[b]"),
  ])
  func inlines(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }

  @Test(arguments: [
    ("a =b= ~c~ d", ["code: b", "code: c"]),
    ("x [[a][b =c= d]] e", ["link: b ", "code+link: c", "link:  d"]),
    ("x *b*", []),
  ])
  func spans(source: String, expected: [String]) throws {
    #expect(try prose(source).spanStrings == expected)
  }

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func wordsAreFoundAgain(lineEnd: String, mark: String) throws {
    let page = """
      #+TITLE: The title

      * TODO First headline :tag:
      Some *bold* words with [[https://x.example][a 😀 link]] and =code=.

      - item one
        goes on
      | a cell of five words | no |
      #+begin_quote
      Quoted é words.
      #+end_quote
      """
    let source =
      mark
      + page.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
    let bytes = Array(source.utf8)
    let prose = try prose(source)
    var textAt = 0
    for word in ["title", "First", "bold", "link", "code", "item", "goes", "five", "words."] {
      let range = try #require(find(word, in: prose.text, from: textAt), "\(word)")
      let place = prose.map.source(of: range)
      #expect(find(word, in: bytes, from: place.start) == place, "\(word)")
      textAt = range.end
    }
    let link = try #require(find("link", in: prose.text))
    let place = LineIndex(bytes).place(of: prose.map.source(of: link).start)
    #expect(place.line == 4)
    #expect((place.column, place.utf16Column, place.byteColumn) == (49, 50, 52))
  }
}
