// The main text of a page: what its readers came for, without what surrounds it.
//
// A page of the web is mostly navigation, teasers, notices and footers. `MainText` takes the text out
// of the tree that browsers would make, by what stands in it: how much running text, how much of it
// in links, and what elements, roles, classes and ids call themselves. `HTMLReader` is for pages
// that somebody wrote and wants checked, and leaves out only what is no prose; this is for pages as
// a crawler met them.

package import RefrainModel

/// The main text of one page.
package struct MainText: Sendable {
  /// A stretch of the text that stands by itself.
  package struct Block: Hashable, Sendable {
    package var kind: BlockKind
    /// Its bytes in `text`, never empty, without white space at either end.
    package var range: ByteRange
    /// From its first to its last byte in the page's UTF-8; a table may hand text to what is before
    /// it, so the sources of two blocks may overlap.
    package var source: ByteRange
  }

  /// A part of the page that was left out.
  package struct Part: Hashable, Sendable {
    package var name: PagePart
    /// From its first to its last text in the page's UTF-8.
    package var source: ByteRange
    /// Its bytes of text, white space not counted.
    package var ink: Int
  }

  /// The text in UTF-8: blocks are joined by a blank line, and the cells of a row by a tab.
  package private(set) var text: [UInt8] = []
  /// In the order of the tree, without overlap in `text`.
  package private(set) var blocks: [Block] = []
  /// What was left out by name, by place.
  package private(set) var boilerplate: [Part] = []

  /// Takes the main text out of a page.
  ///
  /// A page in which nothing stands out is all main text, but for what its elements call navigation
  /// and the like. O(bytes): the tree is at most 512 levels deep, and each node is looked at a fixed
  /// number of times.
  /// - Parameter page: a page of any bytes.
  /// - Parameter charset: the encoding that its server names, if it does.
  package static func extract(_ page: [UInt8], charset: String? = nil) -> MainText {
    extract(PageText(page, charset: charset))
  }

  /// Takes the main text out of a page that is decoded already.
  package static func extract(_ page: PageText) -> MainText {
    let prepared = HTMLPreparation.prepare(page.utf8, from: page.start)
    var tree = PageTree()
    UnsafeHTMLParser.parse(prepared, from: page.start, into: &tree)
    var choice = MainTextChoice(tree)
    choice.decide()
    var result = MainText()
    result.boilerplate = choice.parts
    result.append(choice, tree)
    return result
  }

  /// Puts the chosen leaves together, block by block.
  private mutating func append(_ choice: MainTextChoice, _ tree: PageTree) {
    var open: (stretch: Int, block: OpenBlock)?
    var row: Int?
    for (index, leaf) in tree.leaves.enumerated() where choice.isChosen(index) {
      if let current = open, current.stretch != leaf.stretch {
        close(current.block, &row)
        open = nil
      }
      var (_, block) = open ?? (0, OpenBlock(tree, leaf.element))
      block.append(tree.text(of: leaf), leaf.source)
      open = (leaf.stretch, block)
    }
    if let open { close(open.block, &row) }
  }

  /// Ends a block; `row` is the row of the table that the last one is a cell of.
  private mutating func close(_ block: OpenBlock, _ row: inout Int?) {
    let ink = block.trimmed
    guard let source = block.source, !ink.isEmpty else { return }
    if !text.isEmpty { text += row != nil && block.row == row ? "\t".utf8 : "\n\n".utf8 }
    row = block.row
    let start = text.count
    text += ink
    blocks.append(Block(kind: block.kind, range: ByteRange(start, text.count), source: source))
  }
}

/// A block that is being put together.
private struct OpenBlock {
  let kind: BlockKind
  /// The row that it is a whole cell of.
  let row: Int?
  private let isVerbatim: Bool
  private(set) var bytes: [UInt8] = []
  private(set) var source: ByteRange?

  /// A block whose first text stands in `element`.
  init(_ tree: PageTree, _ element: Int) {
    let holder = tree.elements[element].holder
    kind = tree.elements[holder].kind
    isVerbatim = kind == .code
    row = kind == .tableCell ? tree.elements[holder].parent : nil
  }

  /// Adds a text; runs of white space become one space, but in what is set as it is written.
  mutating func append(_ text: ArraySlice<UInt8>, _ range: ByteRange) {
    if text.contains(where: { !$0.isWhiteSpace }) { source = source?.union(range) ?? range }
    if text.first == PageTree.lineBreak {
      if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
      return bytes.append(UInt8(ascii: "\n"))
    }
    if isVerbatim { return bytes += text }
    for byte in text {
      if !byte.isWhiteSpace {
        bytes.append(byte)
      } else if let last = bytes.last, !last.isWhiteSpace {
        bytes.append(UInt8(ascii: " "))
      }
    }
  }

  /// Its bytes without white space at either end.
  var trimmed: ArraySlice<UInt8> {
    let ink = bytes.drop(while: \.isWhiteSpace)
    let end = ink.lastIndex { !$0.isWhiteSpace }.map { $0 + 1 } ?? ink.startIndex
    return ink[..<end]
  }
}
