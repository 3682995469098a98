// A check's result as one JSON document, version 1: keys are added freely and never renamed.

package import RefrainModel

package struct JSONReport: Reporter {
  /// Of this program.
  private let version: String

  package init(version: String) { self.version = version }

  /// The document.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      json.beginObject()
      json.member("version", 1)
      json.key("tool")
      json.beginObject()
      json.member("name", "refrain")
      json.member("version", version)
      json.endObject()
      json.key("settings")
      json.beginObject()
      if let settings = result.settings { Self.write(settings, to: &json) }
      json.endObject()
      json.key("findings")
      json.beginArray()
      for finding in result.findings {
        json.lineBreak()
        Self.write(finding, in: result, to: &json)
      }
      json.endArray()
      json.member("remarks", of: result.remarks) { json, remark in Self.write(remark, to: &json) }
      json.key("summary")
      Self.write(summaryOf: result, to: &json)
      json.endObject()
      json.newline()
    }
  }

  private static func write(_ settings: SearchedSettings, to json: inout JSONText) {
    json.member("scope", settings.scope.rawValue)
    json.member("minWords", settings.leastWords)
    json.key("similarity")
    if let least = settings.similarity {
      json.fraction(least.numerator, of: least.denominator)
    } else {
      json.null()
    }
    json.member("boilerplateDocuments", settings.boilerplateDocuments)
    json.member("scheme", settings.scheme)
  }

  /// A finding as an object.
  package static func write(
    _ finding: Finding, in result: CheckResult, to json: inout JSONText
  ) {
    json.beginObject()
    json.member("id", finding.id)
    json.member("kind", finding.kind.rawValue)
    json.member("level", result.level(of: finding).rawValue)
    if let passageClass = finding.passageClass { json.member("class", passageClass.rawValue) }
    json.member("scope", finding.scope.rawValue)
    json.write(finding.overlap)
    json.member("words", finding.words)
    json.member("longestRun", finding.longestRun)
    json.member("equalWords", finding.difference.equalWords)
    json.member("bits", json: Self.tenths(finding.bits))
    json.member("expect", json: Self.short(finding.expect))
    json.key("shares")
    json.beginArray()
    for stretch in TextExcerpt.first(finding.shared) { json.string(stretch) }
    json.endArray()
    if let state = finding.state {
      json.member("state", state.rawValue)
    }
    json.member("gates", result.gate.counts(finding))
    if !finding.fingerprint.isEmpty { json.member("fingerprint", finding.fingerprint) }
    if let judgement = finding.judgement { write(judgement, to: &json) }
    // Of other findings it follows from the texts, which are whole.
    if finding.kind == .duplicateDocument
      || finding.occurrences.contains(where: { TextExcerpt($0.text).isCut })
    {
      json.member("sketch", of: finding.sketch) { json, hash in
        json.string(hash.hexadecimal(digits: 16))
      }
    }
    json.key("occurrences")
    json.beginArray()
    for occurrence in finding.occurrences { write(occurrence, to: &json) }
    json.endArray()
    json.endObject()
  }

  private static func write(_ judgement: Judgement, to json: inout JSONText) {
    json.member("why") { json in
      json.member("sentence", judgement.sentence)
      json.member("table", judgement.table)
      if judgement.items.isEmpty { return }
      json.member("points", judgement.points)
      json.member("leastForError", judgement.leastForError)
      json.member("leastForNote", judgement.leastForNote)
      json.member("measures", of: judgement.items) { json, item in
        json.object { json in
          json.member("measure", item.measure)
          json.member("value", item.value)
          json.member("points", item.points)
        }
      }
    }
  }

  /// A number with one digit behind the point.
  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A number of two digits and a power of ten, 0 below all that could matter.
  private static func short(_ value: Double) -> String {
    if value < 1e-30 { return "0" }
    var (digits, power) = (value, -1)
    while digits >= 100 { (digits, power) = (digits / 10, power + 1) }
    while digits < 10 { (digits, power) = (digits * 10, power - 1) }
    let rounded = Int(digits.rounded())
    let (whole, shift) = rounded == 100 ? (10, 1) : (rounded, 0)
    return "\(whole)e\(power + 1 + shift)"
  }

  private static func write(_ occurrence: Occurrence, to json: inout JSONText) {
    json.beginObject()
    json.member("path", occurrence.path)
    if let id = occurrence.id {
      json.key("id")
      id.write(to: &json)
    }
    if let line = occurrence.recordLine {
      json.member("recordLine", line)
    }
    json.key("start")
    write(occurrence.start, to: &json)
    json.key("end")
    write(occurrence.end, to: &json)
    let excerpt = TextExcerpt(occurrence.text)
    json.member("text", excerpt.text)
    if excerpt.isCut { json.member("cut", true) }
    json.key("similarity")
    if let overlap = occurrence.overlap {
      json.fraction(overlap.shared, of: overlap.union)
    } else {
      json.fraction(1, of: 1)
    }
    if occurrence.isAdded { json.member("added", json: "true") }
    if let makeup = occurrence.makeup { write(makeup, to: &json) }
    if let lines = occurrence.changedLines {
      json.member("changedLines") { json in
        json.member("first", lines.lowerBound)
        json.member("last", lines.upperBound)
      }
    }
    json.endObject()
  }

  private static func write(_ makeup: PassageMakeup, to json: inout JSONText) {
    json.member("blocks", of: makeup.blocks) { json, kind in json.string(kind.rawValue) }
    json.member("inline") { json in
      json.member("code", makeup.inCode)
      json.member("links", makeup.inLinks)
      json.member("identifiers", makeup.inIdentifiers)
    }
    if makeup.isNavigation { json.member("navigation", json: "true") }
  }

  private static func write(_ place: Place, to json: inout JSONText) {
    json.beginObject()
    json.member("byte", place.byte)
    json.member("line", place.line)
    json.member("column", place.column)
    json.endObject()
  }

  /// A remark as an object.
  package static func write(_ remark: Remark, to json: inout JSONText) {
    json.object { json in
      json.member("rule", remark.rule.rawValue)
      json.member("path", remark.path)
      json.key("start")
      write(remark.start, to: &json)
      json.key("end")
      write(remark.end, to: &json)
      json.member("message", remark.message)
    }
  }

  private static func write(summaryOf result: CheckResult, to json: inout JSONText) {
    json.beginObject()
    json.member("documents", result.documents)
    json.member("words", result.words)
    json.member("skipped", result.skipped.count)
    json.member("findings", result.findings.count)
    json.member("gating", result.gating)
    json.member("hints", result.hints)
    json.member("notes", result.notes)
    json.member("byChance", result.byChance)
    json.member("resolved", result.resolved.count)
    json.member("waived", result.waived)
    json.member("remarks", result.remarks.count)
    json.member("notRead", of: result.notRead.kinds) { json, kind in
      json.object { json in
        json.member("extension", kind.extension)
        json.member("files", kind.files)
      }
    }
    json.member("folderLinks", result.notRead.folderLinks)
    json.member("outsideLinks", result.notRead.outsideLinks)
    json.key("byKind")
    json.beginObject()
    for kind in FindingKind.allCases {
      let n = result.findings.count { $0.kind == kind }
      json.member(kind.rawValue, json: String(n))
    }
    json.endObject()
    json.endObject()
  }
}
