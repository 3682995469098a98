// What the directives of reStructuredText make of their arguments and bodies: those of docutils and
// Sphinx, and of the extensions for tabs and cards.

import RefrainModel

/// How a directive is read.
///
/// A kind of nil is that of the text around it.
enum RestructuredDirective: Hashable {
  /// Nothing of it is prose.
  case silent
  /// What stands behind its name is the first line of its body.
  case body(ProseBlock.Kind?)
  /// A title stands behind its name, a body below.
  case titled(ProseBlock.Kind, body: ProseBlock.Kind?)
  /// A version stands behind its name, then as in `body`.
  case versioned
  /// What stands behind its name is no prose, what stands below is.
  case container(ProseBlock.Kind?)
  /// As `container`, with one signature a line.
  case object
  /// A picture, of which the description is read.
  case image
  /// Terms of which several may have one definition.
  case glossary
  /// A list of lists whose items are cells.
  case listTable
  /// A table of which nothing but the title is read.
  case table
  /// Fields about the page.
  case meta
  /// Any other, which is read where it looks like prose.
  case unknown

  init(name: ArraySlice<UInt8>) {
    if let known = Self.known[name.lowercased] {
      self = known
    } else if name.contains(UInt8(ascii: ":")) || name.begins(with: "auto") {
      // Names with a colon belong to a domain, which describes parts of programs.
      self = .object
    } else {
      self = .unknown
    }
  }

  private static let known: [String: RestructuredDirective] = {
    var known: [String: RestructuredDirective] = [:]
    func add(_ directive: RestructuredDirective, _ names: String) {
      for name in names.split(separator: " ") { known[String(name)] = directive }
    }
    add(
      .silent,
      """
      acks-list alert-code argparse autosummary blockdiag button-link button-ref c:alias c:namespace \
      c:namespace-pop c:namespace-push click code code-block code-tab codeauthor command-output \
      contents cpp:alias cpp:namespace cpp:namespace-pop cpp:namespace-push csv-include \
      currentmodule default-domain default-intersphinx default-role digraph ditaa doctest doxygenclass \
      doxygenfile doxygenfunction exec footer graph graphviz gtest header highlight \
      highlightlang include index inheritance-diagram ipython jupyter-execute link literalinclude math mermaid \
      moduleauthor nbgallery nblinkgallery needtable parsed-literal plantuml plot \
      productionlist program-output prompt program py:currentmodule pyqtgraph raw role rst:currentmodule \
      section-numbering sectionauthor sectnum sourcecode tab-set-code tabularcolumns target-notes \
      terminal testcleanup testcode testoutput testsetup title toctree typer uml
      """)
    add(
      .body(.admonition),
      """
      attention caution danger error hint important note seealso tip todo warning see-also
      """)
    add(.body(.quotation), "epigraph highlights pull-quote")
    add(.body(nil), "centered impl-detail")
    add(.titled(.admonition, body: .admonition), "admonition")
    add(
      .titled(.heading, body: nil),
      """
      card collapse details dropdown example grid-item-card group-tab md-tab-item rubric sidebar tab \
      tab-item toggle topic
      """)
    add(
      .versioned,
      """
      deprecated deprecated-removed version-added version-changed version-deprecated version-removed \
      versionadded versionchanged versionremoved soft-deprecated
      """)
    add(
      .container(nil),
      """
      acks availability card-carousel class compound cond container cssclass div figure-md grid \
      grid-item grid-row hlist ifconfig line-block md-tab-set only panels rst-class tab-set tabs
      """)
    add(.container(.caption), "figure")
    add(
      .object,
      """
      attribute classmethod cmdoption confval data decorator decoratormethod describe envvar event \
      exception fixture function globalvar hook macro member method module object opcode option \
      pdbcommand property setting staticmethod struct type var
      """)
    add(.image, "image thumbnail")
    add(.glossary, "glossary")
    add(.listTable, "list-table")
    add(.table, "csv-table table flat-table")
    add(.meta, "meta")
    return known
  }()
}
