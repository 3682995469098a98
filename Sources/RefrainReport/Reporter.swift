// The one shape of everything that writes results: a value in, bytes at the end of a buffer. Findings,
// pairs, evidence, clusters and shared passages have reporters alike.

/// A way to write what was found.
///
/// A reporter is made once with what it needs besides the results, and called for each piece of them:
/// for a whole result of a check, for a record of a corpus. It does not know where the bytes go.
package protocol Reporter<Subject>: Sendable {
  /// What it writes.
  associatedtype Subject

  /// Appends `subject` to the bytes.
  func write(_ subject: Subject, to bytes: inout [UInt8])
}

extension Reporter {
  /// The bytes of one subject alone.
  package func report(_ subject: Subject) -> [UInt8] {
    var bytes: [UInt8] = []
    write(subject, to: &bytes)
    return bytes
  }
}
