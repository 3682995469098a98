// The program's version.

/// What `--version` prints and reports carry.
package enum RefrainVersion {
  package static let current = "0.1.0"
}
