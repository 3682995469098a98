// Waivers inside a text: comments that say which repetition is meant to be there.
//
//   <!-- refrain-ignore-next reason="legal text" until=2027-01-01 -->
//   <!-- refrain-off --> ... <!-- refrain-on -->
//
// The comment is the host format's own and stands first on its line: `<!-- -->` in Markdown, HTML and
// plain text, `..` in reStructuredText, `//` in AsciiDoc.

package import RefrainModel

/// One comment that waives repetition.
package struct Waiver: Hashable, Sendable {
  package enum Verb: String, Hashable, Sendable {
    /// The next block: a paragraph, a heading or a list item.
    case ignoreNext = "refrain-ignore-next"
    /// Everything up to `on` or the end.
    case off = "refrain-off"
    case on = "refrain-on"
  }

  /// nil where the verb is none of these.
  package var verb: Verb?
  /// The comment in the file, its marks included.
  package var comment: ByteRange
  /// Why, where that is said.
  package var reason: String?
  /// The last day it holds, as year * 10000 + month * 100 + day.
  package var until: Int?
  /// What is wrong with it; it waives nothing then.
  package var fault: String?

  /// Reads what stands in a comment, from the verb on.
  init(_ text: Substring, comment: ByteRange) {
    self.comment = comment
    var rest = text
    let word = Self.word(&rest)
    verb = Verb(rawValue: word)
    if verb == nil {
      fault = "\(word) is not refrain-ignore-next, refrain-off or refrain-on"
      return
    }
    while true {
      rest = rest.drop { $0.isWhitespace }
      if rest.isEmpty { return }
      let name = String(rest.prefix { $0 != "=" && !$0.isWhitespace })
      rest = rest.dropFirst(name.count)
      guard rest.first == "=" else {
        fault = "\(name) is neither reason=\"...\" nor until=YYYY-MM-DD"
        return
      }
      rest = rest.dropFirst()
      let value = Self.value(&rest)
      switch name {
      case "reason": reason = value
      case "until":
        until = Self.day(value)
        if until == nil { fault = "until=\(value) is not a date of the form YYYY-MM-DD" }
      default: fault = "\(name) is neither reason nor until"
      }
    }
  }

  private static func word(_ rest: inout Substring) -> String {
    let word = rest.prefix { !$0.isWhitespace }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  /// A value in quotes, or up to the next white space.
  private static func value(_ rest: inout Substring) -> String {
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return word(&rest) }
    let body = rest.dropFirst().prefix { $0 != quote }
    rest = rest.dropFirst(body.count + 2)
    return String(body)
  }

  /// `2027-01-31` as 20270131; nil for anything that is no day.
  private static func day(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let y = Int(parts[0]), let m = Int(parts[1]),
      let d = Int(parts[2]), y > 0, (1...12).contains(m)
    else { return nil }
    let isLeap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]
    return (1...days).contains(d) ? y * 10_000 + m * 100 + d : nil
  }
}
