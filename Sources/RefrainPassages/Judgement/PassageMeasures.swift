// What is measured of a finding before it is judged: small integers that a person can check.

import RefrainMatch
import RefrainModel
import RefrainText

/// A measure of a finding, by the name that reports give it.
///
/// All are of the first two places, `places` aside.
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
