// Directives, roles and substitutions of reStructuredText, by construct.

import RefrainModel
import RefrainProse
import Testing

extension Prose {
  /// The blocks, each with its kind before it.
  var outline: [String] {
    zip(blocks, blockStrings).map { "\($0.kind.rawValue): \($1)" }
  }

  /// The spans, each with what it is before it.
  var spanStrings: [String] {
    spans.map { span in
      let names = [(InlineMarkup.code, "code"), (.link, "link")]
      let markup = names.filter { span.markup.contains($0.0) }.map(\.1).joined(separator: "+")
      return
        "\(markup): \(String(decoding: text[span.range.start..<span.range.end], as: UTF8.self))"
    }
  }
}

struct RestructuredDirectiveTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .restructuredText, path: "test.rst")
    prose.checkInvariants(source: bytes)
    return prose
  }

  @Test(arguments: [
    (".. only:: html\n\n   Body text.", ["paragraph: Body text."]),
    (".. tabs::\n\n   .. tab:: One\n\n      In it.", ["heading: One", "paragraph: In it."]),
    (
      ".. tab-set::\n\n   .. tab-item:: Two\n      :sync: k\n\n      In it.",
      ["heading: Two", "paragraph: In it."]
    ),
    (".. dropdown:: More\n   :open:\n\n   Body.", ["heading: More", "paragraph: Body."]),
    (
      ".. grid:: 2\n\n   .. grid-item-card:: Card\n      :link: x\n\n      Text.",
      ["heading: Card", "paragraph: Text."]
    ),
    (
      ".. glossary::\n   :sorted:\n\n   one\n   two\n      Both of them.\n\n   three\n      It.",
      [
        "listItem: one", "listItem: two", "listItem: Both of them.", "listItem: three",
        "listItem: It.",
      ]
    ),
    (".. versionadded:: 3.2 The thing\n   that came.", ["paragraph: The thing\nthat came."]),
    (".. versionchanged:: 3.2\n   It changed.", ["paragraph: It changed."]),
    (".. deprecated:: 1.0", []),
    (
      ".. figure:: a.png\n   :alt: no\n\n   The caption.\n\n   The legend.",
      ["caption: The caption.", "caption: The legend."]
    ),
    (".. image:: a.png\n   :alt: What it\n     shows\n   :width: 1", ["caption: What it\nshows"]),
    (
      ".. list-table:: The title\n   :header-rows: 1\n\n   * - one two three four five\n     - no\n"
        + "   * - five four three two one",
      [
        "caption: The title", "tableCell: one two three four five",
        "tableCell: five four three two one",
      ]
    ),
    (
      ".. csv-table:: The title\n   :header: a, b\n\n   not, prose\n\nx",
      ["caption: The title", "paragraph: x"]
    ),
    (
      ".. table:: The title\n\n   ===  ===\n   a    b\n   ===  ===\n\nx",
      ["caption: The title", "paragraph: x"]
    ),
    (
      ".. py:function:: f(a)\n              f(a, b)\n   :module: m\n\n   Does it.\n\n   :param a: What a is.",
      ["paragraph: Does it.", "listItem: What a is."]
    ),
    (
      ".. class:: C\n\n   A class.\n\n   .. method:: m()\n\n      A method.",
      ["paragraph: A class.", "paragraph: A method."]
    ),
    (".. c:function:: int f(void)\n\n   Does it.", ["paragraph: Does it."]),
    (".. option:: -v\n\n   Says more.", ["paragraph: Says more."]),
    (".. confval:: name\n   :type: int\n\n   Sets it.", ["paragraph: Sets it."]),
    (".. envvar:: HOME\n\n   Where.", ["paragraph: Where."]),
    (".. describe:: x\n\n   It.", ["paragraph: It."]),
    (".. code-block:: c\n\n   not prose", []), (".. raw:: html\n\n   <p>no", []),
    (".. toctree::\n\n   no/page", []), (".. math:: a+b", []),
    (
      ".. note:: Mind\n   the gap.\n   :class: c\n\n   * item\n\n   More.",
      ["admonition: Mind\nthe gap.", "listItem: item", "admonition: More."]
    ),
    (
      ".. admonition:: Title\n   :class: c\n\n   Body.", ["admonition: Title", "admonition: Body."]
    ),
    (".. epigraph::\n\n   Words.\n\n   * more", ["quotation: Words.", "quotation: more"]),
    (".. topic:: Title\n\n   Body.", ["heading: Title", "paragraph: Body."]),
    (".. rubric:: Title\n\nx", ["heading: Title", "paragraph: x"]),
    (
      ".. meta::\n   :description: What the page\n      says.\n   :keywords: no",
      ["metadata: What the page\nsays."]
    ),
    (
      ".. custom:: arg\n\n   This reads like a sentence.\n\n   And this is, too.",
      ["paragraph: This reads like a sentence.", "paragraph: And this is, too."]
    ),
    (".. custom:: arg\n\n   a = {1}\n   b = 2\n\nx", ["paragraph: x"]),
    (".. custom::\n.. custom::\n\nx", ["paragraph: x"]),
  ])
  func directives(source: String, expected: [String]) throws {
    #expect(try prose(source).outline == expected)
  }

  @Test(arguments: [
    (
      "A paragraph:\n\n   * one\n   * two\n\n     more\n\n   after",
      [
        "paragraph: A paragraph:", "listItem: one", "listItem: two", "listItem: more",
        "paragraph: after",
      ]
    ),
    ("A paragraph:\n\n   1. one", ["paragraph: A paragraph:", "listItem: one"]),
    (
      "A paragraph:\n\n   Quoted.\n\n   * one",
      ["paragraph: A paragraph:", "quotation: Quoted.", "quotation: one"]
    ),
    ("term\n  Its text.\n\n  More.", ["listItem: term", "listItem: Its text.", "listItem: More."]),
    ("x\n\n:param a: It\n   goes on.", ["paragraph: x", "listItem: It\ngoes on."]),
    (
      "x\n\n-f FILE, --file=FILE  The file\n                      to read.",
      ["paragraph: x", "listItem: The file\nto read."]
    ),
    (".. [1] The note.", ["paragraph: The note."]),
    ("``code``", ["code: code"]), ("* `a`_\n* :ref:`b <c>`", ["linkList: a", "linkList: b"]),
  ])
  func kinds(source: String, expected: [String]) throws {
    #expect(try prose(source).outline == expected)
  }

  @Test(arguments: [
    ("a ``b c`` d", ["code: b c"]), ("a :code:`b` d", ["code: b"]),
    ("a :func:`~os.path` d", ["code+link: os.path"]),
    ("a :py:class:`b` :c:func:`d` e", ["code+link: b", "code+link: d"]),
    ("a :ref:`b <c>` d", ["link: b"]), ("a `b <c>`_ d", ["link: b"]), ("a b_ d", ["link: b"]),
    ("a :doc:`b` :term:`c`", ["link: b", "link: c"]), ("a `b` :sup:`c`", []),
    ("a b-c.d__ e", ["link: b-c.d"]), ("a *b* **c**", []), ("a |b|_ c", ["link: b"]),
  ])
  func spans(source: String, expected: [String]) throws {
    #expect(try prose(source).spanStrings == expected)
  }

  @Test(arguments: [
    (".. |a| replace:: the *text*\n   goes on\n\nx |a| y", "x the text goes on y"),
    ("x |A b| y\n\n.. |a b| replace:: z", "x z y"), ("x |none| y", "x none y"),
    (".. |c| unicode:: U+00A9 .. sign\n\n|c| x", "© x"),
    (".. |i| image:: a.png\n   :alt: seen\n\nx |i|", "x seen"),
    (".. |d| date::\n\nx |d|", "x d"), ("x :raw-html:`<br>` y", "x  y"),
    ("x |a|\n\n.. |a| replace:: ", "x"),
  ])
  func substitutions(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }

  @Test func aSubstitutionStandsWhereItsNameDoes() throws {
    let source = "é 😀 |a| z\n\n.. |a| replace:: two words\n"
    let prose = try prose(source)
    let word = try #require(find("words", in: prose.text))
    let place = LineIndex(Array(source.utf8)).place(of: prose.map.source(of: word).start)
    #expect(place == Place(byte: 8, line: 1, column: 5, utf16Column: 6, byteColumn: 9))
    let next = try #require(find("z", in: prose.text))
    #expect(prose.map.source(of: next) == ByteRange(12, 13))
  }

  @Test func aTextIsNotPutForItsNameWithoutEnd() throws {
    let source =
      ".. |a| replace:: \(String(repeating: "x", count: 1_000))\n\n"
      + String(repeating: "|a| ", count: 10_000)
    #expect(try prose(source).text.count < 200_000)
  }
}
