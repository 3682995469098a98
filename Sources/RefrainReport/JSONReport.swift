// A check's result as one JSON document, version 1: keys are added freely and never renamed.

package import RefrainModel

package enum JSONReport {
  /// The document.
  package static func report(_ result: CheckResult, version: String) -> [UInt8] {
    var json = JSONText()
    json.beginObject()
    json.key("version")
    json.integer(1)
    json.key("tool")
    json.beginObject()
    json.key("name")
    json.string("refrain")
    json.key("version")
    json.string(version)
    json.endObject()
    json.key("settings")
    json.beginObject()
    if let settings = result.settings { write(settings, to: &json) }
    json.endObject()
    json.key("findings")
    json.beginArray()
    for finding in result.findings {
      json.lineBreak()
      write(finding, gates: result.gate.counts(finding), to: &json)
    }
    json.endArray()
    json.member("remarks", of: result.remarks) { json, remark in write(remark, to: &json) }
    json.key("summary")
    write(summaryOf: result, to: &json)
    json.endObject()
    json.newline()
    return json.bytes
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
  package static func write(_ finding: Finding, gates: Bool, to json: inout JSONText) {
    json.beginObject()
    json.key("id")
    json.string(finding.id)
    json.key("kind")
    json.string(finding.kind.rawValue)
    json.key("scope")
    json.string(finding.scope.rawValue)
    json.write(finding.overlap)
    json.key("words")
    json.integer(finding.words)
    json.key("longestRun")
    json.integer(finding.longestRun)
    json.key("equalWords")
    json.integer(finding.difference.equalWords)
    json.key("shares")
    json.beginArray()
    for stretch in finding.shared { json.string(stretch) }
    json.endArray()
    if let state = finding.state {
      json.key("state")
      json.string(state.rawValue)
    }
    json.key("gates")
    json.bool(gates)
    if !finding.fingerprint.isEmpty { json.member("fingerprint", finding.fingerprint) }
    json.key("occurrences")
    json.beginArray()
    for occurrence in finding.occurrences { write(occurrence, to: &json) }
    json.endArray()
    json.endObject()
  }

  private static func write(_ occurrence: Occurrence, to json: inout JSONText) {
    json.beginObject()
    json.key("path")
    json.string(occurrence.path)
    if let id = occurrence.id {
      json.key("id")
      id.write(to: &json)
    }
    if let line = occurrence.recordLine {
      json.key("recordLine")
      json.integer(line)
    }
    json.key("start")
    write(occurrence.start, to: &json)
    json.key("end")
    write(occurrence.end, to: &json)
    json.key("text")
    json.string(occurrence.text)
    json.key("similarity")
    if let overlap = occurrence.overlap {
      json.fraction(overlap.shared, of: overlap.union)
    } else {
      json.fraction(1, of: 1)
    }
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
    json.key("byte")
    json.integer(place.byte)
    json.key("line")
    json.integer(place.line)
    json.key("column")
    json.integer(place.column)
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
    json.key("documents")
    json.integer(result.documents)
    json.key("words")
    json.integer(result.words)
    json.key("skipped")
    json.integer(result.skipped.count)
    json.key("findings")
    json.integer(result.findings.count)
    json.key("gating")
    json.integer(result.gating)
    json.key("resolved")
    json.integer(result.resolved.count)
    json.member("waived", result.waived)
    json.member("remarks", result.remarks.count)
    json.member("notRead", of: result.notRead.kinds) { json, kind in
      json.object { json in
        json.member("extension", kind.extension)
        json.member("files", kind.files)
      }
    }
    json.member("folderLinks", result.notRead.folderLinks)
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
