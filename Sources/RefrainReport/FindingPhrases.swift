// How findings are spoken of in reports that other programs show to people: one sentence, and where
// else the passage stands.

import RefrainModel

extension Finding {
  /// What kind of repetition it is, how much of it, and up to three of the other places.
  var message: String {
    let others = occurrences.dropFirst()
    var text = title
    if !others.isEmpty {
      text += ", also at " + others.prefix(3).map(\.placeName).joined(separator: ", ")
    }
    if others.count > 3 { text += " and \(others.count - 3) more" }
    if let state, state != .new { text += " (\(state.rawValue))" }
    return text
  }

  private var title: String {
    let passage = words == 1 ? "passage of 1 word" : "passage of \(words) words"
    let whole = max(difference.firstWords, difference.secondWords)
    let share = "\(TextStyle.percent(difference.equalWords, of: whole)) % of \(whole) words"
    switch kind {
    case .exactRepeat: return "A \(passage) is repeated word for word"
    case .nearRepeat: return "A \(passage) is repeated with edits, \(share)"
    case .boilerplate: return "A \(passage) is boilerplate, \(occurrences.count) places"
    case .quotation: return "A quoted \(passage) is repeated, \(share)"
    case .duplicateDocument:
      let alike = TextStyle.percent(overlap.shared, of: overlap.union)
      return "This document repeats another, \(alike) % alike"
    }
  }
}

extension Occurrence {
  /// The path as other programs want it, relative and without "./".
  var relativePath: String { path.hasPrefix("./") ? String(path.dropFirst(2)) : path }

  /// The lines of the place in its file; of a record, whose text has lines of its own, its line.
  var fileLines: ClosedRange<Int> {
    if let recordLine { return recordLine...recordLine }
    return start.line...max(start.line, end.line)
  }

  fileprivate var placeName: String {
    let path = TextStyle.visible(relativePath)
    return recordLine == nil
      ? "\(path):\(start.line):\(start.column)" : "\(path):\(fileLines.lowerBound)"
  }
}
