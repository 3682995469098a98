// A check's result as one HTML file for an editor: nothing is fetched, nothing in a text can run, and
// with scripts off it is read all the same.
//
// First comes where repetition is, then the findings, page by page. The list is the data: each finding is
// a `details` element that holds its first two places side by side and the texts of the others, so that
// a text is written once, with how each goes along with the first. What is closed or out of sight a
// browser does not lay out. The script only filters, sorts, walks, and lays out other places beside the
// first.

package import RefrainModel

package struct HTMLReport: Reporter {
  /// So many findings are opened at once.
  private static let few = 10

  /// Of this program.
  private let version: String
  /// Where places lead; nil where they lead nowhere.
  private let link: LinkTemplate?

  package init(version: String, link: LinkTemplate? = nil) {
    self.version = version
    self.link = link
  }

  /// The document.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    let overview = HTMLOverview(result, PageOverview(result))
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
      \(summary(result, overview.share))
      </header>
      \(overview.html)<div id="tools" hidden></div>
      <main id="list">

      """
    bytes.append(contentsOf: html.utf8)
    write(pages: result, overview, to: &bytes)
    html = "</main>\n" + remarks(result)
    html += "<script nonce=\"\(Self.nonce)\">\n\(HTMLScript.text)</script>\n</body>\n</html>\n"
    bytes.append(contentsOf: html.utf8)
  }

  /// The findings, those together whose first place is on one page, the heaviest page first.
  private func write(pages result: CheckResult, _ overview: HTMLOverview, to bytes: inout [UInt8]) {
    if result.findings.isEmpty {
      bytes.append(contentsOf: "<p class=\"none\">Nothing is said twice.</p>\n".utf8)
      return
    }
    let ids = Self.ids(result)
    var byPage: [String: [Int]] = [:]
    for (index, finding) in result.findings.enumerated() {
      byPage[result.root.relative(finding.occurrences[0].path), default: []].append(index)
    }
    let isOpen = result.findings.count <= Self.few
    for page in overview.pages.pages {
      guard let findings = byPage[page.path] else { continue }
      var html = "<section class=\"page\">\n"
      if byPage.count > 1 {
        let gating = findings.count { result.isWarning(result.findings[$0]) }
        html += "<h2>\(HTMLOverview.name(page.path)) <span>"
        html += gating > 0 ? "\(Self.grouped(gating)) to resolve" : ""
        if gating > 0, findings.count > gating { html += ", " }
        if findings.count > gating {
          html += "\(Self.grouped(findings.count - gating))\(gating > 0 ? " more" : " to look at")"
        }
        html += "</span></h2>\n"
      }
      bytes.append(contentsOf: html.utf8)
      for index in findings {
        let finding = HTMLFinding(result.findings[index], result, link)
        bytes.append(contentsOf: finding.html(id: ids[index], order: index, isOpen: isOpen).utf8)
      }
      bytes.append(contentsOf: "</section>\n".utf8)
    }
  }

  /// What the elements of the findings are called, in the order of the result.
  static func ids(_ result: CheckResult) -> [String] {
    var ordinals = Ordinals()
    return result.findings.map { "f-" + ordinals.unique($0.id) }
  }

  /// Only the style and the script of this file count; nothing is loaded, sent or framed.
  private static let policy =
    "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; "
    + "base-uri 'none'; form-action 'none'"
  private static let nonce = "refrain"

  /// What was read and what was found.
  private func summary(_ result: CheckResult, _ share: String) -> String {
    let gating = result.gating
    var text = "<p><b>\(Self.count(result.findings.count, "finding"))</b>"
    text += " in \(Self.count(result.documents, "document")) of \(Self.count(result.words, "word"))"
    if gating != result.findings.count, result.gate.failOn != .never {
      text += ", \(Self.grouped(gating)) to resolve"
    }
    let untold = result.hints + result.notes
    if untold > 0 { text += ", \(Self.grouped(untold)) more with --all" }
    if result.waived > 0 { text += ", \(Self.grouped(result.waived)) waived" }
    text += ".\(share.isEmpty ? "" : " " + share)</p>\n"
    return text + HTMLFacet.html(result)
  }

  static func count(_ n: Int, _ noun: String) -> String {
    "\(grouped(n)) \(n == 1 ? noun : noun + "s")"
  }

  /// A number with its digits in threes: `1,234,567`.
  static func grouped(_ n: Int) -> String {
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
