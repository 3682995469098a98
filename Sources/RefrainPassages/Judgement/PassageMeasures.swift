// What is measured of a finding before it is judged: small integers that a person can check.

import RefrainMatch
import RefrainModel
import RefrainText

/// A measure of a finding, by the name that reports give it.
///
/// All are of the first two places, `places` aside. Pages of manuals are judged by the first five, two sentences of an
/// article by the others, which `SentenceMeasures` describes.
enum Measure: String, Hashable, Sendable, CaseIterable {
  /// Words that both places say in running text, those in list items on both sides counted half; code, links, identifiers,
  /// headings, captions and tables say nothing here.
  case told
  /// Shared word bigrams as a share of all of both places, in percent.
  case likeness
  /// How many places, of those in mirrored trees the most that one tree has.
  case places
  /// Shared words that stand in headings, captions, tables or lists of links.
  case frame
  /// Numbers, names, code and identifiers that one place has and the other lacks; the lesser side.
  case values

  /// What the stems of both sentences weigh, in bits, names a third.
  case shared
  /// That weight as a share of the lighter sentence's, in percent.
  case contained
  /// What the words that both say in one order weigh, in bits, less what lies between them.
  case aligned
  /// Numbers that one sentence has and the other lacks.
  case numbers
  /// The same, the lesser of the two sides.
  case contrast
  /// Numbers of more than two digits that both have, years aside.
  case figures
  /// Stems that both have and that are neither common in English nor names.
  case rare
  /// Whether the earlier sentence is one of the first two, headings aside.
  case lead
  /// Whether the later sentence has quotation marks.
  case quoted
}

/// The measures of a finding.
struct PassageMeasures: Hashable, Sendable {
  private(set) var values: [Measure: Int] = [:]
  /// Equal words by what they stand in, in the lesser of the two places.
  private(set) var equal: [Footing: Int] = [:]

  subscript(_ measure: Measure) -> Int {
    get { values[measure] ?? 0 }
    set { values[measure] = newValue }
  }

  init(_ values: [Measure: Int] = [:]) { self.values = values }

  /// The measures of two sentences of an article.
  init(_ sentences: SentenceMeasures) {
    values = [
      .shared: Int(sentences.shared), .contained: Int(sentences.contained),
      .aligned: Int(sentences.aligned), .numbers: sentences.numbers,
      .contrast: sentences.contrast, .figures: Int(sentences.figures), .rare: sentences.rare,
      .lead: sentences.isLead ? 1 : 0, .quoted: sentences.isQuoted ? 1 : 0,
    ]
  }

  /// Takes the values of others besides its own.
  mutating func add(_ others: PassageMeasures) {
    values.merge(others.values) { _, new in new }
  }

  /// What a word stands in that stands in two things: a list only where both are, for what is running text in
  /// one place was not written as a frame.
  private static func footing(_ a: Footing, _ b: Footing) -> Footing {
    max(a, b) == .list ? min(a, b) : max(a, b)
  }

  /// Measures two places whose words go along as `alignment` says.
  ///
  /// O(words of both).
  init(_ a: JudgedPlace, _ b: JudgedPlace, _ alignment: WordAlignment) {
    var (onlyFirst, onlySecond) = (0, 0)
    for stretch in alignment.stretches {
      switch stretch.kind {
      case .equal:
        for (x, y) in zip(stretch.first, stretch.second) {
          equal[Self.footing(a.footing(of: x), b.footing(of: y)), default: 0] += 1
        }
      case .onlyFirst: onlyFirst += stretch.first.count(where: a.isValue)
      case .onlySecond: onlySecond += stretch.second.count(where: b.isValue)
      }
    }
    self[.told] = (equal[.running] ?? 0) + (equal[.list] ?? 0) / 2
    self[.frame] = equal[.frame] ?? 0
    self[.values] = min(onlyFirst, onlySecond)
  }
}

/// A place as the judge sees it.
struct JudgedPlace {
  let span: PassageSpan
  private let text: TokenText
  private let footings: [Footing]

  init(_ span: PassageSpan, of document: Document, _ text: TokenText) {
    self.span = span
    self.text = text
    footings = document.footing(of: span.words)
  }

  func footing(of word: Int) -> Footing { footings[word - span.words.lowerBound] }

  /// Whether a word is a number, a name, code or part of an identifier: what parallel entries differ in.
  func isValue(_ word: Int) -> Bool {
    footing(of: word) == .inline || text.isNumber(word) || text.isName(word)
  }
}
