// reStructuredText: blocks and inline markup, every word found again at its bytes on disk.

import RefrainModel
import RefrainProse
import Testing

struct RestructuredProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .restructuredText, path: "test.rst")
    prose.checkInvariants(source: bytes)
    return prose
  }

  private static let page = """
    .. _top:

    =========
    The title
    =========

    :Author: Not prose
    :Date: 2020

    A *short* paragraph with ``code(x)``, a `link <http://x.example>`_,
    a :ref:`role <target>`, a `phrase reference`_ and word_ [1]_.

    Section
    -------

    .. a comment
       of two lines

    - item one
      goes on

      its second paragraph
    - item two

      1. nested

    term
      The definition.

        A quotation in it.

    Code follows::

      not prose

    .. note:: Mind
       the gap.

       And more.

    .. code-block:: python
       :linenos:

       not = prose

    .. |name| replace:: not prose

    +---+---+
    | a | b |
    +---+---+

    ===  ===
    a    b
    ===  ===
    c    d
    ===  ===

    .. [1] The footnote.

    >>> doctest()
    1

    | A line
    | block

    :param x: What x is.

    Last \\*words\\* and |name|.
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
        "A short paragraph with code(x), a link,\na role, a phrase reference and word .",
        "Section", "item one\ngoes on", "its second paragraph", "item two", "nested", "term",
        "The definition.", "A quotation in it.", "Code follows:", "Mind\nthe gap.", "And more.",
        "The footnote.", "A line\n block", "What x is.", "Last *words* and not prose.",
      ])
    #expect(
      prose.blocks.map(\.kind) == [
        .heading, .paragraph, .heading, .listItem, .listItem, .listItem, .listItem, .listItem,
        .listItem, .quotation, .paragraph, .admonition, .admonition, .paragraph, .paragraph,
        .listItem, .paragraph,
      ])
    var textAt = 0
    var sourceAt = 0
    let words = [
      ("title", "title"), ("short", "short"), ("code(x)", "code(x)"), ("link", "link"),
      ("role", "role <"), ("phrase", "phrase"), ("item two", "item two"), ("nested", "nested"),
      ("definition", "definition"), ("the gap", "the gap"), ("footnote", "footnote"),
      ("block", "block"), ("What x", "What x"), ("*words*", "*words\\*"), ("not prose", "|name|"),
    ]
    for (word, written) in words {
      let range = try #require(find(word, in: prose.text, from: textAt), "\(word)")
      let place = prose.map.source(of: range)
      let expected = try #require(find(written, in: bytes, from: place.start), "\(written)")
      #expect(place.start == expected.start, "\(word)")
      #expect(place.start > sourceAt)
      textAt = range.end
      sourceAt = place.start
    }
  }

  @Test(arguments: [
    ("**strong**ly", "**strong**ly"), ("**strong** *em*", "strong em"), ("2 * 3 * 4", "2 * 3 * 4"),
    ("*a b* c*", "a b c*"), ("``a`b``", "a`b"), ("``a``b", "ab"), ("`a`", "a"), ("`a", "`a"),
    (":func:`~os.path`", "os.path"), ("`x`:sup:", "x"), ("a:b:c", "a:b:c"),
    ("snake_case", "snake_case"),
    ("anon__ x", "anon x"), ("`l <u>`__", "l"), ("|sub|_ x", "sub x"), ("[#a]_ x", "x"),
    ("a\\ b \\\\", "ab \\"), ("_`target` x", "target x"), ("([1]_)", "()"), ("a | b", "a | b"),
    ("http://a.example/b_c", "http://a.example/b_c"), ("\\", ""), ("*a\nb* c", "a\nb c"),
    ("x ::\n\n  code\n\ny", "x\n\ny"), ("::\n\n  code\n\ny", "y"),
    ("a::\n\n> q\n> r\n\ny", "a:\n\ny"),
    ("..\n\n  quoted", ""), ("T\n=\n\nx", "T\n\nx"), ("----\n\nx", "x"), ("1) a\n2) b", "a\n\nb"),
    ("(i) a", "a"), ("A. b", "b"), ("x\n\n====\n\ny", "x\n\ny"), (".. epigraph::\n\n   q", "q"),
    (".. image:: a.png\n   :alt: no\n\nx", "no\n\nx"), (".. tip::\n   :class: c\n\n   b", "b"),
    ("", ""),
    ("é\n=\n", "é"), ("-\n\n- a", "a"), ("* *em* x", "em x"),
  ])
  func markup(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }
}
