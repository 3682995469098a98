// Turns a help text into a man page, so that both say the same.

/// Turns the help of a command into roff with the man macros, as man(7) describes them.
struct ManualPage {
  /// Such as `refrain-check`.
  let name: String
  /// One line: what the command does.
  let abstract: String
  let version: String
  /// The help text, with unwrapped lines.
  let help: String

  /// The page's source.
  ///
  /// O(length of the help).
  var text: String {
    var lines = [
      ".TH \(Self.escaped(name.uppercased())) 1 \"\" \"refrain \(version)\" \"User Commands\"",
      ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(abstract))",
    ]
    var isOverview = false
    var isExample = false
    for line in help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let indent = line.prefix { $0 == " " }.count
      let content = String(line.dropFirst(indent))
      if let section = Self.section(line) {
        if isExample { lines.append(".fi") }
        isExample = false
        isOverview = section.title == "DESCRIPTION"
        lines.append(".SH \(section.title)")
        // The abstract is under NAME already.
        if !isOverview, !section.rest.isEmpty { lines.append(Self.escaped(section.rest)) }
      } else if content.isEmpty {
        if isExample { lines.append(".fi") }
        isExample = false
        if lines.last != ".PP" { lines.append(".PP") }
      } else if isOverview {
        // Indented lines are commands to type.
        if indent > 0, !isExample { lines.append(".nf") }
        if indent == 0, isExample { lines.append(".fi") }
        isExample = indent > 0
        lines.append((isExample ? "  " : "") + Self.escaped(content))
      } else if indent == 2 {
        let label = Self.label(content)
        lines += [".TP", ".B \(Self.escaped(label.name))"]
        if !label.help.isEmpty { lines.append(Self.escaped(label.help)) }
      } else {
        lines.append(Self.escaped(content))
      }
    }
    if isExample { lines.append(".fi") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `OPTIONS:` and the like, with what follows on the same line.
  private static func section(_ line: String) -> (title: String, rest: String)? {
    guard let colon = line.firstIndex(of: ":"), line.first?.isUppercase == true else { return nil }
    let title = line[..<colon]
    guard title.allSatisfy({ $0.isUppercase || $0 == " " }), title.count > 3 else { return nil }
    let rest = line[line.index(after: colon)...].drop { $0 == " " }
    switch title {
    case "OVERVIEW": return ("DESCRIPTION", String(rest))
    case "USAGE": return ("SYNOPSIS", String(rest))
    default: return (String(title), String(rest))
    }
  }

  /// The label of an option and its help, between which are at least two spaces.
  private static func label(_ line: String) -> (name: String, help: String) {
    guard let gap = line.firstRange(of: "  ") else { return (line, "") }
    return (String(line[..<gap.lowerBound]), String(line[gap.upperBound...].drop { $0 == " " }))
  }

  /// Text that roff prints as it is: no requests, no escapes, and hyphens that can be copied.
  private static func escaped(_ text: String) -> String {
    let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}
