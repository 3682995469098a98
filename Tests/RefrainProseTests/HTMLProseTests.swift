// HTML: the main text of a page and nothing else, every word found again at its bytes on disk.

import RefrainModel
import RefrainProse
import Testing

struct HTMLProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .html, path: "test.html")
    prose.checkInvariants(source: bytes)
    return prose
  }

  private static let page = """
    <!DOCTYPE html>
    <html><head><title>Not prose</title><style>p { color: red }</style>
    <script>if (a < b) document.write("<p>no</p>")</script></head>
    <body class="x">
    <header>Site name</header><nav><ul><li>Home</li></ul></nav>
    <article>
    <header><h1 title="no">A <em>heading</em> with <code>code</code></h1></header>
    <p>First em<b>pha</b>sis, caf&eacute; &amp; na&#xEF;ve&copy2024
      second   line<br>third <!-- a comment --> <a href="http://x.example">link text</a>.
    <p>He said <q>some words</q> and left.</p>
    <ul><li>item one<ul><li>nested</li></ul></li><li>item two</li></ul>
    <blockquote><p>Quoted words</p>more of it</blockquote>
    <pre>code block</pre>
    <table><tr><td>figures</td><td><p>Prose in a cell</p></td></tr></table>
    <aside>see also</aside><div hidden>unseen</div><div>Div text</div>
    </article>
    <footer>Imprint</footer>
    <form><button>Send</button><label>Your name</label></form>
    </body></html>
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
        "A heading with code",
        "First emphasis, café & naïve©2024\nsecond   line\nthird  link text.",
        "He said “some words” and left.", "item one", "nested", "item two", "Quoted words",
        "more of it", "Prose in a cell", "Div text", "Your name",
      ])
    #expect(
      prose.blocks.map(\.kind) == [
        .heading, .paragraph, .paragraph, .listItem, .listItem, .listItem, .quotation, .quotation,
        .paragraph, .paragraph, .paragraph,
      ])
    let words = [
      ("heading", "heading"), ("emphasis", "em<b>pha</b>sis"), ("café", "caf&eacute;"),
      ("& na", "&amp; na"), ("naïve©2024", "na&#xEF;ve&copy2024"), ("second", "second"),
      ("link text", "link text"), ("“some words”", "<q>some words</q>"), ("nested", "nested"),
      ("Quoted", "Quoted"), ("Prose in", "Prose in"), ("Div", "Div"),
    ]
    var textAt = 0
    var sourceAt = try #require(find("<h1", in: bytes)?.start)
    for (word, written) in words {
      let range = try #require(find(word, in: prose.text, from: textAt), "\(word)")
      let expected = try #require(find(written, in: bytes, from: sourceAt), "\(written)")
      #expect(prose.map.source(of: range) == expected, "\(word)")
      textAt = range.start
      sourceAt = expected.start
    }
  }

  /// A `main` is the page; without one, all that no element marks as something else.
  @Test func theMainElementIsThePage() throws {
    #expect(try prose("<p>a</p><main><p>b</p></main><p>c</p>").string == "b")
    #expect(try prose("<p>a</p><div role=main>b</div><p>c</p>").string == "b")
    #expect(try prose("<div role='navigation'>a</div><p>b</p>").string == "b")
  }

  /// Where gumbo's source of a text holds more than the text.
  @Test(arguments: [
    ("a</x>b", "ab", "b", 5), ("<svg><![CDATA[x]]></svg>y", "y", "y", 24),
    ("x</p>y</body>z</html> w", "x\n\nyz w", "z", 13), ("a\0b", "ab", "b", 2),
    ("a\r\n\r\nb\rc", "a\nb\nc", "b", 5), ("f</>g", "fg", "g", 4), ("a < b", "a < b", "b", 4),
    ("<table>foo<tr><td><p>x</p></td>bar</tr></table>end", "foo\n\nx\n\nbar\n\nend", "end", 47),
    ("a&amp;amp;b", "a&amp;b", "b", 10), ("&nvlArr;b", "\u{2902}b", "b", 8),
    ("&nGg;b", "\u{22D9}\u{338}b", "b", 5), ("&foo;b", "&foo;b", "foo", 1),
    ("&ampx &notit;", "&x ¬it;", "it", 10), ("a <b", "a", "a", 0), ("a</", "a</", "a", 0),
    ("<p title='>'>a", "a", "a", 13), ("<!-->a", "a", "a", 5), ("a<br><br>b", "a\n\nb", "b", 9),
    ("<?xml version='1.0'?><script src='x'/><p>a</p>", "a", "a", 41),
  ])
  func oddPages(source: String, expected: String, word: String, at: Int) throws {
    let prose = try prose(source)
    #expect(prose.string == expected)
    let range = try #require(find(word, in: prose.text))
    #expect(prose.map.source(of: range).start == at)
  }

  /// gumbo lets such numbers overflow, to "A" or to bytes that are no UTF-8.
  @Test(arguments: [
    "&#x110000;", "&#x1100DDDDDDDD", "&#x100000041;", "&#4294967361;", "&#2147483713;",
    "&#x00000000FFFFFFFFF;",
  ])
  func numbersBeyondUnicode(reference: String) throws {
    let page = try prose("<p title='\(reference)'>some \(reference) words &#x000000041;</p>")
    #expect(page.string == "some \u{FFFD} words A")
  }

  /// Pages nested a hundred thousand deep take no square time and no deep stack.
  @Test(arguments: ["div", "b", "span", "blockquote", "ul", "custom-x"])
  func deepPages(name: String) throws {
    let count = 100_000
    let open = String(repeating: "<\(name)>", count: count)
    let close = String(repeating: "</\(name)>", count: count)
    #expect(try prose("<p>a</p>" + open + "deep" + close + "<p>z</p>").string == "a\n\ndeep\n\nz")
    #expect(try prose(open + "deep").string == "deep")
  }

  /// Nesting that hides behind odd attributes and raw text is found all the same.
  @Test(arguments: [
    "<a =\">", "<a b=\"x\"\">", "<svg><title>", "<script>x<y c=\"</script>", "<title>", "<p a='",
    "<!--",
    "<a b = 'c>", "</a b=\">\">", "<xmp>",
  ])
  func hiddenDepths(prefix: String) throws {
    let open = String(repeating: "<div>", count: 60_000)
    for end in ["", "\">", "'>", "</script>", "</title>x", "-->x"] {
      _ = try prose(prefix + open + "deep" + end)
    }
  }

  /// What the standard closes leaves room for what comes after it, however often it comes.
  @Test(arguments: [
    "<svg><path d=x /></svg>", "<svg><g><path d=x></g>", "<a name=x></a>",
    "<table><tr><td><font>a</font><td><b>c</b></table>", "<font><table><tr><td>a</table></font>",
    "<a href=x><div><div>a</div></div></a>", "<h2>a<h3>b</h2>", "<button>a<button>b</button>",
    "<select><option>a<optgroup><option>b</select>", "<select><select>", "<select><input>",
    "<select><textarea></textarea>", "<form><div>a</div></form>", "<ul><li>a<li>b</ul>",
    "<dl><dt>a<dd>b</dl>", "<p>a<div>b</div>", "<ruby>a<rt>b<rt>c</ruby>",
    "<object><b>a</b></object>",
    "<math><mi>a</mi></math>", "<b>a<i>b</b></i>", "<b><div>a</b></div>",
  ])
  func whatIsClosedIsNotDeep(piece: String) throws {
    let end = "<p>wo<b>r</b>d <code>x</code> <a href=y>z</a></p>"
    for start in ["", "<?xml version='1.0'?><i class='y'/>"] {
      let prose = try prose(start + String(repeating: piece, count: 1_000) + end)
      #expect(prose.blockStrings.last == "word x z")
      #expect(prose.spans.suffix(2).map(\.markup) == [.code, .link])
    }
  }

  /// What needs no end tag does not count as nesting.
  @Test func manyParagraphsAreNotDeep() throws {
    let page = (0..<2_000).map { "<p>p\($0) <li>l\($0)" }.joined()
    #expect(try prose(page).blocks.count == 4_000)
  }

  @Test(arguments: [
    Construct(
      "<table><tr><td>One sentence that stands in a cell.</td><td>12</td></tr></table>",
      ["One sentence that stands in a cell."], [.tableCell]),
    Construct(
      "<table><caption>About it.</caption><tr><td><p>In a cell.</p></td></tr></table>",
      ["About it.", "In a cell."], [.caption, .paragraph]),
    Construct(
      "<p>Click <img src=x alt=\"the gear &amp; wheel\"> twice.</p>",
      ["Click the gear & wheel twice."]),
    Construct(
      "<figure><img alt=Alone src=x><figcaption>The caption.</figcaption></figure>",
      ["Alone", "The caption."], [.caption, .caption]),
    Construct(
      "<div class=\"admonition note\">In a box.</div>", ["In a box."], [.admonition]),
    Construct(
      "<ul><li><a href=x>One</a></li><li><a href=y>Two</a>, too</li></ul>",
      ["One", "Two, too"], [.linkList, .listItem]),
    Construct("<p><code>ls</code></p>", ["ls"], [.code]),
  ])
  func constructs(construct: Construct) throws { try construct.check(.html) }

  /// An element that nothing closes goes on in all paragraphs to come, and takes none of their words or edges.
  @Test func formattingThatIsNeverClosed() throws {
    let page = "<p><code>a<p>" + (0..<2000).map { "<p>paragraph \($0) of the page</p>" }.joined()
    let blocks = try prose(page).blockStrings
    #expect(blocks.count == 2001)
    #expect(blocks.last == "paragraph 1999 of the page")
  }

  /// Where sixteen of them go on, paragraphs as short as a word run together in the end; no word is lost.
  @Test func tooMuchFormattingThatIsNeverClosed() throws {
    let open = (0..<16).map { "<b id=x\($0)>" }.joined()
    let text = try prose("<p>" + open + "a" + String(repeating: "<p>b", count: 5000)).string
    #expect(text.filter { $0 == "b" }.count == 5000)
  }

  /// Of thousands of body tags the words between them stay.
  @Test func manyBodies() throws {
    let page = (0..<100).map { "<body id=b\($0)><p>part \($0)</p>" }.joined()
    #expect(try prose(page).blockStrings == (0..<100).map { "part \($0)" })
  }
}
