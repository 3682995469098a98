// HTML to prose: gumbo makes the tree that browsers would make, this reader takes the main text out
// of it and finds each piece again in the source.
//
// Where a page has a `main`, its text is the prose; where not, all but what surrounds the text:
// navigation, page header, footer, asides, forms, scripts, comments, attributes but for the descriptions
// of pictures. `pre` is code. A quotation is `blockquote`, or `q`, which gets the marks that browsers show.

internal import RefrainModel

/// Gathers the text of a page, then puts it together in the order of the source, for a parser moves
/// text that stands where none may, in a table for instance.
struct HTMLReader: HTMLEvents {
  /// A piece of text or markup that shows, in the block that it is part of.
  private struct Leaf {
    enum Content {
      case text([UInt8])
      case lineBreak
      case separator
      case mark(String)
      case listing
    }
    var content: Content
    var source: ByteRange
    var block: Int
    var kind: ProseBlock.Kind
    var markup: InlineMarkup
    /// How deep the heading lies whose text it is.
    var level = 0
    /// Whether it lies in a `main`.
    var isMain: Bool
  }

  private var leaves: [Leaf] = []
  /// A number of its own for every stretch between two edges of blocks.
  private var block = 0
  /// How many elements of each kind are open.
  private var excluded = 0
  private var quotes = 0
  private var items = 0
  private var headings = 0
  private var level = 0
  private var texts = 0
  private var mains = 0
  private var boxes = 0
  private var captions = 0
  private var code = 0
  private var links = 0
  /// For each open cell, how many paragraphs and the like are open inside it.
  private var cells: [Int] = []

  private init() {}

  /// Takes the prose out of the page that begins at `start`.
  ///
  /// O(bytes), times the depth of nesting for some markup, which is at most
  /// `HTMLOpenElements.deepest`.
  static func read(_ source: MaskedSource) -> Prose {
    var reader = HTMLReader()
    let prepared = HTMLPreparation.prepare(source.masked, from: source.start)
    UnsafeHTMLParser.parse(prepared, from: source.start, into: &reader)
    return reader.prose(source, prepared)
  }

  // MARK: The tree

  mutating func enter(_ element: HTMLElement) { move(over: element, by: 1) }

  mutating func leave(_ element: HTMLElement) { move(over: element, by: -1) }

  private mutating func move(over element: HTMLElement, by step: Int) {
    let kind = element.kind
    var role = HTMLElements.role(of: element)
    if kind.isHeader, texts == 0 { role = .excluded }
    if kind.isText { texts += step }
    if kind.isMain || element.role == "main" { mains += step }
    switch role {
    case .inline: return
    case .code: return code += step
    case .link: return links += step
    case .quotation:
      return add(.mark(step > 0 ? "“" : "”"), step > 0 ? element.startTag : element.endTag)
    case .lineBreak: return add(.lineBreak, step > 0 ? element.startTag : nil)
    case .separator: return step > 0 ? addPicture(element) : ()
    case .excluded:
      if step > 0, kind.isListing { add(.listing, element.startTag) }
      excluded += step
    case .blockquote: quotes += step
    case .heading:
      headings += step
      level = kind.level
    case .listItem: items += step
    case .caption: captions += step
    case .cell: if step > 0 { cells.append(0) } else { _ = cells.popLast() }
    case .block: if element.isBox { boxes += step }
    }
    block += 1
    let isParagraph = kind.isParagraph || role == .heading || role == .listItem
    if isParagraph || role == .blockquote, let last = cells.indices.last { cells[last] += step }
  }

  mutating func text(_ decoded: [UInt8], from source: ByteRange) { add(.text(decoded), source) }

  /// Adds what stands between the words at both sides: the description of a picture, or a space.
  private mutating func addPicture(_ element: HTMLElement) {
    guard let (text, source) = element.alternative, let tag = element.startTag else {
      return add(.separator, element.startTag)
    }
    add(.separator, ByteRange(tag.start, source.start))
    add(.text(text), source, isPicture: true)
    add(.separator, ByteRange(source.end, tag.end))
  }

  private mutating func add(
    _ content: Leaf.Content, _ source: ByteRange?, isPicture: Bool = false
  ) {
    guard let source, excluded == 0 else { return }
    var markup: InlineMarkup = []
    if code > 0 { markup.insert(.code) }
    if links > 0 { markup.insert(.link) }
    if isPicture { markup.insert(.image) }
    leaves.append(
      Leaf(
        content: content, source: source, block: block, kind: kind, markup: markup, level: level,
        isMain: mains > 0))
  }

  private var kind: ProseBlock.Kind {
    if quotes > 0 { return .quotation }
    if headings > 0 { return .heading }
    if captions > 0 { return .caption }
    if items > 0 { return .listItem }
    if cells.last == 0 { return .tableCell }
    return boxes > 0 ? .admonition : .paragraph
  }

  // MARK: The prose

  /// Puts the leaves together; offsets are found in the bytes that gumbo read.
  private consuming func prose(_ source: MaskedSource, _ prepared: [UInt8]) -> Prose {
    var builder = ProseBuilder(source)
    let hasMain = leaves.contains(where: \.isMain)
    var leaves = hasMain ? leaves.filter(\.isMain) : leaves
    // By source, and of two at one place the one that the tree has first. Mostly they are so already.
    if !zip(leaves, leaves.dropFirst()).allSatisfy({ $0.source.start <= $1.source.start }) {
      let order = leaves.indices.sorted {
        (leaves[$0].source.start, $0) < (leaves[$1].source.start, $1)
      }
      leaves = order.map { leaves[$0] }
    }
    var open: Int?
    var end = 0
    for leaf in leaves where leaf.source.start >= end {
      if open != leaf.block { builder.endBlock() }
      open = leaf.block
      end = leaf.source.end
      builder.markup = leaf.markup
      builder.level = leaf.level
      switch leaf.content {
      case .text(let text): Self.append(text, leaf.source, leaf.kind, prepared, &builder)
      case .lineBreak:
        // Two of them are how people write paragraphs.
        if builder.endsWithLineBreak { builder.endBlock() }
        builder.appendLineBreak(for: leaf.source)
      case .listing: builder.passListing()
      case .separator: builder.appendSpace(for: leaf.source, kind: leaf.kind)
      case .mark(let mark): builder.append(Array(mark.utf8), for: leaf.source, kind: leaf.kind)
      }
    }
    builder.markup = []
    return builder.finish()
  }

  /// Adds a text, with runs of white space that hold a line end as that line end alone; tags that
  /// were blanked are in such runs.
  private static func append(
    _ text: [UInt8], _ source: ByteRange, _ kind: ProseBlock.Kind, _ bytes: [UInt8],
    _ builder: inout ProseBuilder
  ) {
    for piece in HTMLTextAlignment.pieces(text, source: source, of: bytes) {
      switch piece {
      case .decoded(let decoded, let range):
        if decoded.contains(UInt8(ascii: "\n")) {
          builder.appendLineBreak(for: range)
        } else {
          builder.append(decoded, for: range, kind: kind)
        }
      case .verbatim(let range):
        var start = range.start
        while start < range.end {
          var ink = start
          var holdsLineEnd = false
          while ink < range.end, bytes[ink].isWhiteSpace {
            holdsLineEnd = holdsLineEnd || bytes[ink] == UInt8(ascii: "\n")
            ink += 1
          }
          if holdsLineEnd {
            builder.appendLineBreak(for: ByteRange(start, ink))
            start = ink
            continue
          }
          // Up to the next white space that holds a line end.
          var edge = ink
          while edge < range.end, !(0x0A...0x0D).contains(bytes[edge]) { edge += 1 }
          while edge > ink, bytes[edge - 1].isWhiteSpace { edge -= 1 }
          builder.append(ByteRange(start, edge), kind: kind)
          start = edge
        }
      }
    }
  }
}
