// How findings are spoken of: the phrases that the reports for people and the messages in reports for
// programs have in common.

package import RefrainModel

extension Finding {
  /// How much is repeated: `93 % of 127 words`.
  package var share: String {
    if kind == .duplicateDocument {
      return "\(percent) % alike, \(Phrases.count(words, "word"))"
    }
    let whole = max(difference.firstWords, difference.secondWords)
    return "\(percent) % of \(Phrases.count(whole, "word"))"
  }

  /// The share in percent.
  package var percent: Int {
    if kind == .duplicateDocument {
      return TextStyle.percent(overlap.shared, of: overlap.union)
    }
    let whole = max(difference.firstWords, difference.secondWords)
    return TextStyle.percent(difference.equalWords, of: whole)
  }

  /// One sentence without its stop: what kind of repetition it is, and how much of it.
  package var title: String {
    let passage = "passage of \(Phrases.count(words, "word"))"
    let places = occurrences.count > 2 ? ", \(occurrences.count) places" : ""
    return switch kind {
    case .exactRepeat: "A \(passage) is repeated word for word\(places)"
    case .nearRepeat: "A \(passage) is repeated with edits, \(share)\(places)"
    case .boilerplate: "A \(passage) is boilerplate, \(occurrences.count) places"
    case .quotation: "A quoted \(passage) is repeated, \(share)\(places)"
    case .duplicateDocument: "This document repeats another, \(share)\(places)"
    }
  }

  /// What there is to say of a finding beside its kind: that it is a hint, or how it relates to a baseline.
  package var standing: String? { isHint ? FindingLevel.hint.rawValue : state?.rawValue }

  /// The places besides the first, those that a baseline does not hold before the others.
  package var others: [Occurrence] {
    let others = occurrences.dropFirst()
    return others.contains(where: \.isAdded)
      ? others.filter(\.isAdded) + others.filter { !$0.isAdded } : Array(others)
  }

  /// The title, and up to three of the other places: one line of plain text.
  ///
  /// - Parameter name: names a place.
  package func message(_ name: (Occurrence) -> String) -> String {
    let others = self.others
    var text = title
    let named = others.prefix(3).map { name($0) + likeness(of: $0) + $0.addition }
    if !others.isEmpty { text += ", also at " + named.joined(separator: ", ") }
    if others.count > 3 { text += " and \(others.count - 3) more" }
    if let standing, state != .new { text += " (\(standing))" }
    return text
  }

  /// How alike one of several other places is to the first; nothing where there is only one, for
  /// which the finding's own figures speak.
  package func likeness(of place: Occurrence) -> String {
    occurrences.count > 2 ? place.likeness : ""
  }
}

extension Occurrence {
  /// ` (83 %)`: what of its word bigrams it shares with the first place; nothing for all of them.
  package var likeness: String {
    guard let overlap else { return "" }
    let percent = TextStyle.percent(overlap.shared, of: overlap.union)
    return percent == 100 ? "" : " (\(percent) %)"
  }

  /// ` (new)` for a place that a baseline does not hold, though it holds the passage.
  package var addition: String { isAdded ? " (new)" : "" }

  /// `path:line:column`, or for a record `path:line[id]:line:column` with the place in its text.
  ///
  /// - Parameter path: how the file is named; as the user did by default.
  package func place(path: String? = nil) -> String {
    let path = VisibleText.line(path ?? self.path)
    if let record = recordLine, let id {
      return "\(path):\(record)[\(VisibleText.line(id.description))]:\(start.line):\(start.column)"
    }
    return "\(path):\(start.line):\(start.column)"
  }

  /// The first words of the passage on one line.
  package var firstLine: String { Phrases.line(text, atMost: 100) }
}

extension CheckResult {
  /// A place with its path from the root on.
  package func place(_ occurrence: Occurrence) -> String {
    occurrence.place(path: root.relative(occurrence.path))
  }

  /// Whether a finding is a warning, in formats that have levels.
  package func isWarning(_ finding: Finding) -> Bool { gate.warns(of: finding) }

  /// Some of the findings, the warnings first, otherwise in their order.
  package func warningsFirst(_ findings: [Finding]) -> [Finding] {
    findings.filter(isWarning) + findings.filter { !isWarning($0) }
  }
}

package enum Phrases {
  /// `1 word`, `2 words`.
  package static func count(_ n: Int, _ noun: String) -> String {
    n == 1 ? "1 \(noun)" : "\(n) \(noun)s"
  }

  /// A text on one line, shortened to `limit` characters.
  package static func line(_ text: String, atMost limit: Int) -> String {
    if let line = asciiLine(text, atMost: limit) { return line }
    // Only so many bytes can matter: a character has hardly more than a few.
    var bytes = Array(text.utf8.prefix(limit * 32))
    while bytes.count < text.utf8.count, let last = bytes.last, last & 0xC0 == 0x80 || last >= 0xC0
    {
      bytes.removeLast()
    }
    let start = String(decoding: bytes, as: UTF8.self)
    let line = VisibleText.prose(start).split(separator: " ").joined(separator: " ")
    // Bytes are counted first, which is quick, and characters only where there might be too many.
    guard line.utf8.count > limit, line.count > limit else { return line }
    return line.prefix(limit - 1) + "…"
  }

  /// The same of a text that is ASCII as far as the line goes, as most are; nil of any other.
  private static func asciiLine(_ text: String, atMost limit: Int) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      var line: [UInt8] = []
      line.reserveCapacity(limit + 1)
      var isSpaced = false
      for byte in bytes {
        if byte >= 0x80 { return nil }
        if byte == 0x20 || (0x09...0x0D).contains(byte) {
          isSpaced = !line.isEmpty
          continue
        }
        // What is spelt out is no matter of bytes.
        if byte < 0x20 || byte == 0x7F { return nil }
        if isSpaced { line.append(0x20) }
        isSpaced = false
        line.append(byte)
        if line.count > limit {
          return String(decoding: line.prefix(limit - 1), as: UTF8.self) + "…"
        }
      }
      return String(decoding: line, as: UTF8.self)
    }
  }
}
