// What findings of the HTML report can be told apart by: the boxes above the list, each with its count.

import RefrainModel

/// A property with a few values, by which the list is filtered.
enum HTMLFacet: String, CaseIterable {
  case level
  case state
  case scope
  case kind
  case passageClass = "class"

  /// What a finding without a class has.
  private static let none = "none"

  /// What it is called above its boxes.
  var title: String {
    switch self {
    case .level: "Level"
    case .state: "State"
    case .scope: "Scope"
    case .kind: "Kind"
    case .passageClass: "Class"
    }
  }

  /// All values, in the order of their boxes.
  private var values: [String] {
    switch self {
    case .level: FindingLevel.allCases.map(\.rawValue)
    case .state: [FindingState.new, .grown, .changed, .known].map(\.rawValue)
    case .scope: FindingScope.allCases.map(\.rawValue)
    case .kind: FindingKind.allCases.map(\.rawValue)
    case .passageClass: [Self.none] + PassageClass.allCases.map(\.rawValue)
    }
  }

  /// The value that a finding has; nil where it has none.
  func value(of finding: Finding, in result: CheckResult) -> String? {
    switch self {
    case .level: result.level(of: finding).rawValue
    case .state: finding.state?.rawValue
    case .scope: finding.scope.rawValue
    case .kind: finding.kind.rawValue
    case .passageClass: finding.passageClass?.rawValue ?? Self.none
    }
  }

  /// The list of all properties that findings have, which the script makes boxes of.
  static func html(_ result: CheckResult) -> String {
    var html = "<dl class=\"facets\">\n"
    for facet in allCases {
      var counts: [String: Int] = [:]
      for finding in result.findings {
        if let value = facet.value(of: finding, in: result) { counts[value, default: 0] += 1 }
      }
      if counts.isEmpty || Set(counts.keys) == [Self.none] { continue }
      html += "<div data-facet=\"\(facet.rawValue)\"><dt>\(facet.title)</dt>"
      for value in facet.values {
        guard let n = counts[value] else { continue }
        // Where something else is to be seen, what is known is not what a reader came for.
        let isOff =
          facet == .state && value == FindingState.known.rawValue && n < result.findings.count
          && !result.told.contains { $0.state == .known }
        html += "<dd data-value=\"\(value)\"\(isOff ? " data-off" : "")>"
        html += "<b>\(HTMLReport.grouped(n))</b> \(value)</dd>"
      }
      html += "</div>\n"
    }
    return html + "</dl>\n"
  }

  /// The attributes of a finding that the script filters and sorts by.
  static func attributes(_ finding: Finding, in result: CheckResult) -> String {
    var text = " data-kind=\"\(finding.kind.rawValue)\" data-words=\"\(finding.words)\""
    text += " data-like=\"\(finding.percent)\" data-places=\"\(finding.occurrences.count)\""
    for facet in allCases where facet != .kind {
      if let value = facet.value(of: finding, in: result) {
        text += " data-\(facet.rawValue)=\"\(value)\""
      }
    }
    return text
  }
}
