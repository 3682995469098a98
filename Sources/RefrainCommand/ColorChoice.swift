// --color: whether results carry colours.

import ArgumentParser
import Glibc

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// Whether to colour what goes to `output`: by itself only on a terminal, and never where NO_COLOR
  /// asks for none.
  func isOn(output: String) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: output == "-" && isatty(1) == 1 && getenv("NO_COLOR") == nil
    }
  }
}
