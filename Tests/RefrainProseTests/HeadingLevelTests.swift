// How deep headings lie and where listings were, in each format that says so.

import RefrainModel
import RefrainProse
import Testing

struct HeadingLevelTests {
  /// The same page in every format: a title, a part with a listing, an entry below it, another part.
  private static let pages: [(TextFormat, String)] = [
    (
      .markdown,
      "# Hive\n\nText.\n\nParts\n-----\n\nText.\n\n```\ncode\n```\n\n### `entry`\n\nText.\n\n## End\n"
    ),
    (
      .asciiDoc,
      "= Hive\n\nText.\n\n== Parts\n\nText.\n\n----\ncode\n----\n\n=== `entry`\n\nText.\n\n== End\n"
    ),
    (
      .asciiDoc,
      "Hive\n====\n\nText.\n\nParts\n-----\n\nText.\n\n----\ncode\n----\n\nentry\n~~~~~\n\nText.\n\nEnd of it\n---------\n"
    ),
    (
      .restructuredText,
      "====\nHive\n====\n\nText.\n\nParts\n=====\n\nText::\n\n    code\n\nentry\n-----\n\nText.\n\nEnd\n===\n"
    ),
    (
      .org,
      "* Hive\n\nText.\n\n** Parts\n\nText.\n\n#+begin_src sh\ncode\n#+end_src\n\n*** entry\n\nText.\n\n** End\n"
    ),
    (
      .html,
      "<h1>Hive</h1><p>Text.<h2>Parts</h2><p>Text.<pre>code</pre><h3>entry</h3><p>Text.<h2>End</h2>"
    ),
  ]

  @Test(arguments: pages.indices)
  func headingsSayHowDeepTheyLie(_ index: Int) throws {
    let (format, page) = Self.pages[index]
    let prose = try Prose(Array(page.utf8), format: format, path: "page")
    #expect(prose.blocks.filter { $0.kind == .heading }.map(\.level) == [1, 2, 3, 2], "\(format)")
    #expect(prose.blocks.filter { $0.kind != .heading }.allSatisfy { $0.level == 0 })
    #expect(prose.listings == [4], "\(format)")
    #expect(!prose.string.contains("code"))
    prose.checkInvariants(source: Array(page.utf8))
  }

  @Test func cellsOfANotebookKeepThem() throws {
    let page = ##"""
      {"cells": [
        {"cell_type": "markdown", "source": ["# Hive\n", "\n", "Text."]},
        {"cell_type": "markdown", "source": ["## Parts\n", "\n", "    code\n", "\n", "Text."]}
      ]}
      """##
    let prose = try Prose(Array(page.utf8), format: .notebook, path: "page")
    #expect(prose.blocks.map(\.level) == [1, 0, 2, 0])
    #expect(prose.listings == [3])
  }

  @Test func aPageWithoutHeadingsHasNoLevels() throws {
    let prose = try Prose(Array("Text.\n\nMore text.\n".utf8), format: .plain, path: "page")
    #expect(prose.blocks.allSatisfy { $0.level == 0 } && prose.listings.isEmpty)
  }
}
