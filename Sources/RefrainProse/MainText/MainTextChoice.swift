// Which parts of a page are its main text.
//
// Four steps, each from the outside to the inside. What calls itself navigation, footer and the
// like goes, unless too much of the running text would go with it. Of what is left, the element is
// sought that holds most of the running text. Long text in front of it stays, for that is how
// articles begin on many pages; what follows it is mostly about other pages. What is mostly links
// goes from the rest.

internal import RefrainModel

/// The choice of the main text in a page.
struct MainTextChoice {
  private let tree: PageTree
  private var measures: [Measure]
  private var isKept: [Bool]
  /// For each stretch, whether it is running text.
  private var isRunning: [Bool] = []
  /// The element that holds most of the running text, and the one that holds nearly all of it.
  private var inner = 0
  private var outer = 0
  /// What went, with its name, by place.
  private(set) var parts: [MainText.Part] = []

  /// What an element holds, in bytes of ink.
  private struct Measure {
    var ink = 0
    var link = 0
    var running = 0
    var source: ByteRange?
  }

  // The few numbers. They were tried on pages of many kinds, and none of them is critical: half and
  // twice of each change the likeness to other programs' main text by a hundredth or two.

  /// From so many bytes of ink on a stretch is running text, unless a third of it is links.
  private static let runningInk = 60
  /// A share of the running text that a class or an id may take away, and that an element or a role
  /// may: one in three, two in three.
  private static let hintShare = 3
  /// Comments may be longer than what they are about: they go where so much is left.
  private static let textBesideComments = 400
  /// The inner element holds 85 of 100 bytes of what the element around it has, the outer one 97.
  private static let innerShare = 85
  private static let outerShare = 97
  /// A form with less running text holds fields.
  private static let formText = 200

  init(_ tree: PageTree) {
    self.tree = tree
    measures = Array(repeating: Measure(), count: tree.elements.count)
    isKept = Array(repeating: true, count: tree.elements.count)
  }

  /// Whether a leaf is part of the main text.
  func isChosen(_ leaf: Int) -> Bool {
    let leaf = tree.leaves[leaf]
    guard isKept[leaf.element] else { return false }
    if leaf.element >= inner { return leaf.element < tree.elements[inner].end }
    return leaf.element >= outer && isRunning[leaf.stretch]
  }

  /// Decides.
  ///
  /// O(elements + leaves).
  mutating func decide() {
    if tree.elements.isEmpty { return }
    findRunningText()
    measure()
    leaveOutNamedParts()
    measure()
    findText()
    leaveOutLinks()
    parts.sort { $0.source < $1.source }
  }

  private mutating func findRunningText() {
    var ink = Array(repeating: 0, count: tree.stretches)
    var link = ink
    for leaf in tree.leaves {
      ink[leaf.stretch] += leaf.ink
      if leaf.isLink { link[leaf.stretch] += leaf.ink }
    }
    isRunning = zip(ink, link).map { $0 >= Self.runningInk && 3 * $1 <= $0 }
  }

  /// Adds up what the kept elements hold, from the last to the first.
  private mutating func measure() {
    for index in measures.indices { measures[index] = Measure() }
    for leaf in tree.leaves where leaf.ink > 0 && isKept[leaf.element] {
      let known = measures[leaf.element]
      measures[leaf.element] = Measure(
        ink: known.ink + leaf.ink, link: known.link + (leaf.isLink ? leaf.ink : 0),
        running: known.running + (isRunning[leaf.stretch] ? leaf.ink : 0),
        source: known.source?.union(leaf.source) ?? leaf.source)
    }
    for index in measures.indices.dropFirst().reversed() {
      let own = measures[index]
      guard let source = own.source else { continue }
      let parent = tree.elements[index].parent
      measures[parent].ink += own.ink
      measures[parent].link += own.link
      measures[parent].running += own.running
      measures[parent].source = measures[parent].source?.union(source) ?? source
    }
  }

  /// Leaves out what an element goes with: the element itself, and by and by all that is in it.
  private mutating func leaveOut(_ index: Int, _ part: PagePart) {
    isKept[index] = false
    if let source = measures[index].source {
      parts.append(MainText.Part(name: part, source: source, ink: measures[index].ink))
    }
  }

  private mutating func leaveOutNamedParts() {
    var left = measures[0].running
    for (index, element) in tree.elements.enumerated().dropFirst() {
      guard isKept[element.parent] else {
        isKept[index] = false
        continue
      }
      guard let part = element.part else { continue }
      let running = measures[index].running
      let isSmall =
        element.isHint ? running * Self.hintShare <= left : 3 * running <= 2 * left
      if isSmall || part == .comments && left - running >= Self.textBesideComments {
        left -= running
        leaveOut(index, part)
      }
    }
  }

  /// Goes down to where most of the running text is.
  private mutating func findText() {
    var isOuter = true
    while true {
      let around = measures[inner].running
      var best: Int?
      var child = inner + 1
      while child < tree.elements[inner].end {
        if isKept[child] {
          let (own, known) = (measures[child], best.map { measures[$0] } ?? Measure())
          if (own.running, own.ink) > (known.running, known.ink) { best = child }
        }
        child = tree.elements[child].end
      }
      guard let best, measures[best].running > 0 else { return }
      let held = measures[best].running
      guard 100 * held >= Self.innerShare * around, Self.mayHoldText(tree.elements[best]) else {
        return
      }
      if 100 * held < Self.outerShare * measures[outer].running { isOuter = false }
      inner = best
      if isOuter { outer = best }
    }
  }

  /// Whether an element may be the one that holds the main text.
  private static func mayHoldText(_ element: PageTree.Element) -> Bool {
    switch element.shape {
    case .inline, .unit: false
    case .container, .form, .block: element.kind != .listItem
    }
  }

  private mutating func leaveOutLinks() {
    for index in outer..<tree.elements[outer].end {
      let element = tree.elements[index]
      if index > outer, !isKept[element.parent] { isKept[index] = false }
      let holdsText = index <= inner && element.end >= tree.elements[inner].end
      guard isKept[index], !holdsText else { continue }
      let own = measures[index]
      guard own.ink > 0 else { continue }
      switch element.shape {
      case .inline, .block: continue
      case .form where own.running < Self.formText: leaveOut(index, element.part ?? .links)
      case .container, .form, .unit:
        if 3 * own.running < own.ink, 2 * own.link > own.ink {
          leaveOut(index, element.part ?? .links)
        }
      }
    }
  }
}
