// Templates, front matter, conflict markers and licence headers: no prose, in whatever format they stand.

import RefrainModel
import RefrainProse
import Testing

struct TemplateMarkupTests {
  @Test(arguments: [
    Construct("{% include toc.html %}\n\nText {{ page.title }} here.", ["Text here."]),
    Construct("{%- if x -%}\nOne.\n{%- endif -%}\nTwo{{ x }}three.", ["One.", "Two three."]),
    Construct("A.\n\n{% comment %}\nHidden {{ x }}.\n\n{% endcomment %}\n\nB.", ["A.", "B."]),
    Construct("{% highlight ruby %}\ndef x\nend\n{% endhighlight %}\n\nText.", ["Text."]),
    Construct(
      "{% raw %}Shows {{ braces }} and {% tags %}.{% endraw %} Then {{ x }} out.",
      ["Shows {{ braces }} and {% tags %}. Then out."]),
    Construct("{{< figure src=\"a.png\" >}}\n\nText {{% ref \"b\" %}} here.", ["Text here."]),
    Construct("{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n\nText.", ["Text."]),
    Construct("{{< tip >}}\nIn a shortcode.\n{{< /tip >}}", ["In a shortcode."]),
    Construct("{{/* a comment */}}\n\n{# another\none #}\n\nText.", ["Text."]),
    Construct("Write `{{ page.title }}` there.", ["Write {{ page.title }} there."]),
    Construct("A { brace {% never closed.", ["A { brace {% never closed."]),
    Construct("A set {{1, 2},\n{3, 4}} stays.", ["A set {{1, 2},\n{3, 4}} stays."]),
  ])
  func inMarkdown(construct: Construct) throws { try construct.check(.markdown) }

  @Test(arguments: [TextFormat.restructuredText, .asciiDoc, .html, .markdown, .mdx, .org])
  func inEveryFormat(format: TextFormat) throws {
    let paragraph = format == .html ? "<p>Text {{ x }} here.</p>" : "Text {{ x }} here."
    for source in [
      "{% include x %}\n\n\(paragraph)", "{{< x >}}\n\n\(paragraph)", "{# x #}\n\n\(paragraph)",
    ] {
      try Construct(source, ["Text here."]).check(format)
    }
  }

  @Test(arguments: TextFormat.allCases.filter { $0 != .notebook })
  func frontMatter(format: TextFormat) throws {
    let text = format == .html ? "<p>Text.</p>" : "Text."
    for front in [
      "---\ntitle: Words of a title\ntags: [a]\n---\n", "+++\ntitle = \"Words\"\n+++\n",
      "{\n  \"title\": \"Words\"\n}\n", "---\n# a comment\nlayout: x\n...\n",
    ] {
      try Construct(front + "\n" + text, ["Text."]).check(format)
    }
  }

  @Test(arguments: TextFormat.allCases.filter { $0 != .notebook })
  func conflictMarkers(format: TextFormat) throws {
    let (one, two) = format == .html ? ("<p>Ours.</p>", "<p>Theirs.</p>") : ("Ours.", "Theirs.")
    try Construct(
      "<<<<<<< HEAD\n\(one)\n||||||| base\n=======\n\(two)\n>>>>>>> branch\n", ["Ours.", "Theirs."]
    ).check(format)
  }

  @Test func whatIsNoConflict() throws {
    try Construct("Title\n=======\n\nText.", ["Title", "Text."], [.heading, .paragraph])
      .check(.markdown)
    try Construct("<<<<<<< HEAD\n\nText.", ["<<<<<<< HEAD", "Text."]).check(.plain)
  }

  @Test(arguments: TextFormat.allCases.filter { $0 != .notebook })
  func licenceHeaders(format: TextFormat) throws {
    let text = format == .html ? "<p>Text.</p>" : "Text."
    for header in [
      "// Copyright 2024 Somebody\n// All rights reserved\n", "/*\n * Licensed to nobody\n */\n",
      "# Licensed under the X License\n#\n# See there\n",
    ] {
      try Construct(header + "\n" + text, ["Text."]).check(format)
    }
  }

  @Test func aHeadingIsNoLicenceHeader() throws {
    try Construct("# Copyright\n\nText.", ["Copyright", "Text."]).check(.markdown)
    try Construct("* one\n* two\n", ["one", "two"]).check(.markdown)
  }
}
