// What could not be read, as JSON Lines: what `dedup --rejects` writes.

package import RefrainModel

/// A record or an input that was left out because it could not be read.
package struct ReportedReject: Sendable {
  package var error: RefrainError
  /// The line as it stands, without its line end; nil where no line is to blame.
  package var line: [UInt8]?

  package init(error: RefrainError, line: [UInt8]?) {
    self.error = error
    self.line = line
  }
}

/// Writes a line a record or input: its place, the cause, and the line itself.
///
/// Bytes of it that are not UTF-8 are U+FFFD.
package struct RejectLines: Reporter {
  package init() {}

  package func write(_ reject: ReportedReject, to bytes: inout [UInt8]) {
    let (line, column, cause) = Self.parts(reject.error)
    JSONText.append(to: &bytes) { json in
      json.object { json in
        if let path = reject.error.path { json.member("path", path) }
        if let line { json.member("line", line) }
        if let column { json.member("column", column) }
        json.member("cause", cause)
        if let line = reject.line {
          json.member("record", String(decoding: line, as: UTF8.self))
        }
      }
      json.newline()
    }
  }

  private static func parts(_ error: RefrainError) -> (line: Int?, column: Int?, cause: String) {
    switch error {
    case .badRecord(_, let line, let column, let cause): (line, column, cause)
    case .notUTF8(_, let line, let byte):
      (line, nil, "not UTF-8 (first wrong byte at offset \(byte))")
    case .notText(_, let line, let cause): (line, nil, cause)
    case .unreadable(_, let cause): (nil, nil, "cannot read: \(cause)")
    case .damaged(_, let cause): (nil, nil, "damaged: \(cause)")
    default: (nil, nil, error.description)
    }
  }
}
