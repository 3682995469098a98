// What chance alone would bring forth.

import Glibc

/// How many passages two documents share by chance, in a collection of some size.
///
/// As BLAST's E-value (Karlin and Altschul, 1990): among the (words / 128)^2 / 2 pairs of places so many, times
/// 2 to the minus of what the shared words weigh, where a weight says how unlikely a word is among 128.
package struct Chance: Sendable {
  private let documents: Int
  private let pairs: Double

  package init(documents: Int, words: Int) {
    self.documents = documents
    let places = max(1, Double(words) / 128)
    pairs = places * places / 2
  }

  /// The expected number of passages whose shared words weigh so many sixteenths of a bit.
  package func expect(_ weight: Int) -> Double { pairs * exp2(-Double(weight) / 16) }

  /// Whether chance explains such a passage: more than one in ten documents would have one.
  package func explains(_ weight: Int) -> Bool { expect(weight) * 10 > Double(documents) }
}
