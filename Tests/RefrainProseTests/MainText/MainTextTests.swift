// The main text of pages: what goes and by which name, what stays, and what hostile pages cost.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct MainTextTests {
  private static let first =
    "The council voted on Tuesday to reopen the bridge, which had been closed since a barge struck it."
  private static let second =
    "Engineers who inspected the piers in March found no lasting damage to any of the four arches."

  /// An article amid what surrounds articles.
  private static let page = """
    <!DOCTYPE html><html><head><title>Bridge | The Courier</title><style>p { color: red }</style></head>
    <body class="has-sidebar"><div id="cookieNotice">We use cookies to make this site work.</div>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
    <div class="layout"><article><header><h1>Bridge to reopen</h1></header>
    <p>\(first)</p><div class="social-share">Tell your friends</div>
    <h2>What comes next</h2><p>\(second)</p>
    <ul><li>Cars from Monday</li><li>Lorries from June</li></ul>
    <table><tr><th>Arch</th><th>State</th></tr><tr><td>North</td><td>sound</td></tr></table>
    <pre>if open:
      cross()</pre></article>
    <div><h3>Elsewhere</h3><ul><li><a href="/a">A lighthouse is sold to its keeper</a></li>
    <li><a href="/b">The last ferry has left the northern harbour</a></li></ul></div></div>
    <footer>Copyright The Courier, all rights reserved by their holders.</footer>
    <script>var p = "<p>nothing</p>"</script></body></html>
    """

  private func text(_ html: String) -> String {
    String(decoding: MainText.extract(Array(html.utf8)).text, as: UTF8.self)
  }

  @Test func anArticleIsTakenOutOfItsPage() {
    #expect(
      text(Self.page) == """
        Bridge to reopen

        \(Self.first)

        What comes next

        \(Self.second)

        Cars from Monday

        Lorries from June

        Arch\tState

        North\tsound

        if open:
          cross()
        """)
  }

  @Test func whatGoesHasAName() {
    let page = Array(Self.page.utf8)
    let parts = MainText.extract(page).boilerplate
    #expect(parts.map(\.name) == [.cookieNotice, .navigation, .sharing, .footer])
    for (part, text) in zip(parts, ["We use", "Home", "Tell", "Copyright"]) {
      #expect(page[part.source.start...].starts(with: text.utf8))
    }
  }

  @Test func listsOfLinksInTheTextGo() {
    let links = "<ul><li><a href=/a>A lighthouse is sold to its keeper</a></li></ul>"
    let main = MainText.extract(
      Array("<p>\(Self.first)</p>\(links)<p>\(Self.second)</p>".utf8))
    #expect(main.boilerplate.map(\.name) == [.links])
    #expect(String(decoding: main.text, as: UTF8.self) == "\(Self.first)\n\n\(Self.second)")
  }

  @Test func blocksKnowWhatTheyAreAndWhereTheyStood() throws {
    let page = Array(Self.page.utf8)
    let main = MainText.extract(page)
    #expect(
      main.blocks.map(\.kind) == [
        .heading, .paragraph, .heading, .paragraph, .listItem, .listItem, .tableCell, .tableCell,
        .tableCell, .tableCell, .code,
      ])
    for block in main.blocks where block.kind != .code {
      let text = main.text[block.range.start..<block.range.end]
      #expect(Array(text) == Array(page[block.source.start..<block.source.end]))
    }
  }

  @Test func namesDoNotTakeTheTextAway() {
    // A class that calls the text a sidebar, and a page that is all navigation by its elements.
    let long = "<p>\(Self.first)</p><p>\(Self.second)</p>"
    let expected = "\(Self.first)\n\n\(Self.second)"
    #expect(text("<div class='sidebar'>\(long)</div><p>Short</p>") == expected)
    #expect(text("<aside>\(long)</aside>") == expected)
    // Letters in a generated name are no words.
    #expect(text("<div class='text-6ad8'>\(long)</div><div id='x7ads'>\(long)</div>").count > 300)
  }

  @Test func aLeadBeforeTheTextStaysAndWhatFollowsItGoes() {
    let body = (0..<12).map { "<p>\($0): \(Self.second)</p>" }.joined()
    let result = text(
      "<div><p>\(Self.first)</p><p>By us</p></div><div>\(body)</div><div><p>\(Self.first)</p></div>"
    )
    #expect(result.hasPrefix(Self.first + "\n\n0: "))
    #expect(result.hasSuffix("11: " + Self.second))
    #expect(!result.contains("By us"))
  }

  @Test func aPageWithoutLongTextIsTaken() {
    #expect(text("<p>One</p><p>Two<br>lines</p>") == "One\n\nTwo\nlines")
    #expect(text("plain") == "plain")
    #expect(text("") == "")
    #expect(text("<p hidden>x</p><p style='display : none'>y</p>") == "")
  }

  @Test(arguments: [1, 4])
  func hostilePagesAreReadOnce(times: Int) {
    let words = "<p>\(Self.first)</p>"
    let attributes = (0..<20_000 * times).map { "a\($0)=1" }.joined(separator: " ")
    let pages = [
      String(repeating: "<div>", count: 50_000 * times) + words,
      "<div \(attributes)>\(words)</div>",
      "<div class='\(String(repeating: "x ", count: 100_000 * times))'>\(words)</div>",
      String(repeating: "<div class=nav><a href=x>y</a></div>", count: 10_000 * times) + words,
      String(repeating: "<b><i>", count: 20_000 * times) + words,
      String(repeating: "<table>", count: 5_000 * times) + "<tr><td>" + words,
    ]
    for page in pages { #expect(text(page).contains(Self.first)) }
  }

  @Test func anyBytesGiveValidText() {
    var seeded = SeededGenerator(seed: 7)
    let tokens = [
      "<div>", "</div>", "<p>", "</p>", "<table>", "<td>", "</table>", "<pre>", "<br>", "<nav>",
      "</nav>", "<a href=x>", "</a>", "&amp;", "&#x110000;", "word ", "text. ", "<li>", "<select>",
      "\u{0}", "\r\n", "é", "<!--", "-->", "<svg>", "<title>", "<b>", "</i>", "<form>", "<article>",
    ]
    for _ in 0..<400 {
      var page: [UInt8] = []
      for _ in 0..<60 { page += tokens[Int(seeded.next() % UInt64(tokens.count))].utf8 }
      if seeded.next() % 4 == 0 { page.append(0xFF) }
      let main = MainText.extract(page)
      #expect(String(validating: main.text, as: UTF8.self) != nil)
      var end = 0
      for block in main.blocks {
        #expect(block.range.start >= end && !block.range.isEmpty)
        end = block.range.end
        #expect(block.source.end <= PageText(page).utf8.count)
      }
      #expect(end == main.text.count)
    }
  }
}
