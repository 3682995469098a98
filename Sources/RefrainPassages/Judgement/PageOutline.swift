// How a page is built: which sections it has, and which of them are entries of one list.

import RefrainModel
import RefrainProse
import RefrainText

/// The sections of a page, each from its heading to the next one, whatever that one's level.
///
/// A section knows the heading that it lies below and the kinds of its blocks. That is all that it takes to see that
/// a page lists parameters, methods or examples, in whatever format and by whatever names.
struct PageOutline {
  /// What a section may hold, each once in the order in which it comes.
  ///
  /// Boxes and quotations may stand in any.
  private enum Part: Hashable {
    case text
    case list
    case table
    case listing
  }

  private struct Section {
    /// Where it begins in the prose.
    var start: Int
    var level: Int
    /// The section whose heading lies above this one's; nil at the top.
    var parent: Int?
    var parts: [Part] = []
    /// Whether its heading names something for programs: begins with code, an option or an identifier.
    var isNamed = false
    /// Whether its heading is an option, or stands for the value of one: `-Path`, `-o, --output=FILE`, `<Options>`.
    var isOption = false
    /// Whether its heading is a link.
    var isLinked = false
    /// Whether it is one of five or more side by side that are built alike.
    var isEntry = false
    /// What it is an example of, or a step: the word before the number that its heading begins with.
    var series: Substring?
    /// Its heading, word by word and in lower case.
    var title: [Substring] = []

    mutating func add(_ part: Part) {
      if !parts.contains(part) { parts.append(part) }
    }
  }

  private var sections: [Section] = []
  /// The headings of the uppermost level that has two or more, in lower case.
  private var plan: Set<String> = []

  /// Fewer sections are no list of entries.
  private static let fewest = 5

  /// The outline of a document.
  ///
  /// O(blocks, and log of spans for each heading). Lookups are O(log sections).
  init(_ document: Document) {
    let prose = document.prose
    var listings = prose.listings[...]
    sections = [Section(start: 0, level: 0)]
    var titles: [(level: Int, title: String)] = []
    var open = [0]
    for (index, block) in prose.blocks.enumerated() {
      while let first = listings.first, first <= index {
        sections[sections.count - 1].add(.listing)
        listings.removeFirst()
      }
      if block.kind != .heading || block.level == 0 {
        if let part = Self.part(block.kind) { sections[sections.count - 1].add(part) }
        continue
      }
      while let last = open.last, last > 0, sections[last].level >= block.level {
        open.removeLast()
      }
      var section = Section(start: block.range.start, level: block.level, parent: open.last)
      section.isNamed = document.isName(block)
      section.isLinked = document.isLink(block)
      let title = document.string(block.range)
      section.series = Self.series(title)
      section.title = title.lowercased().split(whereSeparator: \.isWhitespace)
      section.isOption = Self.isOption(section.title)
      titles.append((block.level, title.lowercased()))
      open.append(sections.count)
      sections.append(section)
    }
    if !listings.isEmpty { sections[sections.count - 1].add(.listing) }
    markEntries()
    let levels = Set(titles.map(\.level)).sorted()
    let level = levels.first { level in titles.count { $0.level == level } > 1 }
    plan = Set(titles.filter { $0.level == level }.map(\.title))
  }

  /// Marks sections side by side of which two thirds hold the same kinds of blocks in the same order.
  private mutating func markEntries() {
    let lists = Dictionary(grouping: sections.indices.dropFirst()) {
      [sections[$0].parent ?? 0, sections[$0].level]
    }
    for list in lists.values where list.count >= Self.fewest {
      let most = Dictionary(list.map { (sections[$0].parts, 1) }, uniquingKeysWith: +)
        .filter { !$0.key.isEmpty && $0.value * 3 >= list.count * 2 }
      guard let parts = most.keys.first else { continue }
      let named = list.count { sections[$0].isNamed }
      guard parts.count > 1 || named * 3 >= list.count * 2 else { continue }
      for index in list { sections[index].isEntry = true }
    }
  }

  /// `Example` of "Example 3: Copy a file"; nil where no number follows on the first word.
  private static func series(_ title: String) -> Substring? {
    let words = title.split(maxSplits: 2) { $0.isWhitespace || $0.isPunctuation }
    guard words.count > 1, words[1].allSatisfy(\.isNumber) else { return nil }
    return words[0]
  }

  /// Whether a heading is an option with its other names and its value, or stands for a value.
  private static func isOption(_ title: [Substring]) -> Bool {
    if title.contains(where: { $0.contains("<") }) { return true }
    return title.first?.first == "-" && (title.first?.count ?? 0) > 1
      && title.dropFirst().allSatisfy { $0.first?.isLetter == false }
  }

  private static func part(_ kind: BlockKind) -> Part? {
    switch kind {
    case .paragraph, .code: .text
    case .listItem, .linkList: .list
    case .tableCell: .table
    case .quotation, .admonition, .heading, .caption, .metadata: nil
    }
  }

  /// Whether two places lie in two entries of one list: sections side by side, both of which are headed by names,
  /// or numbered and with a listing in each; or of which there are five or more, two thirds of them with the same kinds
  /// of blocks in the same order, and of kinds two or more, unless two thirds of the headings are names.
  ///
  /// - Parameters:
  ///   - a: a byte of the first place in the prose.
  ///   - b: one of the second place.
  func areEntries(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (section(at: a), section(at: b))
    guard first != second, sections[first].level == sections[second].level,
      let parent = sections[first].parent, parent == sections[second].parent
    else { return false }
    let (own, other) = (sections[first], sections[second])
    if own.isNamed, other.isNamed { return true }
    if let series = own.series, series == other.series, own.parts.contains(.listing),
      other.parts.contains(.listing)
    {
      return true
    }
    return own.isEntry
  }

  /// Whether two pages are on one plan: their parts are headed alike, three of them and most of those of either.
  func isOnPlan(of other: PageOutline) -> Bool {
    let shared = plan.intersection(other.plan).count
    return shared >= Self.fewestParts && shared * 3 > max(plan.count, other.plan.count) * 2
  }

  /// Fewer headings are no plan.
  private static let fewestParts = 3

  /// Whether a byte of the prose lies in a section whose heading is a link: what stands there speaks of another page.
  func isIndex(at byte: Int) -> Bool { sections[section(at: byte)].isLinked }

  /// Whether a byte of the prose lies in a section that is headed by a name.
  func isNamed(at byte: Int) -> Bool { sections[section(at: byte)].isNamed }

  /// Whether two bytes of the prose lie in different sections, one of which is the entry of an option or one of
  /// several examples.
  func isRemark(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (section(at: a), section(at: b))
    func explains(_ section: Section) -> Bool { section.isOption || section.series != nil }
    return first != second && (explains(sections[first]) || explains(sections[second]))
  }

  /// Whether a byte of the prose lies in the entry of an option.
  func isOption(at byte: Int) -> Bool { sections[section(at: byte)].isOption }

  /// Whether two bytes of the prose lie in sections of one level below one heading whose own headings have half of
  /// their words in common, at the beginning and the end: what is said of methods here and of properties there.
  func areParallel(_ a: Int, _ b: Int) -> Bool {
    let (title, other) = (sections[section(at: a)].title, sections[section(at: b)].title)
    let start = zip(title, other).prefix { $0 == $1 }.count
    let shortest = min(title.count, other.count)
    let end = zip(title.reversed(), other.reversed()).prefix { $0 == $1 }.count
    return title != other && areNeighbours(a, b) && min(start + end, shortest) * 2 >= shortest
  }

  /// Whether a byte of the prose lies in a section whose heading is that of another page's section but for one word
  /// of three or more.
  func isParallel(at byte: Int, _ other: PageOutline, at otherByte: Int) -> Bool {
    let title = sections[section(at: byte)].title
    let otherTitle = other.sections[other.section(at: otherByte)].title
    return title.count > 2 && title.count == otherTitle.count
      && zip(title, otherTitle).count { $0 != $1 } == 1
  }

  /// Whether two bytes of the prose lie below one heading, or in sections of one level below one.
  func areNeighbours(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (section(at: a), section(at: b))
    return first > 0 && second > 0
      && (sections[first].parent, sections[first].level)
        == (sections[second].parent, sections[second].level)
  }

  /// The section that holds a byte.
  private func section(at byte: Int) -> Int {
    var (low, high) = (0, sections.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if sections[middle].start <= byte { low = middle } else { high = middle }
    }
    return low
  }
}

extension Document {
  /// Whether a heading is a name for programs or begins with one, maybe behind a word: `-Path`,
  /// `dispatch(action)`, `Directory <SwitchParameter>`.
  fileprivate func isName(_ heading: ProseBlock) -> Bool {
    let range = heading.range
    let tokens = prose.text[range.start..<range.end].split { $0.isWhiteSpace }
    let index = prose.spans.firstIndex(endingBehind: range.start)
    if index < prose.spans.count, prose.spans[index].markup.contains(.code),
      prose.spans[index].range.start == range.start
    {
      return true
    }
    if prose.text[range.start] == UInt8(ascii: "-") { return true }
    return tokens.prefix(tokens.count == 2 ? 2 : 1).contains { token in
      let byte = ByteRange(token.startIndex, token.startIndex + 1)
      return InkToken(around: byte, in: prose.text).isIdentifier
    }
  }

  /// Whether all words of a heading are the text of links.
  fileprivate func isLink(_ heading: ProseBlock) -> Bool {
    var at = heading.range.start
    for span in prose.spans[prose.spans.firstIndex(endingBehind: at)...] {
      if span.range.start > at || !span.markup.contains(.link) { break }
      at = span.range.end
      if at >= heading.range.end { return true }
    }
    return false
  }
}
