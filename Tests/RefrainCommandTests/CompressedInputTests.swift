// Compressed inputs and outputs: read whole or refused, whatever the name and wherever they are cut, and
// written so that others can read them.

import Foundation
import TestSupport
import Testing

struct CompressedInputTests {
  private let folder: ScratchFolder
  private let plain: [UInt8]
  private let kept: [UInt8]

  init() throws {
    folder = try ScratchFolder()
    plain = Array(Records.file(PlantedCorpus(120, seed: 171).lines).utf8)
    try folder.write("plain.jsonl", plain)
    kept = try folder.refrain("dedup", "plain.jsonl", "-o", "-").output
  }

  private static let forms = ["gz", "zst", "xz", "bz2", "lz4"]

  private func packed(_ form: String, _ bytes: [UInt8]) throws -> [UInt8] {
    switch form {
    case "gz":
      try folder.gzip("packed.gz", String(decoding: bytes, as: UTF8.self))
      return try folder.read("packed.gz")
    case "zst": return try Packing.zstd(bytes)
    default: return try Packing.filtered(bytes, form)
    }
  }

  /// By name and without one, from a file and from a pipe that is slow to begin, in one stream and in two.
  @Test(arguments: forms)
  func everyFormIsRead(form: String) throws {
    let half = plain.count / 2
    let two = try packed(form, Array(plain[..<half])) + packed(form, Array(plain[half...]))
    for bytes in [try packed(form, plain), two] {
      for name in ["a.jsonl.\(form)", "b.jsonl", "c"] {
        try folder.write(name, bytes)
        #expect(try folder.refrain("dedup", name, "-o", "-").output == kept, "\(name)")
      }
      let pipe = "(head -c 1; sleep 0.01; cat) < c | refrain dedup - -o -"
      #expect(try RefrainProgram.shell(pipe, in: folder).output == kept)
    }
    // Nothing at all, packed.
    try folder.write("none.jsonl.\(form)", try packed(form, []))
    #expect(try folder.refrain("dedup", "none.jsonl.\(form)", "-o", "-").output.isEmpty)
  }

  @Test(arguments: forms)
  func everyCutIsAnError(form: String) throws {
    let whole = try packed(form, plain)
    let cuts = [
      1, 2, 3, 5, 7, 11, whole.count / 3, whole.count - 9, whole.count - 5, whole.count - 1,
    ]
    for length in cuts {
      // A pipe of one byte has no name to say that there should be more.
      try folder.write("cut.jsonl.\(form)", whole[..<length])
      let run = try RefrainProgram.run(
        ["dedup", "cut.jsonl.\(form)", "-o", "out.jsonl"], in: folder)
      #expect(run.status == 2, "\(length) of \(whole.count) bytes")
      #expect(
        run.errors.contains("cut.jsonl.\(form): damaged: ") || length == 1 && form == "gz",
        "\(length): \(run.errors)")
      #expect(!folder.exists("out.jsonl"))
    }
  }

  /// A bit that is wrong in the packed text, in the checksum or in the length.
  @Test(arguments: forms)
  func damageIsAnError(form: String) throws {
    let whole = try packed(form, plain)
    var places = [whole.count / 2, whole.count / 4]
    if form == "gz" { places += [whole.count - 8, whole.count - 3] }
    if form == "zst" || form == "lz4" { places.append(whole.count - 1) }
    for place in places {
      var wrong = whole
      wrong[place] ^= 0x10
      try folder.write("wrong.jsonl.\(form)", wrong)
      try folder.refrainFails(
        ["dedup", "wrong.jsonl.\(form)", "-o", "out.jsonl"],
        saying: ["wrong.jsonl.\(form): damaged: "])
    }
  }

  @Test(arguments: forms)
  func junkBehindTheEndIsAnError(form: String) throws {
    let whole = try packed(form, plain)
    try folder.write("x.jsonl.\(form)", whole + Array("junk behind".utf8))
    let words =
      form == "zst" || form == "gz" ? "other bytes after its end, from offset \(whole.count)" : ""
    try folder.refrainFails(
      ["dedup", "x.jsonl.\(form)", "-o", "out.jsonl"],
      saying: ["x.jsonl.\(form): damaged: "] + (words.isEmpty ? [] : [words]))
  }

  /// Frames without text, and windows as long as the format allows.
  @Test func zstdAsItComes() throws {
    let half = plain.count / 2
    let note = Packing.skippable(Array("a note".utf8))
    let frames =
      try note + packed("zst", Array(plain[..<half])) + note
      + Packing.zstd(Array(plain[half...]), windowBits: 27)
    for name in ["frames.jsonl.zst", "frames"] {
      try folder.write(name, frames)
      #expect(try folder.refrain("dedup", name, "-o", "-").output == kept)
    }
    try folder.write("long.jsonl.zst", try Packing.zstd(plain, windowBits: 31))
    let pipe = try RefrainProgram.shell("cat long.jsonl.zst | refrain dedup - -o -", in: folder)
    #expect(pipe.output == kept, "\(pipe.errors)")
    try folder.write("cut.jsonl.zst", frames.dropLast(2))
    try folder.refrainFails(
      ["dedup", "cut.jsonl.zst", "-o", "-"],
      saying: ["cut.jsonl.zst: damaged: zstd stream: unexpected end of file"])
  }

  /// The same bytes for any number of threads, also where they fill many chunks.
  @Test(arguments: forms)
  func outputsAreReadAgain(form: String) throws {
    var prose = RandomProse(seed: 172)
    let lines = (0..<(form == "xz" ? 200 : 4_000)).map { Records.line("\($0)", prose.text(150)) }
    try folder.write("many.jsonl", Records.file(lines))
    var outputs: [[UInt8]] = []
    for threads in ["1", "2", "3"] {
      _ = try folder.refrain(
        "dedup", "many.jsonl", "--match", "identical", "--threads", threads, "-o", "o.jsonl.\(form)"
      )
      outputs.append(try folder.read("o.jsonl.\(form)"))
    }
    #expect(outputs[0] == outputs[1] && outputs[0] == outputs[2])
    #expect(outputs[0].count < Records.file(lines).utf8.count)
    let again = try folder.refrain("dedup", "o.jsonl.\(form)", "--match", "identical", "-o", "-")
    #expect(again.output == Array(Records.file(lines).utf8))
    if form == "gz" {
      let run = try RefrainProgram.shell("gzip -t o.jsonl.gz && gzip -dc o.jsonl.gz", in: folder)
      #expect(run.output == Array(Records.file(lines).utf8), "\(run.errors)")
    }
    try folder.write("empty.jsonl", "")
    _ = try folder.refrain("dedup", "empty.jsonl", "-o", "e.jsonl.\(form)")
    #expect(!(try folder.read("e.jsonl.\(form)")).isEmpty)
    #expect(try folder.refrain("dedup", "e.jsonl.\(form)", "-o", "-").output.isEmpty)
  }

  @Test func checkReadsThemToo() throws {
    var prose = RandomProse(seed: 173)
    let shared = prose.text(40)
    let lines = [Records.line("1", shared), Records.line("2", "Before. " + shared)]
    try folder.write("docs/a.jsonl.zst", try Packing.zstd(Array(Records.file(lines).utf8)))
    let run = try RefrainProgram.run(["check", "docs", "--format", "concise"], in: folder)
    #expect(run.output.count > 0)
    #expect(String(decoding: run.output, as: UTF8.self).contains("docs/a.jsonl.zst"))
  }
}
