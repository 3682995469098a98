// One finding in the HTML report: a line to see it by, its places, and the first two side by side.

import RefrainModel

/// Writes a finding.
struct HTMLFinding {
  /// Places that are named, and of those that read otherwise than the first, how many texts are
  /// given.
  private static let mostPlaces = 200
  private static let mostTexts = 24
  /// What has fewer words may be a heading.
  private static let leastWords = 6
  /// Bytes of a text, more or less.
  private static let mostBytes = 12_000

  private let finding: Finding
  private let result: CheckResult
  private let link: LinkTemplate?

  init(_ finding: Finding, _ result: CheckResult, _ link: LinkTemplate?) {
    self.finding = finding
    self.result = result
    self.link = link
  }

  /// The element; `order` is the finding's number in the result.
  func html(id: String, order: Int, isOpen: Bool) -> String {
    let first = finding.occurrences[0]
    let kind = finding.kind.rawValue
    let gates = result.isWarning(finding) ? " gates" : ""
    var html = "<details class=\"f k-\(kind)\(gates)\" id=\"\(id)\""
    html += HTMLFacet.attributes(finding, in: result)
    html += " data-order=\"\(order)\"\(isOpen ? " open" : "")>\n"
    html += "<summary><span class=\"t\">\(HTMLReport.visible(sentence))</span>"
    html += "<span class=\"d\"><b>\(kind)</b>"
    if let standing = finding.standing { html += " <i class=\"st\">\(standing)</i>" }
    html += " <span>\(finding.share)</span> <code>\(HTMLReport.visible(result.place(first)))</code>"
    let others = finding.occurrences.count - 1
    if others > 0 { html += " <span>+ \(Phrases.count(others, "place"))</span>" }
    html += "</span></summary>\n"
    return html + passage() + "</details>\n"
  }

  /// A sentence to know the passage by: the first one that is no heading, as far as that can be told.
  private var sentence: String {
    let sentences = SentenceRows.sentences(finding.occurrences[0])
      .map { Phrases.line($0, atMost: 160) }
    let long = sentences.filter { $0.split(separator: " ").count >= Self.leastWords }
    let ends: Set<Character> = [".", "!", "?", ":", "…", "。", "！", "？", "।", "؟"]
    return long.first { $0.last { !$0.isQuotationOrBracket }.map(ends.contains) ?? false }
      ?? long.first ?? sentences.max { $0.count < $1.count } ?? ""
  }

  /// The places of a passage, and the first two side by side.
  private func passage() -> String {
    let places = finding.occurrences
    var html = "<p class=\"m\">\(finding.scope == .within ? "On one page" : "On several pages")"
    if finding.longestRun > 0 {
      html += ", longest run \(Phrases.count(finding.longestRun, "word"))"
    }
    if finding.kind == .duplicateDocument {
      html += "; how they begin is shown, and <code>refrain compare</code> shows the whole of two"
    }
    html += ".</p>\n<ol class=\"places\">\n"
    let second = places.count > 1 ? places[1] : places[0]
    let (table, shownFirst) = table(places[0], second)
    var texts = 0
    for (index, place) in places.prefix(Self.mostPlaces).enumerated() {
      html += item(place)
      if index > 1 {
        if place.text == places[0].text {
          html += " <i class=\"same\">identical to the first</i>"
        } else if texts < Self.mostTexts {
          texts += 1
          html += text(place, places[0], shownFirst)
        }
      }
      html += "</li>\n"
    }
    html += "</ol>\n" + more(places.count)
    return html + table + waiver()
  }

  /// The text of a place, and how it goes along with the first place's, for the script to lay out.
  private func text(_ place: Occurrence, _ first: Occurrence, _ shownFirst: Int) -> String {
    let text = SentenceRows.onOneLine(Array(shortened(place).text.utf8)[...])
    var data = ""
    if !place.alignment.isEmpty {
      let rows = SentenceRows(first, place, most: Self.mostBytes, mostOfFirst: shownFirst)
      data = XMLText.attribute("data-d", rows.data)
    }
    return "<p class=\"x\"\(data)>\(HTMLReport.visible(text))</p>"
  }

  /// Two places as rows of sentences, equal texts once; and how many bytes of the first are shown.
  private func table(_ a: Occurrence, _ b: Occurrence) -> (html: String, shownFirst: Int) {
    let isSame = a.text == b.text
    var html = "<table class=\"pair\(isSame ? " same" : "")\"><thead><tr>"
    html += "<th>\(name(a))\(isSame ? " = " : "</th><th>")\(name(b))"
    html += isSame ? " <i>identical: shown once</i>" : ""
    html += "</th></tr></thead>\n<tbody>\n"
    html += context(Self.last(a.before), isSame ? nil : Self.last(b.before))
    var shownFirst = a.text.utf8.count
    if isSame {
      let short = shortened(a)
      for sentence in SentenceRows.sentences(short) {
        html += "<tr><td>\(HTMLReport.visible(sentence))</td></tr>\n"
      }
      if short.text != a.text { shownFirst = Self.mostBytes - 4 }
    } else {
      let rows = SentenceRows(a, b, most: Self.mostBytes, mostOfFirst: Self.mostBytes)
      for row in rows.rows {
        html += "<tr><td>\(cell(row.left))</td><td>\(cell(row.right))</td></tr>\n"
      }
      if rows.rows.isEmpty {
        // Nobody knows how they go along.
        let cells = [a, b].map { place in
          let text = SentenceRows.sentences(shortened(place)).joined()
          return "<td>\(HTMLReport.visible(text))</td>"
        }
        html += "<tr>\(cells.joined())</tr>\n"
      }
      if !rows.isWhole { html += "<tr class=\"e\"><td>…</td><td>…</td></tr>\n" }
      shownFirst = rows.shownFirst
    }
    html += context(Self.first(a.after), isSame ? nil : Self.first(b.after))
    return (html + "</tbody></table>\n", shownFirst)
  }

  private func item(_ place: Occurrence) -> String {
    let path = XMLText.attribute("data-path", result.root.relative(place.path))
    var html = "<li\(path)>\(name(place))"
    if let overlap = place.overlap {
      html += " \(TextStyle.percent(overlap.shared, of: overlap.union)) % alike"
    }
    if place.isAdded { html += " <i>new</i>" }
    if place.changedLines != nil { html += " <i>changed</i>" }
    return html
  }

  /// A place, which leads where it is if that is known.
  private func name(_ place: Occurrence) -> String {
    let code = "<code>\(HTMLReport.visible(result.place(place)))</code>"
    guard let url = link?.url(place, root: result.root) else { return code }
    return "<a\(XMLText.attribute("href", url)) target=\"_blank\" rel=\"noopener noreferrer\">"
      + code + "</a>"
  }

  /// What to write into a page to keep the passage; nothing for records, which have no comments.
  private func waiver() -> String {
    guard let place = finding.occurrences.first(where: { $0.recordLine == nil }) else { return "" }
    func code(_ waiver: String) -> String {
      "<code>\(HTMLReport.visible(Self.comment(waiver, in: place.path)))</code>"
    }
    let off = code("refrain-off reason=\"...\"")
    let rule =
      finding.kind == .duplicateDocument
      ? "\(off) at the top of one of them"
      : place.text.contains("\n\n")
        ? "\(off) before one of the places and \(code("refrain-on")) behind it"
        : "\(code("refrain-ignore-next reason=\"...\"")) before one of the places"
    return "<p class=\"w\">To keep it on purpose, put \(rule).</p>\n"
  }

  /// A comment in the format of a file.
  private static func comment(_ text: String, in path: String) -> String {
    let name = path.lowercased()
    if [".rst", ".rest"].contains(where: name.hasSuffix) { return ".. \(text)" }
    if [".adoc", ".asciidoc", ".asc"].contains(where: name.hasSuffix) { return "// \(text)" }
    return "<!-- \(text) -->"
  }

  private func more(_ count: Int) -> String {
    let left = count - Self.mostPlaces
    return left > 0 ? "<p class=\"m\">and \(left) more places</p>\n" : ""
  }

  /// The nearest block of what stands before or behind a passage: a heading is not glued to a sentence.
  private static func last(_ text: String) -> String {
    text.split(separator: "\n\n").last.map(String.init) ?? ""
  }
  private static func first(_ text: String) -> String {
    text.split(separator: "\n\n").first.map(String.init) ?? ""
  }

  private func context(_ a: String, _ b: String?) -> String {
    let cells = [a, b].compactMap { $0 }.map { Phrases.line($0, atMost: 200) }
    if cells.allSatisfy(\.isEmpty) { return "" }
    let columns = cells.map { "<td>\(HTMLReport.visible($0))</td>" }
    return "<tr class=\"c\">\(columns.joined())</tr>\n"
  }

  private func cell(_ spans: [SentenceRows.Span]) -> String {
    spans.map { span in
      // A blank behind the words that differ is none of the difference.
      let isSpaced = span.kind != .equal && span.text.hasSuffix(" ")
      let text = HTMLReport.visible(isSpaced ? String(span.text.dropLast()) : span.text)
      let blank = isSpaced ? " " : ""
      return switch span.kind {
      case .equal: text
      case .removed: "<del>\(text)</del>\(blank)"
      case .added: "<ins>\(text)</ins>\(blank)"
      case .movedAway: "<del class=\"v\">\(text)</del>\(blank)"
      case .movedHere: "<ins class=\"v\">\(text)</ins>\(blank)"
      }
    }.joined()
  }

  /// A place whose text is of bounded length.
  private func shortened(_ place: Occurrence) -> Occurrence {
    guard place.text.utf8.count > Self.mostBytes else { return place }
    var place = place
    var end = place.text.utf8.index(place.text.startIndex, offsetBy: Self.mostBytes)
    while end > place.text.startIndex, end.samePosition(in: place.text) == nil {
      end = place.text.utf8.index(before: end)
    }
    place.text = place.text[..<end] + " …"
    return place
  }
}

extension Character {
  /// Whether it may stand behind the stop of a sentence.
  fileprivate var isQuotationOrBracket: Bool { "\"'\u{2019}\u{201D}\u{BB})] ".contains(self) }
}
