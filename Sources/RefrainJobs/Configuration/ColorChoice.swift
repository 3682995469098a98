// --color: whether results are coloured.

import Glibc

/// When to colour.
package enum ColorChoice: String, Hashable, Sendable, CaseIterable {
  case auto
  case always
  case never

  /// Whether to colour what goes to `output`.
  ///
  /// `auto` colours only on a terminal, and never if NO_COLOR is set.
  package func isOn(output: String) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: output == "-" && isatty(1) == 1 && getenv("NO_COLOR") == nil
    }
  }
}
