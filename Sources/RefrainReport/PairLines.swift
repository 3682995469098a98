// The pairs of a corpus job as JSON Lines: what `pairs` writes.

package import RefrainModel

/// Two records that are duplicates.
package struct ReportedPair: Hashable, Sendable {
  /// The earlier record.
  package var a: RecordID
  package var b: RecordID
  /// The overlap of their shingle sets.
  package var overlap: Overlap
  package var reason: PairReason

  package init(a: RecordID, b: RecordID, overlap: Overlap, reason: PairReason) {
    self.a = a
    self.b = b
    self.overlap = overlap
    self.reason = reason
  }
}

/// Writes a line a pair.
package struct PairLines: Reporter {
  package init() {}

  package func write(_ pair: ReportedPair, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      json.object { json in
        json.key("a")
        pair.a.write(to: &json)
        json.key("b")
        pair.b.write(to: &json)
        json.write(pair.overlap)
        json.member("reason", pair.reason.rawValue)
      }
      json.newline()
    }
  }
}
