// Each reporter against a file that somebody looked at. After a change that is meant,
//
//   REFRAIN_WRITE_GOLDEN=1 swift test -c release --skip-build --filter GoldenTests
//
// writes the files anew; what git then shows is the change.

import Foundation
import RefrainModel
import RefrainReport
import Testing

struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  /// Every format that does not depend on a terminal, and what its file is called.
  static let files: [(format: ReportFormat, name: String)] = [
    (.cards, "cards.txt"), (.concise, "concise.txt"), (.json, "report.json"),
    (.jsonl, "report.jsonl"), (.sarif, "report.sarif"), (.github, "github.txt"),
    (.gitlab, "gitlab.json"), (.junit, "junit.xml"), (.checkstyle, "checkstyle.xml"),
    (.rdjsonl, "report.rdjsonl"), (.markdown, "report.md"), (.html, "report.html"),
  ]

  private static func report(_ format: ReportFormat) -> [UInt8] {
    format.report(
      ReportFixture.result, version: "1.2.3", style: TextStyle(isColored: false),
      isTerminal: false)
  }

  @Test(arguments: files.indices)
  func theReportIsAsItWas(index: Int) throws {
    let (format, name) = Self.files[index]
    let url = Self.folder.appendingPathComponent(name)
    let bytes = Self.report(format)
    if ProcessInfo.processInfo.environment["REFRAIN_WRITE_GOLDEN"] != nil {
      try Data(bytes).write(to: url)
    }
    let golden = try [UInt8](Data(contentsOf: url))
    let isEqual = bytes == golden
    #expect(isEqual, "\(name) differs")
  }

  @Test func everyFormatHasAGoldenFile() {
    let covered = Set(Self.files.map(\.format) + [.text])
    #expect(covered == Set(ReportFormat.allCases))
  }

  /// Text is cards on a terminal and lines in a pipe.
  @Test func textGoesWhereItIsRead() {
    func text(_ isTerminal: Bool) -> [UInt8] {
      ReportFormat.text.report(
        ReportFixture.result, version: "", style: TextStyle(isColored: false),
        isTerminal: isTerminal)
    }
    #expect(text(true) == Self.report(.cards))
    #expect(text(false) == Self.report(.concise))
  }

  /// Nothing found makes a document all the same, wherever the format is one.
  @Test(arguments: files.indices)
  func anEmptyResultIsWhole(index: Int) throws {
    let (format, name) = Self.files[index]
    let bytes = format.report(
      CheckResult(findings: []), version: "1", style: TextStyle(isColored: false),
      isTerminal: false)
    let url = URL(fileURLWithPath: name)
    switch url.pathExtension {
    case "json", "sarif": _ = try JSONSerialization.jsonObject(with: Data(bytes))
    case "xml", "html", "md": #expect(!bytes.isEmpty)
    default: #expect(bytes.isEmpty)
    }
  }
}
