// What became of each record as JSON Lines: what `dedup --evidence` and `--clusters` write.

package import RefrainModel

/// A record by its id and its place.
package struct ReportedRecord: Hashable, Sendable {
  package var id: RecordID
  package var path: String
  package var line: Int

  package init(id: RecordID, path: String, line: Int) {
    self.id = id
    self.path = path
    self.line = line
  }
}

/// A record that was removed, and why.
package struct ReportedRemoval: Hashable, Sendable {
  package var removed: ReportedRecord
  package var kept: ReportedRecord
  /// The overlap of their shingle sets.
  package var overlap: Overlap
  package var reason: PairReason
  /// The passages that both hold; nil where they were not asked for.
  package var passages: [ReportedPassage]?

  package init(
    removed: ReportedRecord, kept: ReportedRecord, overlap: Overlap, reason: PairReason,
    passages: [ReportedPassage]?
  ) {
    self.removed = removed
    self.kept = kept
    self.overlap = overlap
    self.reason = reason
    self.passages = passages
  }
}

/// Writes a line a removed record.
package struct EvidenceLines: Reporter {
  package init() {}

  package func write(_ removal: ReportedRemoval, to bytes: inout [UInt8]) {
    let (removed, kept) = (removal.removed, removal.kept)
    JSONText.append(to: &bytes) { json in
      json.object { json in
        json.key("removed")
        removed.id.write(to: &json)
        json.key("kept")
        kept.id.write(to: &json)
        json.member("removedAt", "\(removed.path):\(removed.line)")
        json.member("keptAt", "\(kept.path):\(kept.line)")
        json.write(removal.overlap)
        json.member("reason", removal.reason.rawValue)
        if let passages = removal.passages {
          json.member("passages", of: passages) { json, passage in
            PassageLines.write(passage, to: &json)
          }
        }
      }
      json.newline()
    }
  }
}

/// A record and the one that is kept of its cluster.
package struct ReportedMember: Hashable, Sendable {
  package var id: RecordID
  /// The id of the kept record, which names the cluster.
  package var cluster: RecordID
  package var isKept: Bool

  package init(id: RecordID, cluster: RecordID, isKept: Bool) {
    self.id = id
    self.cluster = cluster
    self.isKept = isKept
  }
}

/// Writes a line a record with its cluster.
package struct ClusterLines: Reporter {
  package init() {}

  package func write(_ member: ReportedMember, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      json.object { json in
        json.key("id")
        member.id.write(to: &json)
        json.key("cluster")
        member.cluster.write(to: &json)
        json.member("kept", member.isKept)
      }
      json.newline()
    }
  }
}
