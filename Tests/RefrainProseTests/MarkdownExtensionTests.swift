// What generators of sites add to Markdown, construct by construct.

import RefrainModel
import RefrainProse
import Testing

struct MarkdownExtensionTests {
  @Test(arguments: [
    Construct(
      "!!! note\n    Body of it.\n", ["Body of it."], [.admonition]),
    Construct(
      "!!! warning \"A titlé\"\n\n    First 👍 body.\n\n    Second one.\n\nAfter.",
      ["A titlé", "First 👍 body.", "Second one.", "After."],
      [.heading, .admonition, .admonition, .paragraph]),
    Construct("??? tip\n    Folded.\n\n??? tip \"T\"\n    Again.\n", ["Folded.", "T", "Again."]),
    Construct("???+ info inline end\n    Open.\n", ["Open."], [.admonition]),
    Construct(
      "!!! note\n\n    - item one\n    - item two\n\n    Text.\n\n        code\n",
      ["item one", "item two", "Text."],
      [.listItem, .listItem, .admonition]),
    Construct(
      "!!! note\n\n    Outer.\n\n    !!! tip\n\n        Inner.\n\nOut.",
      ["Outer.", "Inner.", "Out."],
      [.admonition, .admonition, .paragraph]),
    Construct(
      "=== \"Linux\"\n\n    Use apt.\n\n=== \"Mac\"\n\n    Use brew.\n\nBoth.",
      ["Linux", "Use apt.", "Mac", "Use brew.", "Both."],
      [.heading, .paragraph, .heading, .paragraph, .paragraph]),
    Construct("Title\n===\n\nText.", ["Title", "Text."], [.heading, .paragraph]),
    Construct(
      "What!!! note this\n\n!!! Not \"closed\n    so.",
      ["What!!! note this", "!!! Not \"closed\nso."]),
  ])
  func bodiesByIndentation(construct: Construct) throws { try construct.check(.markdown) }

  @Test(arguments: [
    Construct(":::note\nIn it.\n:::\nAfter.", ["In it.", "After."], [.admonition, .paragraph]),
    Construct(
      ":::tip[Its title]\n\nIn it.\n\n:::\n", ["Its title", "In it."], [.heading, .admonition]),
    Construct("::: warning Mind this\nIn it.\n:::\n", ["Mind this", "In it."]),
    Construct(
      "::: {.callout-note title=\"x\"}\nIn it.\n:::\n", ["In it."], [.admonition]),
    Construct("::: {.column width=50%}\nIn it.\n:::\n", ["In it."], [.paragraph]),
    Construct(
      "::::tip\nOuter.\n:::note\nInner.\n:::\n::::\nOut.", ["Outer.", "Inner.", "Out."],
      [.admonition, .admonition, .paragraph]),
    Construct("Never ::: closed.\n\n:::note\n\nSo.", ["Never ::: closed.", "So."]),
  ])
  func containers(construct: Construct) throws { try construct.check(.markdown) }

  @Test(arguments: [
    Construct(
      "```{note} The title\n:class: dropdown\n\nBody with [a link](x).\n```\nAfter.",
      ["The title", "Body with a link.", "After."], [.heading, .admonition, .paragraph]),
    Construct("```{code-block} python\nx = 1\n```\n\n```{mermaid}\na-->b\n```\n", []),
    Construct(
      "````{tip}\nOuter.\n```{note}\nInner.\n```\n```python\ncode\n```\n````\nOut.",
      ["Outer.", "Inner.", "Out."], [.admonition, .admonition, .paragraph]),
    Construct(
      ":::{figure} a.png\n:alt: x\nThe caption.\n:::\n", ["The caption."], [.caption]),
    Construct(":::{tab-item} One\nIn a tab.\n:::", ["One", "In a tab."], [.heading, .paragraph]),
    Construct("(target)=\n# Heading\n\nSee {ref}`words` there.", ["Heading", "See words there."]),
  ])
  func directives(construct: Construct) throws { try construct.check(.markdown) }

  @Test(arguments: [
    Construct("# Heading {#id .x}\n\nText.\n{: .note}", ["Heading", "Text."]),
    Construct("* TOC\n{:toc}\n\nA [link](x){: .btn} here.", ["TOC", "A link here."]),
    Construct("A set {1, 2} and {.NET is} and {a: b}.", ["A set {1, 2} and {.NET is} and {a: b}."]),
    Construct(
      "Claim.[^1] More.\n\n[^1]: The note.\n\n    Its second part.\n",
      ["Claim. More.", "The note.", "Its second part."], [.paragraph, .paragraph, .paragraph]),
    Construct("> [!tip]- With a title\n> Body.", ["With a title\nBody."], [.admonition]),
    Construct("Code `{#id}` stays.", ["Code {#id} stays."]),
    Construct(
      "## Title { #id .x }\n\n[A link](x){ data-preview } here.", ["Title", "A link here."]),
    Construct(
      "Term\n\n:   Its definition.\n\n    More of it.\n",
      ["Term", "Its definition.", "More of it."],
      [.paragraph, .listItem, .listItem]),
    Construct(
      "A :smile: and :octicons-arrow-right-24: icon at 10:30:45, a::b:: and `x`:y: too.",
      ["A and icon at 10:30:45, a::b:: and x:y: too."]),
  ])
  func attributesAndFootnotes(construct: Construct) throws { try construct.check(.markdown) }

  @Test(arguments: [
    Construct(
      "| Name | What |\n|---|---|\n| a | One two three four five. |\n",
      ["One two three four five."],
      [.tableCell]),
    Construct(
      "![A picture of it](x.png)\n\nSee ![it](y.png) there.", ["A picture of it", "See it there."],
      [.caption, .paragraph]),
    Construct("- [One](a)\n- [Two](b), too\n", ["One", "Two, too"], [.linkList, .listItem]),
    Construct(
      "`only code`\n\nSome `code` here.", ["only code", "Some code here."], [.code, .paragraph]),
    Construct("# [Linked](x)\n", ["Linked"], [.heading]),
  ])
  func kinds(construct: Construct) throws { try construct.check(.markdown) }

  @Test func inlineMarkupIsKnown() throws {
    let prose = try Prose(
      Array("See [the `run` page](x) and `walk`, ![a cat](y).".utf8), format: .markdown, path: "x")
    let spans = prose.spans.map { span in
      (String(decoding: prose.text[span.range.start..<span.range.end], as: UTF8.self), span.markup)
    }
    #expect(spans.map(\.0) == ["the ", "run", " page", "walk", "a cat"])
    #expect(spans.map(\.1) == [.link, [.link, .code], .link, .code, .image])
  }

  @Test(arguments: [
    Construct(
      "import Tabs from 'x';\nimport {\n  A,\n} from 'y';\n\nexport const m = {\n  a: 1,\n\n  b: 2,\n};\n\nText.",
      ["Text."]),
    Construct("# Title {props.x}\n\nIt is {count} times.", ["Title", "It is times."]),
    Construct("{/* a comment\nover lines */}\n\nText.", ["Text."]),
    Construct(
      "<Tabs>\n  <TabItem value=\"a\">\n\n    Deep text.\n\n  </TabItem>\n</Tabs>\n",
      ["Deep text."],
      [.paragraph]),
    Construct("<Card title=\"x\" run={() => { return \"}\" }}>\nIn it.\n</Card>", ["In it."]),
    Construct("Some <b>bold</b>ness and <Icon name=\"x\" /> more.", ["Some boldness and more."]),
    Construct("<>\nFragment text.\n</>\n", ["Fragment text."]),
    Construct("<CodeBlock>\nnot prose\n</CodeBlock>\n\nText.", ["Text."]),
    Construct("```js\nconst a = {\n```\n\nText `{ code }` stays.", ["Text { code } stays."]),
    Construct("Don't {x} and can't {y} stop.", ["Don't and can't stop."]),
    Construct("One { brace, 1 < 2 and 3 > 2.", ["One { brace, 1 < 2 and 3 > 2."]),
    Construct("---\ntitle: x\n---\n\n:::note\nText.\n:::\n", ["Text."], [.admonition]),
  ])
  func jsx(construct: Construct) throws { try construct.check(.mdx) }
}
