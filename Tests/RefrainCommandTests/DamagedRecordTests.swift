// Records that are cut, misshapen or no UTF-8 in each form: an error with file and place, or with
// `--on-error skip` a count, and everything else is read.

import Foundation
import TestSupport
import Testing

struct DamagedRecordTests {
  private struct Damage {
    var file: String
    var bytes: [UInt8]
    /// What the error says behind the file's name.
    var error: String
    /// The ids that are left.
    var left: [String]
    var skipped = 1
  }

  private static func damages() -> [Damage] {
    let a = #"{"id": "a", "text": "one two three"}"#
    let b = #"{"id": "b", "text": "four five six"}"#
    func text(_ text: String) -> [UInt8] { Array(text.utf8) }
    return [
      // Arrays.
      Damage(
        file: "cut.json", bytes: text("[\n\(a),\n{\"id\": \"b\", \"te"),
        error: ":3: malformed JSON: the string does not end", left: ["a"]),
      Damage(
        file: "open.json", bytes: text("[\(a),\n\(b)\n"),
        error: ":3: malformed JSON: the array does not end", left: ["a", "b"]),
      Damage(
        file: "behind.json", bytes: text("[\n\(a),\n\(b)]\n{}"),
        error: ":4: malformed JSON: something follows the array", left: ["a", "b"]),
      Damage(
        file: "comma.json", bytes: text("[\(a),\n\(b),\n]"), error: ":3: malformed JSON",
        left: ["a", "b"]),
      Damage(
        file: "two.json", bytes: text("[\n\(a) \(b),\n\(b)]"),
        error: ":2: malformed JSON: something follows the record", left: ["b"]),
      Damage(
        file: "number.json", bytes: text("[\(a),\n17,\n\(b)]"), error: ":2: not a JSON object",
        left: ["a", "b"]),
      Damage(
        file: "utf8.json",
        bytes: text("[\(a),\n{\"id\": \"x\", \"text\": \"") + [0xFF] + text("\"},\n\(b)]"),
        error: ":2: not UTF-8 (first wrong byte at offset \(a.utf8.count + 24))", left: ["a", "b"]),
      Damage(
        file: "crowded.json", bytes: text("[\(a),{\"id\": \"x\"},\(b)]"),
        error: ":2: no field \"text\"; fields are: id", left: ["a", "b"]),
      // Separated values.
      Damage(
        file: "quote.csv", bytes: text("id,text\na,one two three\nb,\"four five\nc,six\n"),
        error: ":3:3: a field begins with a quotation mark that is never closed", left: ["a"]),
      Damage(
        file: "behind.csv", bytes: text("id,text\na,one\nx,\"two\" three\nb,four\n"),
        error: ":3:8: something follows the closing quotation mark", left: ["a", "b"]),
      Damage(
        file: "short.csv", bytes: text("id,text\na,one\n\nx\nb,four\n"),
        error: ":4:1: a row of 1 field under a header of 2", left: ["a", "b"]),
      Damage(
        file: "long.tsv", bytes: text("id\ttext\na\tone\nx\ttwo\tthree\nb\tfour\n"),
        error: ":3:1: a row of 3 fields under a header of 2", left: ["a", "b"]),
      Damage(
        file: "utf8.csv", bytes: text("id,text\na,one\nx,") + [0xE9] + text("\nb,four\n"),
        error: ":3: not UTF-8 (first wrong byte at offset 16)", left: ["a", "b"]),
      // Web archives.
      Damage(
        file: "cut.wet", bytes: web("a", "one two") + web("b", "three four").dropLast(9),
        error: ":2: the record is cut off: it should have 10 bytes", left: ["a"]),
      Damage(
        file: "length.wet",
        bytes: web("a", "one two") + web("x", "three four", length: 3) + web("b", "five"),
        error: ":2: the record is longer than its header says", left: ["a", "b"]),
      Damage(
        file: "none.wet", bytes: web("a", "one two") + text("junk\r\n") + web("b", "five"),
        error: ":1: the record is longer than its header says", left: ["b"]),
      Damage(
        file: "utf8.wet",
        bytes: web("a", "one two") + web("x", bytes: [0x61, 0xC3]) + web("b", "five"),
        error: ":2: not UTF-8", left: ["a", "b"]),
    ]
  }

  private static func web(_ id: String, _ text: String, length: Int? = nil) -> [UInt8] {
    web(id, bytes: Array(text.utf8), length: length)
  }

  private static func web(_ id: String, bytes: [UInt8], length: Int? = nil) -> [UInt8] {
    let header = "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: \(id)\r\nContent-Length: "
    return Array((header + "\(length ?? bytes.count)\r\n\r\n").utf8) + bytes
      + Array("\r\n\r\n".utf8)
  }

  @Test func damageIsToldOrCounted() throws {
    let folder = try ScratchFolder()
    for damage in Self.damages() {
      try folder.write(damage.file, damage.bytes)
      try folder.refrainFails(
        ["dedup", damage.file, "-o", "out.jsonl"], saying: [damage.file + damage.error])
      let run = try RefrainProgram.run(
        ["dedup", damage.file, "--dry-run", "--clusters", "-", "--on-error", "skip"], in: folder)
      #expect(run.status == 0, "\(damage.file): \(run.errors)")
      let ids = try Records.parse(run.lines).map { $0["id"] as? String ?? "" }
      #expect(ids == damage.left, "\(damage.file)")
      let count = damage.skipped == 1 ? "1 record left out" : "\(damage.skipped) records left out"
      #expect(run.errors.contains(count), "\(damage.file): \(run.errors)")
    }
  }

  @Test func headersThatAreNone() throws {
    let folder = try ScratchFolder()
    for (bytes, words) in [
      (Array("id,text,id\n1,2,3\n".utf8), "x.csv:1: the header names \"id\" twice"),
      (Array("\n\nid,\"text\n1,2\n".utf8), "x.csv:3: the header: a field begins"),
      (Array("id,te".utf8) + [0xFF], "x.csv:1: not UTF-8"),
      (Array("id;text\n1;2\n".utf8), "x.csv:2:1: no field \"text\"; fields are: id;text"),
    ] {
      try folder.write("x.csv", bytes)
      try folder.refrainFails(["dedup", "x.csv", "-o", "out.csv"], saying: [words])
    }
  }
}
