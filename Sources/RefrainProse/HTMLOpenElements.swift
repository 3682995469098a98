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
    var name: HTMLName
    var isFormatting: Bool
    /// Whether an end tag of a name that HTML has no rule for stops here.
    var isSpecial: Bool
    /// Whether any end tag but a table's stops here.
    var isBarrier: Bool
  }

  private var elements: [Element] = []
  /// How many elements of each name are open, by its number.
  private var counts: [Int32] = []
  /// The names of formatting elements that were opened and not closed, and nil for each open element that
  /// hides those before it.
  private var formatting: [HTMLName?] = []
  private var formattingCount = 0
  /// How many formatting elements are open.
  private var openFormatting = 0
  private var roots = 0
  /// How often a formatting element may still be opened again.
  private var reopenings: Int

  /// Nothing is open in a page of so many bytes.
  init(bytes: Int) { reopenings = Self.mostFormatting * 16 + bytes / Self.bytesForReopening }

  /// Whether the content of a raw text element may be markup all the same.
  private(set) var isForeign = false

  /// Whether a parser opens an element of this name again and again if nothing closes it.
  static func isReopened(_ name: HTMLName) -> Bool {
    name.traits.contains(.formatting) && name != a
  }

  private func isOpen(_ name: HTMLName) -> Bool {
    name.number < counts.count && counts[name.number] > 0
  }

  private mutating func count(_ name: HTMLName) {
    while counts.count <= name.number { counts.append(0) }
    counts[name.number] += 1
    if name.traits.contains(.foreign) { isForeign = true }
  }

  /// Opens the element of a start tag, if there may be one more.
  mutating func open(_ name: HTMLName, isSelfClosing: Bool) -> Bool {
    let traits = name.traits
    // Most of HTML ends a picture or a formula that it stands in.
    if isForeign, traits.contains(.ending) {
      while let root = foreignRoot { removeLast(elements.count - root) }
    }
    let isForeign = foreignRoot != nil
    // Only here does the slash of `<path/>` count.
    if isSelfClosing, isForeign || traits.contains(.foreign) { return true }
    if !isForeign, traits.contains(.tablePart) { closeTablePart() }
    if name == Self.body || name == Self.html {
      roots += 1
      return roots <= Self.mostRoots
    }
    if !isForeign, traits.contains(.uncounted) {
      if name == Self.input || name == Self.keygen { close(Self.select) }
      return true
    }
    if !isForeign, endsOthers(name) { return true }
    let isFormatting = traits.contains(.formatting)
    if elements.count >= Self.deepest || isFormatting && formattingCount >= Self.mostFormatting {
      return false
    }
    let isBarrier = traits.contains(.barrier)
    let isSpecial = isBarrier || !isForeign && traits.contains(.special)
    if isSpecial, formattingCount > openFormatting {
      // What is said in the block opens them all again.
      reopenings -= formattingCount - openFormatting
      if reopenings < 0 { return false }
    }
    elements.append(
      Element(
        name: name, isFormatting: isFormatting, isSpecial: isSpecial, isBarrier: isBarrier))
    count(name)
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
  private mutating func endsOthers(_ name: HTMLName) -> Bool {
    switch name {
    case Self.p: close(name)
    case Self.li: closeItem([name])
    case Self.dd, Self.dt: closeItem([Self.dd, Self.dt])
    // These end where the next one begins.
    case Self.a, Self.button: close(name)
    case Self.select where isOpen(name):
      close(name)
      return true
    case _ where name.traits.contains(.heading):
      if let last = elements.last, last.name.traits.contains(.heading) { removeLast(1) }
    default: break
    }
    return false
  }

  /// Where the picture or formula begins whose own elements a tag would open; nil outside of any.
  private var foreignRoot: Int? {
    guard isForeign else { return nil }
    let index = elements.lastIndex { $0.isBarrier || $0.name.traits.contains(.foreign) }
    return index.flatMap { elements[$0].isBarrier ? nil : $0 }
  }

  /// Closes what an end tag surely closes.
  mutating func close(_ name: HTMLName) {
    let traits = name.traits
    if traits.contains(.formatting), let index = activeFormatting(name) {
      closeFormatting(name, index)
      return
    }
    guard isOpen(name) || traits.contains(.heading) else { return }
    switch name {
    case Self.li: closeNearest(name, behind: [Self.ol, Self.ul])
    case Self.table:
      closeNearest(name, behind: [Self.template, Self.select], passingBarriers: true)
    case Self.form:
      // What is open inside stays open.
      if let index = nearest(name, behind: []) { remove(at: index) }
    case _ where traits.contains(.heading):
      // The end of one heading is the end of any.
      let index = elements.lastIndex { $0.name.traits.contains(.heading) || $0.isBarrier }
      if let index, !elements[index].isBarrier { removeLast(elements.count - index) }
    // A block ends a paragraph, so that there is none around it.
    case _ where name != Self.p && traits.contains(.special) || traits.contains(.barrier):
      closeNearest(name, behind: [])
    default:
      guard let index = elements.lastIndex(where: { $0.name == name || $0.isSpecial }),
        elements[index].name == name
      else { return }
      removeLast(elements.count - index)
    }
  }

  /// Where a formatting element stands among the unclosed ones; nil where an end tag sees none.
  private func activeFormatting(_ name: HTMLName) -> Int? {
    for index in formatting.indices.reversed() {
      guard let other = formatting[index] else { return nil }
      if other == name { return index }
    }
    return nil
  }

  /// Closes a formatting element; the blocks inside stay open.
  private mutating func closeFormatting(_ name: HTMLName, _ index: Int) {
    if isOpen(name) {
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
    _ name: HTMLName, behind others: [HTMLName], passingBarriers: Bool = false
  ) -> Int? {
    guard isOpen(name) else { return nil }
    for index in elements.indices.reversed() {
      let element = elements[index]
      if element.name == name { return index }
      if element.isBarrier && !passingBarriers || others.contains(element.name) { return nil }
    }
    return nil
  }

  private mutating func closeNearest(
    _ name: HTMLName, behind others: [HTMLName], passingBarriers: Bool = false
  ) {
    if let index = nearest(name, behind: others, passingBarriers: passingBarriers) {
      removeLast(elements.count - index)
    }
  }

  /// Closes what is open in the table around a part of it that begins.
  private mutating func closeTablePart() {
    guard isOpen(Self.table),
      let index = elements.lastIndex(where: { $0.name == Self.table || $0.name == Self.template }),
      elements[index].name == Self.table
    else { return }
    removeLast(elements.count - index - 1)
  }

  /// Closes the item before the one that begins.
  private mutating func closeItem(_ names: [HTMLName]) {
    for index in elements.indices.reversed() {
      let element = elements[index]
      if names.contains(element.name) { return removeLast(elements.count - index) }
      let isPassed =
        element.name == Self.p || element.name == Self.div || element.name == Self.address
      if element.isSpecial, !isPassed { return }
    }
  }

  private mutating func removeLast(_ count: Int) {
    for _ in 0..<count { remove(at: elements.count - 1) }
  }

  private mutating func remove(at index: Int) {
    let element = elements.remove(at: index)
    counts[element.name.number] -= 1
    if element.name.traits.contains(.foreign) { isForeign = isOpen(Self.svg) || isOpen(Self.math) }
    if element.isFormatting { openFormatting -= 1 }
    // What was opened inside and not closed counts still.
    if element.isBarrier, let index = formatting.lastIndex(of: nil) { formatting.remove(at: index) }
  }

  private static let a = HTMLName("a")
  private static let address = HTMLName("address")
  private static let body = HTMLName("body")
  private static let button = HTMLName("button")
  private static let dd = HTMLName("dd")
  private static let div = HTMLName("div")
  private static let dt = HTMLName("dt")
  private static let form = HTMLName("form")
  private static let html = HTMLName("html")
  private static let input = HTMLName("input")
  private static let keygen = HTMLName("keygen")
  private static let li = HTMLName("li")
  private static let math = HTMLName("math")
  private static let ol = HTMLName("ol")
  private static let p = HTMLName("p")
  static let select = HTMLName("select")
  private static let svg = HTMLName("svg")
  private static let table = HTMLName("table")
  private static let template = HTMLName("template")
  private static let ul = HTMLName("ul")
}
