// What is measured of two sentences of an article before they are judged: small integers that a person can check.

import RefrainText

/// The measures of two sentences of one article, the earlier one first; six bytes.
///
/// Weights are whole bits, and names count a third: they recur with every new fact about them.
package struct SentenceMeasures: Hashable, Sendable {
  /// What the stems that both sentences hold weigh, each once.
  package var shared: UInt8 = 0
  /// That weight as a share of the lighter sentence's, names at three quarters, in percent.
  package var contained: UInt8 = 0
  /// What the best local alignment of the two earns.
  package var aligned: UInt8 = 0
  /// Three bits how many numbers one sentence has and the other lacks, two bits the lesser side of these, and three bits
  /// how many rare stems both have.
  private var counts: UInt8 = 0
  /// Distinct figures that both have: numbers of more than two digits, years aside; two at most.
  package var figures: UInt8 = 0
  private var marks: UInt8 = 0

  package init() {}

  /// Numbers that one of the sentences has and the other lacks; four at most.
  package var numbers: Int {
    get { Int(counts & 7) }
    set { counts = counts & ~7 | UInt8(min(max(newValue, 0), Self.mostNumbers)) }
  }

  /// Numbers that each of the sentences has and the other lacks, the lesser count; three at most.
  package var contrast: Int {
    get { Int(counts >> 3 & 3) }
    set { counts = counts & ~24 | UInt8(min(max(newValue, 0), 3)) << 3 }
  }

  /// Distinct stems that both have and that are neither common in English nor names; five at most.
  package var rare: Int {
    get { Int(counts >> 5) }
    set { counts = counts & 31 | UInt8(min(max(newValue, 0), Self.mostRare)) << 5 }
  }

  /// Whether the earlier sentence is one of the first two, headings aside.
  package var isLead: Bool {
    get { marks & 1 != 0 }
    set { marks = newValue ? marks | 1 : marks & ~1 }
  }

  /// Whether the later sentence has quotation marks.
  package var isQuoted: Bool {
    get { marks & 2 != 0 }
    set { marks = newValue ? marks | 2 : marks & ~2 }
  }

  private static let mostNumbers = 4
  private static let mostRare = 5
}

/// Numbers that say little, for many sentences have them: up to two digits, and years.
enum SmallNumbers {
  private static let stems: StemTable = {
    var stems = StemTable(capacity: 512)
    let digits = (0...9).map { "0\($0)" }
    for text in (0...99).map(String.init) + digits + (1900...2099).map(String.init) {
      guard let hash = Array(text.utf8).withUnsafeBytes({ Stemmer.stemHash($0) }) else { continue }
      stems.update(WordColumns.upper(hash)) { $0 = 1 }
    }
    return stems
  }()

  /// Whether a number, by its entry in the column, is one of them.
  static func hold(_ stem: UInt32) -> Bool { stems.value(of: stem) != nil }
}
