// A parsed page as the choice of the main text needs it: elements in the order of the tree, each
// with what it may be, and the texts in them.

internal import RefrainModel

/// The elements and texts of a page.
///
/// An element's descendants follow it, up to its `end`.
struct PageTree: HTMLEvents {
  struct Element {
    /// The element around it; itself for the root.
    var parent: Int
    /// Behind its last descendant.
    var end: Int
    /// The element, itself or around it, that is a block.
    var holder: Int
    var kind: BlockKind
    var shape: Shape
    /// What it calls itself, and whether an element or a role says so rather than a class or an id.
    var part: PagePart?
    var isHint = false
    /// Whether it lies in an article, a section or the like, whose header is part of the text.
    var isInText = false
  }

  /// What an element may hold.
  enum Shape: Hashable {
    case inline
    /// A block that holds other blocks, or may.
    case container
    /// A form, which is more likely fields than text.
    case form
    /// A block that is a unit of text, and cannot be the whole of it.
    case unit
    /// Another block.
    case block
  }

  struct Leaf {
    var element: Int
    /// In `bytes`.
    var range: ByteRange
    /// In the page.
    var source: ByteRange
    var isLink: Bool
    /// Which stretch between two edges of blocks it is part of.
    var stretch: Int
    /// Bytes other than white space.
    var ink: Int
  }

  private(set) var elements: [Element] = []
  private(set) var leaves: [Leaf] = []
  /// How many stretches there may be.
  private(set) var stretches = 1
  private var bytes: [UInt8] = []
  private var open: [Int] = []
  /// How many elements around the place are links, and how many are left out at once.
  private var links = 0
  private var dropped = 0

  static var readsNames: Bool { true }

  /// What stands for a line break in a text: no text that a parser hands out begins with it.
  static let lineBreak: UInt8 = 0

  func text(of leaf: Leaf) -> ArraySlice<UInt8> { bytes[leaf.range.start..<leaf.range.end] }

  mutating func enter(_ element: HTMLElement) {
    if dropped > 0 || Self.isDropped(element) {
      dropped += 1
      return
    }
    let name = element.name
    let index = elements.count
    let parent = open.last
    let shape = Self.shapes[name] ?? .inline
    var own = Element(
      parent: parent ?? index, end: index, holder: index, kind: .paragraph, shape: shape)
    if let parent {
      let around = elements[parent]
      own.isInText = around.isInText
      own.kind = Self.kind(name, in: around.kind)
      if shape == .inline { own.holder = around.holder }
    }
    if let part = PagePart.roles[element.role] {
      own.part = part
    } else if name == "header" {
      own.part = own.isInText ? nil : .header
      own.isHint = true
    } else if let part = PagePart.elements[name] {
      own.part = part
    } else if !Self.unhinted.contains(name) {
      own.part = PagePart(names: element.names)
      own.isHint = true
    }
    if HTMLElements.texts.contains(name) { own.isInText = true }
    elements.append(own)
    open.append(index)
    if shape != .inline { stretches += 1 }
    if name == "a" { links += 1 }
    if name == "br" { add([Self.lineBreak], element.startTag) }
  }

  mutating func leave(_ element: HTMLElement) {
    if dropped > 0 {
      dropped -= 1
      return
    }
    guard let index = open.popLast() else { return }
    elements[index].end = elements.count
    if elements[index].shape != .inline { stretches += 1 }
    if element.name == "a" { links -= 1 }
  }

  mutating func text(_ decoded: [UInt8], from source: ByteRange) {
    if dropped == 0 { add(decoded, source) }
  }

  private mutating func add(_ text: [UInt8], _ source: ByteRange?) {
    guard let source, let element = open.last else { return }
    let start = bytes.count
    bytes += text
    let isBreak = text.first == Self.lineBreak
    leaves.append(
      Leaf(
        element: element, range: ByteRange(start, bytes.count), source: source,
        isLink: links > 0, stretch: stretches - 1,
        ink: isBreak ? 0 : text.count { !$0.isWhiteSpace }))
  }

  // MARK: Elements

  private static func isDropped(_ element: HTMLElement) -> Bool {
    element.isHidden || element.isUndisplayed || noText.contains(element.name)
  }

  private static func kind(_ name: String, in around: BlockKind) -> BlockKind {
    if let kind = kinds[name] { return kind }
    return around == .tableCell && shapes[name] != nil ? .paragraph : around
  }

  /// Elements of which classes and ids say nothing: what they hold is more than a part, or text.
  private static let unhinted: Set<String> = ["html", "body", "main", "article", "p", "h1"]

  /// Elements without text for readers.
  private static let noText = set(
    """
    head title script style template noscript noembed noframes iframe object applet audio video \
    canvas svg math textarea select option optgroup datalist button output progress meter \
    frameset frame rp rt rtc map dialog
    """)

  private static let kinds: [String: BlockKind] = {
    var kinds: [String: BlockKind] = [
      "blockquote": .quotation, "pre": .code, "listing": .code, "xmp": .code,
      "caption": .caption, "figcaption": .caption, "td": .tableCell, "th": .tableCell,
    ]
    for name in ["h1", "h2", "h3", "h4", "h5", "h6"] { kinds[name] = .heading }
    for name in ["li", "dd", "dt"] { kinds[name] = .listItem }
    return kinds
  }()

  private static let shapes: [String: Shape] = {
    var shapes: [String: Shape] = ["form": .form]
    let lists: [(Shape, String)] = [
      (
        .container,
        "center dir div dl fieldset figure li menu ol section table td tr ul"
      ),
      (.unit, "blockquote dd dt p pre"),
      (
        .block,
        """
        html body address article details hgroup hr legend main multicol summary tbody tfoot \
        thead th caption figcaption h1 h2 h3 h4 h5 h6 nav header footer aside listing xmp
        """
      ),
    ]
    for (shape, names) in lists { for name in set(names) { shapes[name] = shape } }
    return shapes
  }()

  private static func set(_ names: String) -> Set<String> {
    Set(names.split(separator: " ").map(String.init))
  }
}
