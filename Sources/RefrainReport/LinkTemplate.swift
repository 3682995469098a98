// Where a place in a report leads: an editor's URL, or that of a repository in a browser.

package import RefrainModel

/// A URL with `{path}` and, as a rule, `{line}` in it.
///
/// For `http` and `https` the path is that from the root of the repository, for any other scheme, which
/// is an editor's, the absolute one.
package struct LinkTemplate: Hashable, Sendable {
  /// What a template has to be, for messages.
  package static let expectation =
    "a URL with {path} in it, such as vscode://file{path}:{line} or "
    + "https://example.org/blob/main/{path}#L{line}"

  /// Schemes that run or show something else than a file of the repository.
  private static let refused: Set<String> = [
    "about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source",
  ]

  private enum Part: Hashable {
    case text(String)
    case path
    case line
    case column
  }

  private let parts: [Part]
  private let isWeb: Bool

  /// Reads a template.
  ///
  /// nil where it has no scheme or one that no editor and no repository has, holds what a URL cannot
  /// hold, misses `{path}` or has something else in braces.
  package init?(_ text: String) {
    guard let end = text.firstRange(of: "://")?.lowerBound else { return nil }
    let scheme = text[..<end].lowercased()
    guard let first = scheme.utf8.first, (0x61...0x7A).contains(first),
      scheme.utf8.allSatisfy({ Self.isPlain($0) && !"_~".utf8.contains($0) }),
      !Self.refused.contains(scheme), text.utf8.allSatisfy(Self.isURL)
    else { return nil }
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else { return nil }
      switch rest[open...close] {
      case "{path}": parts.append(.path)
      case "{line}": parts.append(.line)
      case "{column}": parts.append(.column)
      default: return nil
      }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    // The scheme must not come out of a path.
    guard parts.contains(.path), case .text(let start)? = parts.first, start.contains("://") else {
      return nil
    }
    self.parts = parts
    isWeb = scheme == "http" || scheme == "https"
  }

  /// The URL of a place; nil for standard input, which is nowhere.
  package func url(_ place: Occurrence, root: PathRoot) -> String? {
    let relative = root.relative(place.path)
    if relative == PathRoot.standardInput { return nil }
    var path = isWeb ? relative : root.absolute(relative)
    if isWeb { path = String(path.drop { $0 == "/" }) }
    return parts.map { part in
      switch part {
      case .text(let text): text
      case .path: Self.encoded(path)
      case .line: String(place.recordLine ?? place.start.line)
      case .column: String(place.recordLine == nil ? place.start.column : 1)
      }
    }.joined()
  }

  /// A path in which all but letters, digits, `-._~` and slashes is percent-encoded.
  private static func encoded(_ path: String) -> String {
    var url = ""
    for byte in path.utf8 {
      if isPlain(byte) || byte == UInt8(ascii: "/") {
        url.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        url += "%" + byte.hexadecimal(digits: 2)
      }
    }
    return url
  }

  /// What RFC 3986 reserves for nothing.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// What may stand in a template: the characters of a URL, and braces.
  private static func isURL(_ byte: UInt8) -> Bool {
    isPlain(byte) || "!#$%&'()*+,/:;=?@[]{}".utf8.contains(byte)
  }
}
