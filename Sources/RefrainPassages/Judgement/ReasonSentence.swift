// What a person reads of why a finding has its level.

import RefrainModel

/// The sentence of a judgement, without its stop.
enum ReasonSentence {
  /// `told twice on this page: 41 of 44 words, both in running text`, and what speaks against it.
  static func sentence(
    _ finding: Finding, _ measures: PassageMeasures, _ judgement: Judgement,
    _ level: FindingLevel, isTold: Bool
  ) -> String {
    let longer = max(finding.difference.firstWords, finding.difference.secondWords)
    var text = "told \(times(finding)): \(finding.difference.equalWords) of \(longer) words"
    text += ground(measures)
    if level == .error { return text }
    if let passageClass = finding.passageClass {
      return text + "; \(phrase(passageClass, finding)), which is no error"
    }
    if !isTold { return text + "; too little that reads the same" }
    if let against = against(judgement) { text += "; \(against)" }
    return text
  }

  /// What is said of duplicate documents.
  static func sentence(duplicates finding: Finding, isShort: Bool) -> String {
    let count = finding.occurrences.count
    let text = count == 2 ? "two documents say the same" : "\(count) documents say the same"
    if let passageClass = finding.passageClass {
      return text + "; \(phrase(passageClass, finding)), which is no error"
    }
    return isShort ? text + "; they have too few words to be copies" : text
  }

  private static func times(_ finding: Finding) -> String {
    let count = finding.occurrences.count
    if count > 2 { return "at \(count) places" }
    if finding.scope == .across { return "in two documents" }
    return "twice in this document"
  }

  /// What most of the equal words stand in.
  private static func ground(_ measures: PassageMeasures) -> String {
    let equal = measures.equal
    let all = equal.values.reduce(0, +)
    let most = Footing.all.first { (equal[$0] ?? 0) * 2 > all }
    return switch most {
    case .running: ", both in running text"
    case .list: ", both in lists"
    case .frame: ", in headings, tables or captions"
    case .inline: ", in code, links or identifiers"
    case nil: ""
    }
  }

  private static func phrase(_ passageClass: PassageClass, _ finding: Finding) -> String {
    let isOnePage = finding.occurrences[0].path == finding.occurrences[1].path
    return switch passageClass {
    case .changelog: "a changelog says it for each version"
    case .version: "the pages are versions of each other"
    case .translation: "the pages are translations of each other"
    case .generated: "one of the pages was made from the other, or both by a program"
    case .reference: isOnePage ? "they are entries of one list" : "the pages are on one plan"
    case .legal: "it is legal text"
    }
  }

  /// What speaks most against a finding: the measure that lacks most points.
  private static func against(_ judgement: Judgement) -> String? {
    let table = PointTable.named(judgement.table)
    let lacking = judgement.items.compactMap { item -> (Measure, Int)? in
      guard let measure = Measure(rawValue: item.measure) else { return nil }
      return (measure, table.most(measure) - item.points)
    }
    guard let (measure, lack) = lacking.max(by: { $0.1 < $1.1 }), lack > 0 else { return nil }
    return switch measure {
    case .told: "few of them are running text"
    case .likeness: "the places read differently"
    case .places: "so many places are a pattern"
    case .frame: "headings and tables are part of it"
    case .values: "the places differ in numbers, names or identifiers"
    case .shared, .figures, .rare, .lead, .quoted: "few of them say much"
    case .contained: "either place says more that the other does not"
    case .aligned: "they stand in another order"
    case .numbers, .contrast: "the places differ in numbers"
    }
  }
}

extension Footing {
  static let all: [Footing] = [.running, .list, .frame, .inline]
}

extension PointTable {
  /// The most points that a measure can count.
  func most(_ measure: Measure) -> Int {
    max(0, rows.first { $0.measure == measure }?.steps.map(\.points).max() ?? 0)
  }
}
