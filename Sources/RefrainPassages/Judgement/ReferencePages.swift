// What pages that people look things up in say again by right, told by how they are built.

import RefrainMatch
import RefrainModel
import RefrainText

/// Looks at where on their pages the places of a finding lie.
///
/// Not thread-safe: it keeps the outlines of pages.
final class ReferencePages {
  private var outlines: [Int: PageOutline] = [:]

  /// A place, and its document where it is at hand.
  struct Place {
    let span: PassageSpan
    let document: Document?
  }

  /// Parallel statements are closer together, in words.
  private static let nearest = 100
  /// Longer boxes are text, in words, and longer passages one too many, however each page words them.
  private static let longestBox = 60
  /// What is more alike is the same statement, in percent.
  private static let mostAlike = 85
  /// What is said of an option is shorter, in words.
  private static let longestOption = 120
  /// What a page opens with begins in so many words.
  private static let openingWords = 60
  /// Longer remarks are text, in words.
  private static let longestRemark = 40
  /// What is more alike on two pages was pasted, in percent.
  private static let mostReworded = 95

  /// Whether places lie in parallel entries of a page, or on pages of one plan, or in an index of pages, or one of
  /// them in what a page says of an option.
  ///
  /// The first two decide. If they are entries of one page, the others are too, on pages of its plan, or below
  /// headings that are names.
  /// - Parameter isOnFirstPage: whether a place is on the first one's page, or a version of it.
  func hold(_ places: [Place], isOnFirstPage: (Int) -> Bool) -> Bool {
    guard let first = places[0].document, let second = places[1].document else { return false }
    let outline = outline(places[0].span.text, first)
    let (one, other) = (places[0].span.words, places[1].span.words)
    if places[0].span.text != places[1].span.text {
      let second = (self.outline(places[1].span.text, second), second.middle(of: other))
      let middle = first.middle(of: one)
      let areOptions = outline.isOption(at: middle) || second.0.isOption(at: second.1)
      return outline.isIndex(at: middle) || second.0.isIndex(at: second.1)
        || outline.isOnPlan(of: second.0)
        || areOptions && max(one.count, other.count) <= Self.longestOption
    }
    let areEntries = zip(first.edges(of: one), first.edges(of: other)).contains {
      outline.areEntries($0, $1)
    }
    guard areEntries else { return false }
    return places.indices.dropFirst(2).allSatisfy { index in
      guard let document = places[index].document, !isOnFirstPage(index) else { return true }
      let page = self.outline(places[index].span.text, document)
      return page.isNamed(at: document.middle(of: places[index].span.words))
        || page.isOnPlan(of: outline)
    }
  }

  /// What speaks for a repetition on pages that are no reference pages, as people read it; nil for nothing.
  ///
  /// The places are short boxes, such as a caution that belongs in both places; or short and of two pages, each of
  /// which says it in its own way; or parallel statements, no more alike than those are that differ in what they say:
  /// in one section or in two that lie side by side, one soon behind the other, without a verbatim run; or in
  /// sections whose headings are parallel, if they are short or of two pages.
  func excuse(_ places: [Place], _ finding: Finding) -> String? {
    let boxes = finding.occurrences.prefix(2).allSatisfy { $0.makeup?.blocks == [.admonition] }
    if boxes, finding.words <= Self.longestBox { return "a box may stand wherever it is needed" }
    if areReworded(places, finding) { return "short, and each page says it in its own way" }
    if isOpening(places, finding) {
      return "a page's opening may stand where another page speaks of it"
    }
    if isRemark(places, finding) {
      return "short, and needed where an option or an example is explained"
    }
    if areSideBySide(places, finding) { return "side by side, they differ in what they say" }
    return areParallel(places, finding) ? "their sections are parallel" : nil
  }

  private func areParallel(_ places: [Place], _ finding: Finding) -> Bool {
    let isReworded = finding.overlap.shared * 100 < Self.mostAlike * finding.overlap.union
    guard let first = places[0].document, let second = places[1].document else { return false }
    let outline = outline(places[0].span.text, first)
    let one = first.middle(of: places[0].span.words)
    let other = second.middle(of: places[1].span.words)
    if places[0].span.text == places[1].span.text {
      return finding.words <= (isReworded ? Self.longestBox : Self.longestRemark)
        && outline.areParallel(one, other)
    }
    return isReworded
      && outline.isParallel(at: one, self.outline(places[1].span.text, second), at: other)
  }

  private func areReworded(_ places: [Place], _ finding: Finding) -> Bool {
    places[0].span.text != places[1].span.text && finding.words <= Self.longestBox
      && finding.overlap.shared * 100 < Self.mostReworded * finding.overlap.union
  }

  /// Whether one of two pages says in passing what the other one opens with.
  private func isOpening(_ places: [Place], _ finding: Finding) -> Bool {
    let (one, other) = (places[0].span, places[1].span)
    return one.text != other.text && finding.words <= Self.longestRemark
      && (one.words.lowerBound < Self.openingWords) != (other.words.lowerBound < Self.openingWords)
  }

  /// Whether a page says briefly in the entry of an option, or in an example, what it says elsewhere.
  private func isRemark(_ places: [Place], _ finding: Finding) -> Bool {
    let (one, other) = (places[0].span, places[1].span)
    guard let document = places[0].document, one.text == other.text,
      finding.words <= Self.longestRemark
    else { return false }
    return outline(one.text, document)
      .isRemark(document.middle(of: one.words), document.middle(of: other.words))
  }

  private func areSideBySide(_ places: [Place], _ finding: Finding) -> Bool {
    let (one, other) = (places[0].span, places[1].span)
    let overlap = finding.overlap
    guard let document = places[0].document, one.text == other.text,
      finding.longestRun < VerbatimRuns.leastWords,
      overlap.shared * 100 < Self.mostAlike * overlap.union
    else { return false }
    let gap =
      max(one.words.lowerBound, other.words.lowerBound)
      - min(one.words.upperBound, other.words.upperBound)
    guard gap <= Self.nearest else { return false }
    return outline(one.text, document)
      .areNeighbours(document.middle(of: one.words), document.middle(of: other.words))
  }

  private func outline(_ number: Int, _ document: Document) -> PageOutline {
    if let known = outlines[number] { return known }
    let outline = PageOutline(document)
    outlines[number] = outline
    return outline
  }
}

extension Document {
  /// Where the word in the middle of a passage begins.
  fileprivate func middle(of words: Range<Int>) -> Int {
    start(of: words.lowerBound + words.count / 2)
  }

  /// Where its first, its middle and its last word begin.
  fileprivate func edges(of words: Range<Int>) -> [Int] {
    [start(of: words.lowerBound), middle(of: words), start(of: words.upperBound - 1)]
  }

  private func start(of word: Int) -> Int { analysis.bytes(of: word..<(word + 1)).start }
}
