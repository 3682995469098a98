// Which elements gumbo will have open at a tag: at least these, never fewer.
//
// gumbo walks along all open elements at many a tag, and opens formatting elements that nothing closed
// again in every block to come. So both must be few, and an end tag counts as the end of an element only
// where it surely is: `</x>` ends nothing where no `x` is open, or where something is in its way. The rules
// are those of "tree construction" in the HTML standard, as far as they close elements.

/// The elements that are open, for a limit on their number.
struct HTMLOpenElements {
  /// How deep elements may nest.
  ///
  /// Browsers stop at 512, too.
  static let deepest = 512
  /// How many elements that only change how text looks may be open, or not closed.
  private static let mostFormatting = 16
  /// An end tag does not close a formatting element that has more blocks open inside.
  private static let mostBlocksInside = 7
  /// Of `html` and `body` a page has one each; the parser compares each attribute of one more with all before.
  private static let mostRoots = 16
  /// A formatting element is opened again for so many bytes of the page at most.
  private static let bytesForReopening = 32

  private struct Element {
    var name: String
    var isFormatting: Bool
    /// Whether an end tag of a name that HTML has no rule for stops here.
    var isSpecial: Bool
    /// Whether any end tag but a table's stops here.
    var isBarrier: Bool
  }

  private var elements: [Element] = []
  /// How many elements of each name are open.
  private var counts: [String: Int] = [:]
  /// The names of formatting elements that were opened and not closed, and nil for each open element that
  /// hides those before it.
  private var formatting: [String?] = []
  private var formattingCount = 0
  /// How many formatting elements are open.
  private var openFormatting = 0
  private var roots = 0
  /// How often a formatting element may still be opened again.
  private var reopenings: Int

  /// Nothing is open in a page of so many bytes.
  init(bytes: Int) { reopenings = Self.mostFormatting * 16 + bytes / Self.bytesForReopening }

  /// Whether the content of a raw text element may be markup all the same.
  var isForeign: Bool { counts["svg"] != nil || counts["math"] != nil }

  /// Whether a parser opens an element of this name again and again if nothing closes it.
  static func isReopened(_ name: String) -> Bool { formattingNames.contains(name) && name != "a" }

  /// Opens the element of a start tag, if there may be one more.
  mutating func open(_ name: String, isSelfClosing: Bool) -> Bool {
    // Most of HTML ends a picture or a formula that it stands in.
    if Self.ending.contains(name) {
      while let root = foreignRoot { removeLast(elements.count - root) }
    }
    let isForeign = foreignRoot != nil
    // Only here does the slash of `<path/>` count.
    if isSelfClosing, isForeign || Self.foreign.contains(name) { return true }
    if !isForeign, Self.tableParts.contains(name) { closeTablePart() }
    if name == "body" || name == "html" {
      roots += 1
      return roots <= Self.mostRoots
    }
    if !isForeign, Self.uncounted.contains(name) {
      if name == "input" || name == "keygen" { close("select") }
      return true
    }
    if !isForeign, endsOthers(name) { return true }
    let isFormatting = Self.formattingNames.contains(name)
    if elements.count >= Self.deepest || isFormatting && formattingCount >= Self.mostFormatting {
      return false
    }
    let isBarrier = Self.barriers.contains(name)
    let isSpecial = isBarrier || !isForeign && Self.special.contains(name)
    if isSpecial, formattingCount > openFormatting {
      // What is said in the block opens them all again.
      reopenings -= formattingCount - openFormatting
      if reopenings < 0 { return false }
    }
    elements.append(
      Element(
        name: name, isFormatting: isFormatting, isSpecial: isSpecial, isBarrier: isBarrier))
    counts[name, default: 0] += 1
    if isFormatting {
      formatting.append(name)
      formattingCount += 1
      openFormatting += 1
    } else if isBarrier {
      formatting.append(nil)
    }
    return true
  }

  /// Closes what a start tag ends; true if that is all that it does.
  private mutating func endsOthers(_ name: String) -> Bool {
    switch name {
    case "p": close("p")
    case "li": closeItem(["li"])
    case "dd", "dt": closeItem(["dd", "dt"])
    // These end where the next one begins.
    case "a", "button": close(name)
    case "select" where counts[name] != nil:
      close(name)
      return true
    case _ where Self.headings.contains(name):
      if let last = elements.last, Self.headings.contains(last.name) { removeLast(1) }
    default: break
    }
    return false
  }

  /// Where the picture or formula begins whose own elements a tag would open; nil outside of any.
  private var foreignRoot: Int? {
    guard isForeign else { return nil }
    let index = elements.lastIndex { $0.isBarrier || Self.foreign.contains($0.name) }
    return index.flatMap { elements[$0].isBarrier ? nil : $0 }
  }

  /// Closes what an end tag surely closes.
  mutating func close(_ name: String) {
    if Self.formattingNames.contains(name), let index = activeFormatting(name) {
      closeFormatting(name, index)
      return
    }
    guard counts[name] != nil || Self.headings.contains(name) else { return }
    switch name {
    case "li": closeNearest(name, behind: ["ol", "ul"])
    case "table": closeNearest(name, behind: ["template", "select"], passingBarriers: true)
    case "form":
      // What is open inside stays open.
      if let index = nearest(name, behind: []) { remove(at: index) }
    case _ where Self.headings.contains(name):
      // The end of one heading is the end of any.
      if let index = elements.lastIndex(where: { Self.headings.contains($0.name) || $0.isBarrier }),
        !elements[index].isBarrier
      {
        removeLast(elements.count - index)
      }
    // A block ends a paragraph, so that there is none around it.
    case _ where name != "p" && Self.special.contains(name) || Self.barriers.contains(name):
      closeNearest(name, behind: [])
    default:
      guard let index = elements.lastIndex(where: { $0.name == name || $0.isSpecial }),
        elements[index].name == name
      else { return }
      removeLast(elements.count - index)
    }
  }

  /// Where a formatting element stands among the unclosed ones; nil where an end tag sees none.
  private func activeFormatting(_ name: String) -> Int? {
    for index in formatting.indices.reversed() {
      guard let other = formatting[index] else { return nil }
      if other == name { return index }
    }
    return nil
  }

  /// Closes a formatting element; the blocks inside stay open.
  private mutating func closeFormatting(_ name: String, _ index: Int) {
    if counts[name] != nil {
      guard let place = nearest(name, behind: []) else { return }
      let inside = elements[(place + 1)...].count { $0.isSpecial }
      if inside > Self.mostBlocksInside { return }
      if inside == 0 { removeLast(elements.count - place) } else { remove(at: place) }
    }
    formatting.remove(at: index)
    formattingCount -= 1
  }

  /// Where the nearest open element of a name stands; nil where something is in the way.
  private func nearest(
    _ name: String, behind others: Set<String>, passingBarriers: Bool = false
  ) -> Int? {
    guard counts[name] != nil else { return nil }
    for index in elements.indices.reversed() {
      let element = elements[index]
      if element.name == name { return index }
      if element.isBarrier && !passingBarriers || others.contains(element.name) { return nil }
    }
    return nil
  }

  private mutating func closeNearest(
    _ name: String, behind others: Set<String>, passingBarriers: Bool = false
  ) {
    if let index = nearest(name, behind: others, passingBarriers: passingBarriers) {
      removeLast(elements.count - index)
    }
  }

  /// Closes what is open in the table around a part of it that begins.
  private mutating func closeTablePart() {
    guard counts["table"] != nil,
      let index = elements.lastIndex(where: { $0.name == "table" || $0.name == "template" }),
      elements[index].name == "table"
    else { return }
    removeLast(elements.count - index - 1)
  }

  /// Closes the item before the one that begins.
  private mutating func closeItem(_ names: Set<String>) {
    let passed: Set<String> = ["address", "div", "p"]
    for index in elements.indices.reversed() {
      let element = elements[index]
      if names.contains(element.name) { return removeLast(elements.count - index) }
      if element.isSpecial, !passed.contains(element.name) { return }
    }
  }

  private mutating func removeLast(_ count: Int) {
    for _ in 0..<count { remove(at: elements.count - 1) }
  }

  private mutating func remove(at index: Int) {
    let element = elements.remove(at: index)
    let count = counts[element.name] ?? 0
    counts[element.name] = count > 1 ? count - 1 : nil
    if element.isFormatting { openFormatting -= 1 }
    // What was opened inside and not closed counts still.
    if element.isBarrier, let index = formatting.lastIndex(of: nil) { formatting.remove(at: index) }
  }

  private static let formattingNames: Set<String> = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
  ]

  private static let tableParts: Set<String> = [
    "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr",
  ]
  private static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]
  private static let foreign: Set<String> = ["svg", "math"]

  /// Elements that end a picture or a formula that they stand in.
  private static let ending: Set<String> = [
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em",
    "embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu",
    "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub",
    "sup", "table", "tt", "u", "ul", "var",
  ]

  /// Elements that are never many deep: those without content, those of which there is one, and parts of
  /// tables, which end each other.
  private static let uncounted: Set<String> = [
    "area", "base", "br", "col", "colgroup", "embed", "frame", "head", "hr", "img", "input",
    "keygen",
    "link", "meta", "option", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr",
    "track",
    "wbr",
  ]

  /// Elements that hide what is open around them from end tags, some of SVG and MathML among them.
  ///
  /// In a `select`, most tags count for nothing.
  private static let barriers: Set<String> = [
    "annotation", "applet", "caption", "desc", "foreignobject", "marquee", "mi", "mn", "mo", "ms",
    "mtext", "object", "select", "table", "template",
  ]

  /// The other elements that the standard calls special and that have content.
  private static let special: Set<String> = [
    "address", "article", "aside", "blockquote", "button", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "iframe", "isindex", "li", "listing", "main", "menu",
    "nav", "noembed", "noframes", "noscript", "ol", "p", "plaintext", "pre", "script", "section",
    "style", "summary", "textarea", "title", "ul", "xmp",
  ]
}
