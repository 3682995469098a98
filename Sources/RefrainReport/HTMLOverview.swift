// What the HTML report says first: how much is repeated, on which pages, and which pages have passages in
// common, with a picture of it.

import RefrainModel

/// Writes the overview.
struct HTMLOverview {
  /// Pages and pairs that are listed, and pages that the picture joins.
  private static let mostPages = 60
  private static let mostPairs = 12
  private static let mostJoined = 14
  /// The height of a page's row in the picture; the style sheet has the same.
  private static let row = 40
  /// Arcs of the picture of a single text.
  private static let mostArcs = 400

  private let result: CheckResult
  let pages: PageOverview

  init(_ result: CheckResult, _ pages: PageOverview) {
    self.result = result
    self.pages = pages
  }

  /// The section; nothing where nothing was found.
  var html: String {
    if result.findings.isEmpty { return "" }
    let inside = pages.pages.count == 1 ? singlePage : manyPages
    return "<section id=\"overview\">\n\(inside)</section>\n"
  }

  /// How much is repeated: `7.9 % of the words stand in more than one place.`.
  var share: String {
    guard result.words > 0, pages.repeatedWords > 0 else { return "" }
    let tenths = min(1000, (pages.repeatedWords * 2000 + result.words) / (2 * result.words))
    let figure = tenths == 0 ? "Less than 0.1 %" : "\(tenths / 10).\(tenths % 10) %"
    return "\(figure) of the words stand in more than one place."
  }

  private var manyPages: String {
    var html = "<div class=\"where\">\n<div class=\"w-pages\">\n<h2>Pages</h2>\n"
    html += "<p class=\"key\">\(key("gate"))to resolve\(key("rep"))repeated\(key("all"))"
    html += "said once</p>\n<div class=\"map\">\n<ol>\n"
    let shown = pages.pages.prefix(Self.mostPages)
    for page in shown.prefix(Self.mostJoined) { html += item(page) }
    html += "</ol>\n\(arcs)</div>\n"
    let rest = shown.dropFirst(Self.mostJoined)
    if !rest.isEmpty {
      html +=
        "<details class=\"more\"><summary>\(HTMLReport.count(rest.count, "more page"))</summary>\n"
      html += "<ol class=\"rest\">\n" + rest.map(item).joined() + "</ol>\n"
      let left = pages.pages.count - shown.count
      if left > 0 {
        html += "<p class=\"m\">\(HTMLReport.count(left, "page")) with less "
        html +=
          "\(left == 1 ? "is" : "are") not listed; the search finds \(left == 1 ? "it" : "them").</p>\n"
      }
      html += "</details>\n"
    }
    html += "</div>\n"
    if !pages.pairs.isEmpty {
      html +=
        "<div class=\"w-pairs\">\n<h2>Pages with passages in common</h2>\n<ol class=\"pairs\">\n"
      for pair in pages.pairs.prefix(Self.mostPairs) { html += item(pair) }
      html += "</ol>\n"
      let left = pages.pairs.count - Self.mostPairs
      if left > 0 { html += "<p class=\"m\">and \(HTMLReport.count(left, "more pair"))</p>\n" }
      html += "</div>\n"
    }
    return html + "</div>\n"
  }

  /// What a colour of the bars means.
  private func key(_ name: String) -> String {
    "<svg viewBox=\"0 0 10 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + "<rect class=\"\(name)\" width=\"10\" height=\"10\"/></svg>"
  }

  /// A page with a bar: all its words, those that are repeated, and those that are to be resolved.
  private func item(_ page: PageOverview.Page) -> String {
    let whole = max(page.words, page.repeatedWords, 1)
    var says: [String] = []
    if page.gating > 0 { says.append("<b>\(HTMLReport.grouped(page.gating)) to resolve</b>") }
    let others = page.findings - page.gating
    if others > 0 {
      says.append(
        page.gating > 0
          ? "\(HTMLReport.grouped(others)) more"
          : HTMLReport.count(others, "finding"))
    }
    let words =
      page.words > 0
      ? "\(HTMLReport.grouped(min(page.repeatedWords, page.words))) of \(HTMLReport.count(page.words, "word"))"
      : HTMLReport.count(page.repeatedWords, "word")
    return "<li\(page.gating > 0 ? " class=\"g\"" : "")>\(button(page.path, nil))"
      + "<span class=\"says\">\(says.joined(separator: ", "))</span>"
      + "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + bar("all", 1000) + bar("rep", page.repeatedWords * 1000 / whole)
      + bar("gate", page.gatingWords * 1000 / whole) + "</svg>"
      + "<span class=\"share\">\(words)</span></li>\n"
  }

  private func bar(_ name: String, _ width: Int) -> String {
    width > 0 ? "<rect class=\"\(name)\" width=\"\(width)\" height=\"10\"/>" : ""
  }

  private func item(_ pair: PageOverview.Pair) -> String {
    let (a, b) = (pages.pages[pair.first].path, pages.pages[pair.second].path)
    return "<li\(pair.gating > 0 ? " class=\"g\"" : "")>\(button(a, b))"
      + "<span class=\"says\">\(says(pair))</span></li>\n"
  }

  /// `3 passages, 2 to resolve, 117 words`.
  private func says(_ pair: PageOverview.Pair) -> String {
    var says = [HTMLReport.count(pair.words, "word")]
    if pair.gating > 0 {
      says.insert("<b>\(HTMLReport.grouped(pair.gating)) to resolve</b>", at: 0)
    }
    let others = pair.findings - pair.gating
    if others > 0 {
      says.insert(
        pair.gating > 0
          ? "\(HTMLReport.grouped(others)) more" : HTMLReport.count(others, "passage"),
        at: says.count - 1)
    }
    return says.joined(separator: ", ")
  }

  /// A page, or two of them, which the script shows the findings of.
  private func button(_ path: String, _ other: String?) -> String {
    var html = "<button type=\"button\" class=\"go\"\(XMLText.attribute("data-page", path))"
    if let other { html += XMLText.attribute("data-other", other) }
    html += ">\(Self.name(path))"
    if let other { html += Self.name(other) }
    return html + "</button>"
  }

  /// A path whose folders may be cut where there is no room, but not its file.
  static func name(_ path: String) -> String {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    return "<code><span>\(HTMLReport.visible(String(path[..<cut])))</span>"
      + "<span>\(HTMLReport.visible(String(path[cut...])))</span></code>"
  }

  /// Which of the first pages have passages in common: an arc from row to row.
  private var arcs: String {
    let count = min(pages.pages.count, Self.mostJoined)
    var html =
      "<svg class=\"arcs\" viewBox=\"0 0 120 \(count * Self.row)\" width=\"120\" "
      + "height=\"\(count * Self.row)\" role=\"img\" aria-label=\"Pages with passages in common\">"
    let joined = pages.pairs.filter { $0.second < count }
    // The lighter ones first, so that the heavier lie on top.
    for pair in joined.reversed() {
      let (top, bottom) = (
        pair.first * Self.row + Self.row / 2, pair.second * Self.row + Self.row / 2
      )
      let reach = 24 + (pair.second - pair.first) * 120 / max(8, count)
      let width = min(7, 1 + pair.words / 60)
      let title =
        "\(pages.pages[pair.first].path) and \(pages.pages[pair.second].path): "
        + HTMLReport.count(pair.findings, "passage")
      html += "<path\(pair.gating > 0 ? " class=\"g\"" : "") stroke-width=\"\(width)\""
      html += " d=\"M2 \(top)C\(reach) \(top) \(reach) \(bottom) 2 \(bottom)\">"
      html += "<title>\(HTMLReport.visible(title))</title></path>"
    }
    return html + "</svg>\n"
  }

  /// One text: a line from its beginning to its end, and an arc from each place to the next.
  private var singlePage: String {
    let findings = result.findings.prefix(Self.mostArcs)
    func line(_ place: Occurrence, _ end: Bool) -> Int {
      place.recordLine ?? (end ? place.end.line : place.start.line)
    }
    let last = findings.flatMap(\.occurrences).map { line($0, true) }.max() ?? 1
    func x(_ line: Int) -> Int { (line - 1) * 1000 / max(1, last) }
    var marks = ""
    var arcs = ""
    // An arc is as high as it is wide, but for a quarter; so is the picture as its widest.
    let widest =
      findings.flatMap { finding in
        let lines = finding.occurrences.map { line($0, false) }.sorted()
        return zip(lines, lines.dropFirst()).map { x($1) - x($0) }
      }.max() ?? 0
    let base = (20 + widest / 4) * 3 / 4 + 8
    for (finding, id) in zip(findings, HTMLReport.ids(result)).reversed() {
      let gates = result.isWarning(finding) ? " class=\"g\"" : ""
      let data = XMLText.attribute("data-to", id)
      let places = finding.occurrences.sorted { line($0, false) < line($1, false) }
      for place in places {
        let (a, b) = (x(line(place, false)), x(line(place, true) + 1))
        marks += "<rect\(gates) x=\"\(a)\" y=\"\(base)\" width=\"\(max(3, b - a))\" height=\"8\"/>"
      }
      for (a, b) in zip(places, places.dropFirst()) {
        let (from, to) = (
          (x(line(a, false)) + x(line(a, true) + 1)) / 2,
          (x(line(b, false)) + x(line(b, true) + 1)) / 2
        )
        let (height, width) = (10 + (to - from) / 4, min(6, 1 + finding.words / 25))
        arcs += "<path\(gates)\(data) stroke-width=\"\(width)\" d=\"M\(from) \(base)"
        arcs += "C\(from) \(base - height) \(to) \(base - height) \(to) \(base)\">"
        let title = "Lines \(line(a, false)) and \(line(b, false)): \(finding.share)"
        arcs += "<title>\(HTMLReport.visible(title))</title></path>"
      }
    }
    return
      "<h2>Where it is</h2>\n<svg class=\"line\" viewBox=\"0 0 1000 \(base + 10)\" role=\"img\" "
      + "aria-label=\"Where the passages stand in the text\">"
      + "<rect class=\"all\" x=\"0\" y=\"\(base + 3)\" width=\"1000\" height=\"2\"/>"
      + marks + arcs + "</svg>\n"
      + "<p class=\"ends\"><span>line 1</span><span>line \(HTMLReport.grouped(last))</span></p>\n"
  }
}
