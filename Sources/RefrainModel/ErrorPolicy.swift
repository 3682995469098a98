// What a job does with what it cannot read.

/// What to do with a record that cannot be read.
package enum ErrorPolicy: String, Sendable, CaseIterable {
  /// Stop with the first error by place.
  case fail
  /// Leave the record out and count it.
  case skip
}
