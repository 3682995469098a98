// The table of points and the script that makes it.

import Foundation
import TestSupport
import Testing

struct PointTableTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let script = root.appendingPathComponent("Benchmarks/judge/fit.py").path
  private static let table = root.appendingPathComponent(
    "Sources/RefrainPassages/Judgement/PointTable+Fitted.swift"
  ).path

  private static let hasPython: Bool = {
    guard let folder = try? ScratchFolder() else { return false }
    return (try? RefrainProgram.shell("python3 -c ''", in: folder))?.status == 0
  }()

  /// What is in force was written by the script, and nobody changed it since.
  @Test(.enabled(if: hasPython))
  func theTableIsOfTheScript() throws {
    let folder = try ScratchFolder()
    let run = try RefrainProgram.shell(
      "python3 '\(Self.script)' --check '\(Self.table)'", in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let text = try String(contentsOfFile: Self.table, encoding: .utf8)
    try folder.write("changed.swift", text.replacing("leastForNote: ", with: "leastForNote:  "))
    let changed = try RefrainProgram.shell(
      "python3 '\(Self.script)' --check changed.swift", in: folder)
    #expect(changed.status == 1 && changed.errors.contains("not as this script writes"))
  }

  /// Pairs that were judged by how many words they tell: the script finds that, writes the same table each
  /// time, and its check accepts it.
  @Test(.enabled(if: hasPython))
  func theScriptFindsWhatLabelsSay() throws {
    let folder = try ScratchFolder()
    var random = SeededGenerator(seed: 5)
    var labels = ""
    var findings: [String] = []
    for number in 0..<60 {
      let told = Int.random(in: 0...60, using: &random)
      let likeness = Int.random(in: 0...100, using: &random)
      let label = told >= 30 ? "G" : told >= 12 ? "S" : "H"
      labels += """
        {"a": {"path": "\(number).md", "start": 0, "end": 9}, \
        "b": {"path": "\(number).md", "start": 20, "end": 29}, "labels": ["\(label)", "\(label)"]}

        """
      let place = { (start: Int) in
        #"{"path": "./\#(number).md", "start": {"byte": \#(start)}, "end": {"byte": \#(start + 9)}}"#
      }
      findings.append(
        """
        {"occurrences": [\(place(0)), \(place(20))], "why": {"table": "page", "measures": [
        {"measure": "told", "value": \(told)}, {"measure": "likeness", "value": \(likeness)}]}}
        """)
    }
    try folder.write("labels.jsonl", labels)
    try folder.write("found.json", #"{"findings": [\#(findings.joined(separator: ","))]}"#)
    let command = "python3 '\(Self.script)' --page labels.jsonl found.json --write"
    for name in ["one.swift", "two.swift"] {
      #expect(try RefrainProgram.shell("\(command) \(name)", in: folder).status == 0)
    }
    #expect(try folder.read("one.swift") == folder.read("two.swift"))
    let check = try RefrainProgram.shell(
      "python3 '\(Self.script)' --check one.swift", in: folder)
    #expect(check.status == 0, "\(check.errors)")
    let run = try RefrainProgram.shell("\(command) three.swift", in: folder)
    #expect(run.errors.contains("60 pairs") && run.errors.contains("H    : 0 are errors"))
  }
}
