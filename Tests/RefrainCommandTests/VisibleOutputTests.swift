// What steers a terminal never reaches one, from wherever it comes and in whatever form.

import Foundation
import TestSupport
import Testing

struct VisibleOutputTests {
  /// An escape sequence, C1's control sequence introducer, overrides, isolates, marks, separators.
  private static let hostile =
    "x\u{1B}[2Jy\u{9B}31mz\u{202E}q\u{2066}r\u{200F}s\u{061C}t\u{7F}u\u{8}v\u{2028}w"

  private func expectVisible(
    _ bytes: [UInt8], _ what: String, at location: SourceLocation = #_sourceLocation
  ) {
    let raw = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
    let codes = raw.map { String($0.value, radix: 16) }
    #expect(codes.isEmpty, "\(what)", sourceLocation: location)
  }

  @Test(arguments: [
    "text", "cards", "concise", "html", "json", "jsonl", "sarif", "github", "gitlab", "junit",
    "checkstyle", "rdjsonl", "markdown",
  ])
  func reports(form: String) throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 19)
    let words = prose.words(40)
    let first = RandomProse.text(words).replacing(
      " ", with: " \(Self.hostile) ", maxReplacements: 3)
    let second = RandomProse.text(prose.edited(words, changes: 3))
      .replacing(" ", with: " \(Self.hostile) ", maxReplacements: 2)
    let name = Self.hostile + ".md"
    try folder.write(
      name,
      [
        first, second, first,
        "<!-- refrain-ignore-next reason=\"\(Self.hostile)\" until=2001-01-01 -->",
      ]
      .joined(separator: "\n\n"))
    try folder.write(
      "in.jsonl",
      Records.file(
        (0..<2).map { _ in
          Records.line(
            "\"\(Self.hostile)\"".replacing("\u{1B}", with: "\\u001b").replacing(
              "\u{8}", with: "\\b"), first)
        }))
    let run = try RefrainProgram.run(
      ["check", ".", "--format", form], in: folder, environment: ["NO_COLOR": "1"])
    #expect(run.status == 1, "\(run.errors)")
    expectVisible(run.output, form)
    expectVisible(Array(run.errors.utf8), "standard error")
  }

  @Test func messagesAndOtherCommands() throws {
    let folder = try ScratchFolder()
    let name = "n" + Self.hostile
    try folder.write("\(name).md", [0xFF])
    try folder.write("\(name).\(name)", "x")
    try folder.write(
      "\(name).toml",
      "min-words = 7\n\"\(name.replacing("\u{1B}", with: "").replacing("\u{8}", with: "").replacing("\u{7F}", with: ""))\" = 1\n"
    )
    try folder.write("ok.toml", "text-field = \"a\\u001b\\u009b\\u202eb\"\n")
    try folder.write("\(name).jsonl", "{\"\(Self.hostile)\": 1}\n")
    var prose = RandomProse(seed: 20)
    let text = prose.text(60)
    try folder.write("\(name)1.txt", text)
    try folder.write("\(name)2.txt", text)
    let id = "\"" + name.replacing("\u{1B}", with: "\\u001b").replacing("\u{8}", with: "\\b") + "\""
    try folder.write("good.jsonl", Records.file([Records.line(id, text), Records.line(id, text)]))
    let commands = [
      ["check", "\(name).md"], ["check", "."], ["check", "none\(name)"],
      ["check", "--scope", name], ["check", "--since", name], ["check", "--no-\(name)"],
      ["check", "--config", "\(name).toml"], ["config", "--config", "ok.toml"],
      ["config", "--focus", name], ["dedup", "\(name).jsonl"], ["pairs", "none\(name).jsonl"],
      ["dedup", "\(name).jsonl", "--on-error", "skip"], ["help", name],
      ["compare", "\(name)1.txt", "\(name)2.txt"],
      ["compare", "\(name)1.txt", "\(name)2.txt", "--format", "json"],
      ["pairs", "good.jsonl"], ["dedup", "good.jsonl", "-o", "u.jsonl", "--evidence", "-"],
      ["dedup", "good.jsonl", "-o", "u.jsonl", "--clusters", "-"],
    ]
    for command in commands {
      let run = try RefrainProgram.run(command, in: folder)
      expectVisible(run.output, "\(command[0]): output")
      expectVisible(Array(run.errors.utf8), "\(command[0]): \(run.errors.debugDescription)")
      #expect(!run.output.isEmpty || !run.errors.isEmpty, "\(command)")
    }
  }

  /// JSON gives back what was put in, and kept records are their own bytes.
  @Test func nothingIsLost() throws {
    let folder = try ScratchFolder()
    let text = "one two three four five \u{9B}\u{202E}\u{200F} six seven"
    let line = "{\"id\": \"\u{202E}a\u{85}\", \"text\": \"\(text)\"}"
    try folder.write("in.jsonl", line + "\n" + line + "\n")
    let run = try folder.refrain("dedup", "in.jsonl", "-o", "out.jsonl", "--evidence", "-")
    #expect(try folder.lines("out.jsonl") == [line])
    #expect(String(decoding: run.output, as: UTF8.self).contains(#""\u202ea\u0085""#))
    #expect(try Records.parse(run.lines).first?["kept"] as? String == "\u{202E}a\u{85}")
  }
}
