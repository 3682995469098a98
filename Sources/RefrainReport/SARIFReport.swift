// SARIF 2.1.0 as code scanning reads it: a rule a kind, a result a finding, places as links.

package import RefrainModel

package struct SARIFReport: Reporter {
  /// What a reader takes: results of a run, related locations of a result, and some bytes, for ten
  /// megabytes of gzip are not far from a hundred of text.
  private static let mostResults = 25_000
  private static let mostRelated = 99
  private static let mostBytes = 64 << 20

  /// Of this program.
  private let version: String

  package init(version: String) { self.version = version }

  /// The log, with one run.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      json.object { json in
        json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        json.member("version", "2.1.0")
        json.member("runs", of: [result]) { json, result in
          json.object { json in run(result, to: &json) }
        }
      }
      json.newline()
    }
  }

  private func run(_ result: CheckResult, to json: inout JSONText) {
    json.member("tool") { json in
      json.member("driver") { json in
        json.member("name", "refrain")
        json.member("version", version)
        json.member("semanticVersion", version)
        json.member("rules", of: RuleText.all) { json, rule in
          json.lineBreak()
          write(rule, to: &json)
        }
      }
    }
    json.member("columnKind", "utf16CodeUnits")
    json.key("results")
    json.beginArray()
    var ordinals: [String: Int] = [:]
    var written = 0
    for finding in result.warningsFirst(result.findings).prefix(Self.mostResults) {
      if json.bytes.count > Self.mostBytes { break }
      ordinals[finding.id, default: 0] += 1
      json.lineBreak()
      write(finding, ordinals[finding.id, default: 1], result, to: &json)
      written += 1
    }
    for remark in result.remarks.prefix(Self.mostResults - written) {
      json.lineBreak()
      let name = "\(remark.rule.rawValue):\(result.root.relative(remark.path))"
      ordinals[name, default: 0] += 1
      write(remark, "\(name):\(ordinals[name, default: 1])", result, to: &json)
    }
    json.endArray()
    var notes = result.skipped.map(\.description)
    let left = result.findings.count - written
    if left > 0 { notes.append("\(left) more findings are left out: the format has a limit") }
    json.member("invocations", of: [notes]) { json, notes in
      json.object { json in
        json.member("executionSuccessful", result.skipped.isEmpty)
        json.member("toolExecutionNotifications", of: notes) { json, note in
          json.object { json in
            json.member("level", "warning")
            json.member("message") { $0.member("text", plain(note)) }
          }
        }
      }
    }
  }

  private func write(_ rule: RuleText, to json: inout JSONText) {
    json.object { json in
      json.member("id", rule.id)
      json.member("name", rule.name)
      json.member("shortDescription") { $0.member("text", rule.name) }
      json.member("fullDescription") { $0.member("text", rule.full) }
      json.member("help") { json in
        json.member("text", "\(rule.full) \(rule.help)")
        json.member("markdown", rule.markdown)
      }
      json.member("defaultConfiguration") {
        $0.member("level", rule.isWarning ? "warning" : "note")
      }
      json.member("properties") { json in
        json.member("precision", rule.precision)
        json.member("tags", of: rule.tags) { $0.string($1) }
      }
    }
  }

  private func write(
    _ finding: Finding, _ ordinal: Int, _ result: CheckResult, to json: inout JSONText
  ) {
    let first = finding.occurrences[0]
    let others = finding.occurrences.dropFirst().prefix(Self.mostRelated)
    json.object { json in
      json.member("ruleId", finding.kind.rawValue)
      json.member("ruleIndex", FindingKind.allCases.firstIndex(of: finding.kind) ?? 0)
      json.member("level", result.isWarning(finding) ? "warning" : "note")
      json.member("message") { $0.member("text", message(finding, result)) }
      json.member("locations", of: [first]) { json, place in
        json.object { location(place.path, ReportRegion(changedIn: place), result, to: &$0) }
      }
      json.key("relatedLocations")
      json.beginArray()
      related(1, first, "The whole passage here", result, to: &json)
      for (index, other) in others.enumerated() {
        let place = result.place(other) + finding.likeness(of: other)
        related(index + 2, other, "Repeated in \(place)", result, to: &json)
      }
      json.endArray()
      json.member("partialFingerprints") { json in
        json.member("primaryLocationLineHash", "\(finding.id):\(ordinal)")
        json.member(
          "refrainPassage/v1", finding.fingerprint.isEmpty ? finding.id : finding.fingerprint)
      }
      if let state = finding.state {
        json.member("baselineState", baselineState(state))
        if !state.isNew {
          json.member("suppressions", of: [state]) { json, _ in
            json.object { $0.member("kind", "external") }
          }
        }
      }
      json.member("properties") { json in
        json.member("level", result.level(of: finding).rawValue)
        json.member("scope", finding.scope.rawValue)
        json.member("words", finding.words)
        json.member("places", finding.occurrences.count)
      }
    }
  }

  private func write(
    _ remark: Remark, _ fingerprint: String, _ result: CheckResult, to json: inout JSONText
  ) {
    let rule = Remark.Rule.allCases.firstIndex(of: remark.rule) ?? 0
    json.object { json in
      json.member("ruleId", remark.rule.rawValue)
      json.member("ruleIndex", FindingKind.allCases.count + rule)
      json.member("level", "note")
      json.member("message") { $0.member("text", plain(remark.message)) }
      json.member("locations", of: [remark]) { json, remark in
        let region = ReportRegion(start: remark.start, end: remark.end)
        json.object { location(remark.path, region, result, to: &$0) }
      }
      json.member("partialFingerprints") { $0.member("primaryLocationLineHash", fingerprint) }
    }
  }

  private func baselineState(_ state: FindingState) -> String {
    switch state {
    case .new: "new"
    case .known: "unchanged"
    case .changed, .grown: "updated"
    }
  }
}
