// One finding in the HTML report: a line to see it by, its places, and the first two side by side.

import RefrainModel

/// Writes a finding.
struct HTMLFinding {
  /// Places that are named, and of those that read otherwise than the first, how many texts are
  /// given.
  private static let mostPlaces = 200
  private static let mostTexts = 24
  /// Bytes of a text, more or less.
  private static let mostBytes = 12_000

  private let finding: Finding
  private let result: CheckResult

  init(_ finding: Finding, _ result: CheckResult) {
    self.finding = finding
    self.result = result
  }

  /// The element.
  func html(id: String) -> String {
    let first = finding.occurrences[0]
    let kind = finding.kind.rawValue
    let gates = result.isWarning(finding) ? " gates" : ""
    var html = "<details class=\"f k-\(kind)\(gates)\" id=\"\(id)\" data-kind=\"\(kind)\""
    html += " data-words=\"\(finding.words)\">\n"
    let begins = Phrases.line(first.text, atMost: 160)
    html += "<summary><span class=\"t\">\(HTMLReport.visible(begins))</span>"
    html += "<span class=\"d\"><b>\(kind)</b>"
    if let standing = finding.standing { html += " <i class=\"st\">\(standing)</i>" }
    html += " <span>\(finding.share)</span> <code>\(HTMLReport.visible(result.place(first)))</code>"
    let others = finding.occurrences.count - 1
    if others > 0 { html += " <span>+ \(Phrases.count(others, "place"))</span>" }
    html += "</span></summary>\n"
    html += finding.kind == .duplicateDocument ? documents() : passage()
    return html + "</details>\n"
  }

  /// The places of a passage, and the first two side by side.
  private func passage() -> String {
    let places = finding.occurrences
    var html = "<p class=\"m\">\(finding.scope.rawValue)"
    if finding.longestRun > 0 {
      html += ", longest run \(Phrases.count(finding.longestRun, "word"))"
    }
    html += "</p>\n<ol class=\"places\">\n"
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
    return html + table
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
    html += "<th>\(HTMLReport.visible(result.place(a)))"
    html += isSame ? " = " : "</th><th>"
    html += HTMLReport.visible(result.place(b))
    html += isSame ? " <i>identical: shown once</i>" : ""
    html += "</th></tr></thead>\n<tbody>\n"
    html += context(a.before, isSame ? nil : b.before)
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
      if !rows.isWhole { html += "<tr class=\"e\"><td>…</td><td>…</td></tr>\n" }
      shownFirst = rows.shownFirst
    }
    html += context(a.after, isSame ? nil : b.after)
    return (html + "</tbody></table>\n", shownFirst)
  }

  /// Documents that repeat each other: only how they begin is known here.
  private func documents() -> String {
    let begins = Phrases.line(finding.occurrences[0].text, atMost: 400)
    var html = "<p class=\"m\">The first begins: <q>\(HTMLReport.visible(begins))</q></p>\n"
    html += "<ol class=\"places\">\n"
    for place in finding.occurrences.prefix(Self.mostPlaces) { html += item(place) + "</li>\n" }
    html += "</ol>\n" + more(finding.occurrences.count)
    return html
      + "<p class=\"m\"><code>refrain compare</code> shows two of them side by side.</p>\n"
  }

  private func item(_ place: Occurrence) -> String {
    let path = XMLText.attribute("data-path", result.root.relative(place.path))
    var html = "<li\(path)><code>\(HTMLReport.visible(result.place(place)))</code>"
    if let overlap = place.overlap {
      html += " \(TextStyle.percent(overlap.shared, of: overlap.union)) % alike"
    }
    if place.changedLines != nil { html += " <i>changed</i>" }
    return html
  }

  private func more(_ count: Int) -> String {
    let left = count - Self.mostPlaces
    return left > 0 ? "<p class=\"m\">and \(left) more places</p>\n" : ""
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
