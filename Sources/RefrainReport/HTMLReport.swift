// A check's result as one HTML file for an editor: nothing is fetched, nothing in a text can run, and
// with scripts off it is read all the same.
//
// The list of findings is the data: each is a `details` element that holds its first two places side by
// side and the texts of the others, so that a text is written once, with how each goes along with the
// first. What is closed or out of sight a browser does not lay out. The script only filters, walks, and
// lays out other places beside the first.

package import RefrainModel

package struct HTMLReport: Reporter {
  /// Of this program.
  private let version: String

  package init(version: String) { self.version = version }

  /// The document.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    var html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="refrain \(XMLText.escaped(version, attribute: true))">
      <title>Repeated passages</title>
      <style nonce="\(Self.nonce)">
      \(HTMLStyle.text)</style>
      </head>
      <body>
      <header>
      <h1>Repeated passages</h1>
      \(summary(result))
      </header>
      <div id="tools" hidden></div>
      <main id="list">

      """
    var ordinals = Ordinals()
    for finding in result.findings {
      html += HTMLFinding(finding, result).html(id: "f-" + ordinals.unique(finding.id))
    }
    if result.findings.isEmpty { html += "<p class=\"none\">Nothing is said twice.</p>\n" }
    html += "</main>\n" + remarks(result)
    html += "<script nonce=\"\(Self.nonce)\">\n\(HTMLScript.text)</script>\n</body>\n</html>\n"
    bytes.append(contentsOf: html.utf8)
  }

  /// Only the style and the script of this file count; nothing is loaded, sent or framed.
  private static let policy =
    "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; "
    + "base-uri 'none'; form-action 'none'"
  private static let nonce = "refrain"

  /// What was read and what was found.
  private func summary(_ result: CheckResult) -> String {
    let gating = result.gating
    var text = "<p><b>\(count(result.findings.count, "finding"))</b>"
    text += " in \(count(result.documents, "document")) of \(count(result.words, "word"))"
    if gating != result.findings.count, result.gate.failOn != .never {
      text += ", \(grouped(gating)) to resolve"
    }
    let untold = result.hints + result.notes
    if untold > 0 { text += ", \(grouped(untold)) more with --all" }
    if result.waived > 0 { text += ", \(grouped(result.waived)) waived" }
    text += ".</p>\n<ul class=\"kinds\">"
    for kind in FindingKind.allCases {
      let n = result.findings.count { $0.kind == kind }
      if n == 0 { continue }
      text += "<li data-kind=\"\(kind.rawValue)\"><b>\(grouped(n))</b> \(kind.rawValue)</li>"
    }
    return text + "</ul>"
  }

  private func count(_ n: Int, _ noun: String) -> String {
    "\(grouped(n)) \(n == 1 ? noun : noun + "s")"
  }

  /// A number with its digits in threes: `1,234,567`.
  private func grouped(_ n: Int) -> String {
    var digits = String(n)
    var at = digits.count - 3
    while at > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: at))
      at -= 3
    }
    return digits
  }

  /// Waivers to look at, resolved lines, and what could not be read.
  private func remarks(_ result: CheckResult) -> String {
    var lines: [String] = []
    for remark in result.remarks {
      let place = "\(result.root.relative(remark.path)):\(remark.start.line)"
      lines.append(
        "<b>\(remark.rule.rawValue)</b> <code>\(Self.visible(place))</code> "
          + Self.visible(remark.message))
    }
    for hint in result.resolved { lines.append("<b>resolved</b> \(Self.visible(hint))") }
    for error in result.skipped {
      lines.append("<b>left out</b> \(Self.visible(error.description))")
    }
    if lines.isEmpty { return "" }
    let items = lines.map { "<li>\($0)</li>\n" }.joined()
    return "<footer>\n<h2>Besides</h2>\n<ul>\n\(items)</ul>\n</footer>\n"
  }

  /// The length of a text on the page as scripts count it, in UTF-16 code units.
  static func length(_ text: String) -> Int {
    var length = 0
    var isReference = false
    for unit in visible(text).utf16 {
      // A reference, `&lt;`, stands for one character.
      if unit == UInt16(UInt8(ascii: "&")) { isReference = true }
      if unit == UInt16(UInt8(ascii: ";")) { isReference = false }
      if !isReference { length += 1 }
    }
    return length
  }

  /// Text for a person: escaped, with control characters as carets.
  static func visible(_ text: String) -> String { XMLText.escaped(text, controls: .caret) }
}
