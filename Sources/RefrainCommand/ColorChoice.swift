// --color: whether results are coloured.

import ArgumentParser
import Glibc

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// Whether to colour what goes to `output`.
  ///
  /// `auto` colours only on a terminal, and never if NO_COLOR is set.
  func isOn(output: String) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: output == "-" && isatty(1) == 1 && getenv("NO_COLOR") == nil
    }
  }
}
