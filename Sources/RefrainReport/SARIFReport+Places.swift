// Places in SARIF: locations, regions in UTF-16 code units, and messages that link to them.

import RefrainModel

extension SARIFReport {
  /// Places that a message links to.
  private static let mostLinked = 5

  /// The title as the first sentence, then the places as links to related locations.
  func message(_ finding: Finding, _ result: CheckResult) -> String {
    let others = finding.occurrences.dropFirst()
    let links = others.prefix(Self.mostLinked).enumerated().map { index, other in
      "[\(plain(result.place(other)))](\(index + 2))\(finding.likeness(of: other))"
    }
    let this = finding.kind == .duplicateDocument ? "This document" : "This passage"
    var text = plain(finding.title) + (finding.isHint ? " (hint)." : ".")
    if !links.isEmpty {
      text += " [\(this)](1) also stands in " + links.joined(separator: ", ")
    }
    if others.count > links.count { text += " and \(others.count - links.count) more places" }
    if !links.isEmpty { text += "." }
    if let state = finding.state, state != .new {
      text += " In the baseline it is \(state.rawValue)."
    }
    return text
  }

  /// Text in a message that holds links: brackets are escaped, and braces, which stand for arguments,
  /// doubled.
  func plain(_ text: String) -> String {
    var out = ""
    for character in VisibleText.line(text) {
      switch character {
      case "\\", "[", "]": out += "\\\(character)"
      case "{", "}": out += "\(character)\(character)"
      default: out.append(character)
      }
    }
    return out
  }

  /// A location that messages link to by its number.
  func related(
    _ id: Int, _ place: Occurrence, _ message: String, _ result: CheckResult,
    to json: inout JSONText
  ) {
    json.object { json in
      json.member("id", id)
      location(place.path, ReportRegion(place), result, to: &json)
      json.member("message") { $0.member("text", plain(message)) }
    }
  }

  /// The members of a location.
  func location(
    _ path: String, _ region: ReportRegion, _ result: CheckResult, to json: inout JSONText
  ) {
    json.member("physicalLocation") { json in
      json.member("artifactLocation") { json in
        let name = result.root.relative(path)
        // Outside of the repository a path is absolute, and relative to nothing.
        json.member("uri", (name.hasPrefix("/") ? "file://" : "") + uri(name))
        if !name.hasPrefix("/"), name != PathRoot.standardInput {
          json.member("uriBaseId", "%SRCROOT%")
        }
      }
      json.member("region") { json in
        json.member("startLine", region.startLine)
        if let start = region.start { json.member("startColumn", start.utf16Column) }
        json.member("endLine", region.endLine)
        if let end = region.end { json.member("endColumn", end.utf16Column) }
      }
    }
  }

  /// A relative path as a relative reference of RFC 3986; the colon is encoded as well, for in a first
  /// segment it would end a scheme.
  func uri(_ path: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        out.append(byte)
      case _ where "-._~/!$&'()*+,;=@".utf8.contains(byte): out.append(byte)
      default: out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
