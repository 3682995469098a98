// Which records are compared at all: those with one value of a field, or those with different ones.

package import RefrainModel
package import RefrainSketch

/// The rule by which the values of a field say whether two records may be compared.
package struct ComparisonRule: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// Only records with equal values.
    case within
    /// Only records with different values.
    case across
  }

  package var kind: Kind
  package var field: String

  package init(_ kind: Kind, field: String) {
    self.kind = kind
    self.field = field
  }
}

/// The rule of a corpus job with the values of its items, as numbers: equal values have one number.
///
/// 4 bytes an item. Records without the field, or with neither a number nor a string there, count as
/// records of one value of their own: they are compared with each other within, and not across.
package struct ComparisonScope: Sendable {
  package let kind: ComparisonRule.Kind
  /// The value of each item.
  package let values: [UInt32]

  package init(_ kind: ComparisonRule.Kind, values: [UInt32]) {
    self.kind = kind
    self.values = values
  }

  /// Numbers for values, in the order in which they come; nil is a value, too.
  ///
  /// O(values).
  package static func numbers(_ values: some Sequence<RecordID?>) -> [UInt32] {
    var known: [RecordID?: UInt32] = [:]
    return values.map { value in
      let next = UInt32(known.count)
      let number = known[value] ?? next
      if number == next { known[value] = number }
      return number
    }
  }

  /// Whether two items may be compared.
  @inline(__always)
  package func allows(_ a: Int, _ b: Int) -> Bool {
    (values[a] == values[b]) == (kind == .within)
  }

  /// What parts the keys of items that are never compared; 0 where keys may be shared.
  ///
  /// Different values give different numbers, for SplitMix64's steps can be undone.
  package func salt(_ item: Int) -> UInt64 {
    if kind == .across { return 0 }
    var z = (UInt64(values[item]) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

extension Wording {
  /// The wording as one of a group of records that no other is compared with.
  ///
  /// Equal wordings with different salts differ for certain.
  package func salted(_ salt: UInt64) -> Wording {
    Wording(words: WordsHash(low: words.low ^ salt, high: words.high), cut: cut)
  }
}
