// Records with what became of them: what `dedup --annotate` writes.

package import RefrainModel

/// What became of a record.
package struct ReportedAnnotation: Hashable, Sendable {
  /// The id of the kept record of its cluster, its own where it is kept itself.
  package var cluster: RecordID
  /// The figures of the two; nil where it is kept.
  package var overlap: Overlap?
  /// Why it goes; nil where it is kept.
  package var reason: PairReason?

  package init(cluster: RecordID, overlap: Overlap?, reason: PairReason?) {
    self.cluster = cluster
    self.overlap = overlap
    self.reason = reason
  }
}

/// Adds the member `refrain` to records that are lines of JSON, and changes nothing else in them.
package struct AnnotatedLines {
  /// The name of the member.
  package static let key = "refrain"

  package init() {}

  /// Writes the line of a record, an object, with its annotation as the last member, and a line end.
  ///
  /// The keys are always the same: what a kept record has not is null.
  package func write(
    _ line: UnsafeRawBufferPointer, _ annotation: ReportedAnnotation, to bytes: inout [UInt8]
  ) {
    func inkEnd(_ end: Int) -> Int {
      var end = end
      while end > 0, line[end - 1].isWhiteSpace { end -= 1 }
      return end
    }
    let close = inkEnd(line.count) - 1
    let end = inkEnd(max(close, 0))
    bytes += line[..<end]
    if end > 0, line[end - 1] != UInt8(ascii: "{") { bytes += ", ".utf8 }
    bytes += "\"\(Self.key)\": ".utf8
    JSONText.append(to: &bytes) { json in
      json.object { json in
        json.key("cluster")
        annotation.cluster.write(to: &json)
        json.member("kept", annotation.overlap == nil)
        if let overlap = annotation.overlap, let reason = annotation.reason {
          json.member("reason", reason.rawValue)
          json.write(overlap)
        } else {
          json.key("reason")
          json.null()
          json.key("similarity")
          json.null()
          json.key("containment")
          json.null()
        }
      }
    }
    bytes += "}\n".utf8
  }
}
