// Files that shrink between two reads of them: pages, compressed files, archives, records of every form.
//
// A library that is loaded before the program's own cuts the file off at the right moment: before one of
// its reads, or once it is mapped. So nothing here depends on time.

import Foundation
import TestSupport
import Testing

/// The library that cuts.
private enum Knife {
  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <stdlib.h>
    #include <sys/mman.h>
    #include <sys/stat.h>
    #include <unistd.h>

    static int steps;

    /* Cuts CUT_FILE to CUT_TO bytes when so many steps were taken with it as CUT_AFTER says. */
    static void step(int descriptor) {
      struct stat named, open;
      const char *name = getenv("CUT_FILE");
      if (!name || stat(name, &named) || fstat(descriptor, &open)) return;
      if (named.st_ino != open.st_ino || steps++ != atoi(getenv("CUT_AFTER"))) return;
      if (truncate(name, atol(getenv("CUT_TO")))) abort();
    }

    ssize_t read(int descriptor, void *to, size_t count) {
      ssize_t (*next)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
      step(descriptor);
      return next(descriptor, to, count);
    }

    void *mmap(void *at, size_t size, int rights, int flags, int descriptor, off_t offset) {
      void *(*next)(void *, size_t, int, int, int, off_t) = dlsym(RTLD_NEXT, "mmap");
      void *result = next(at, size, rights, flags, descriptor, offset);
      if (descriptor >= 0) step(descriptor);
      return result;
    }
    """

  /// The folder of that library; nil where it cannot be made, or a sanitizer must come first itself.
  static let folder: ScratchFolder? = {
    guard RefrainProgram.sanitizer == nil, let folder = try? ScratchFolder(),
      (try? folder.write("knife.c", source)) != nil,
      let run = try? RefrainProgram.shell(
        "$(command -v cc || command -v clang) -shared -fPIC -O1 -o knife.so knife.c -ldl",
        in: folder),
      run.status == 0
    else { return nil }
    return folder
  }()
}

@Suite(.enabled(if: Knife.folder != nil, "no compiler of C, or a sanitizer"))
struct ShrinkingInputTests {
  private let folder: ScratchFolder
  private let lines: [String]

  init() throws {
    folder = try ScratchFolder()
    // Digits, so that what is compressed is longer than what is read at a time.
    var random = SeededGenerator(seed: 201)
    lines = (0..<8_000).map { number in
      let words = (0..<20).map { _ in "\(UInt64.random(in: 0...(.max), using: &random))" }
      return Records.line("\(number)", words.joined(separator: " "))
    }
    try folder.write("out", "as before")
  }

  /// Runs a command while a file is cut off to `size` bytes after `steps` reads or mappings.
  private func run(_ line: String, cutting name: String, to size: Int, after steps: Int) throws
    -> ProgramRun
  {
    let knife = try #require(Knife.folder)
    let library = knife("knife.so")
    return try RefrainProgram.shell(
      """
      CUT_FILE=\(name) CUT_TO=\(size) CUT_AFTER=\(steps) LD_PRELOAD=\(library) exec refrain \(line)
      """, in: folder)
  }

  private func fails(
    _ line: String, cutting name: String, to size: Int, after steps: Int,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let bytes = try folder.read(name)
    let run = try run(line, cutting: name, to: size, after: steps)
    let comment = "\(line), to \(size) after \(steps): \(run.errors)"
    #expect(
      try folder.read(name).count == size, "it was cut off: \(line)", sourceLocation: location)
    #expect(run.status == 2, "\(comment)", sourceLocation: location)
    #expect(run.output.isEmpty, "\(comment)", sourceLocation: location)
    #expect(
      run.errors.contains("\(name): shrank while it was read"), "\(comment)",
      sourceLocation: location)
    let out = String(decoding: try folder.read("out"), as: UTF8.self)
    #expect(out == "as before", "\(comment)", sourceLocation: location)
    #expect(!folder.exists("why"), sourceLocation: location)
    try folder.write(name, bytes)
  }

  @Test(arguments: ["md", "html", "rst", "adoc", "org", "txt", "ipynb"])
  func pages(ending: String) throws {
    var prose = RandomProse(seed: 202)
    let text = prose.text(400)
    let page =
      ending == "ipynb"
      ? #"{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["\#(text)"]}], "metadata": {}}"#
      : text
    try folder.write("page.\(ending)", page)
    try folder.write("other.md", prose.text(40))
    for size in [0, 1, 100, page.utf8.count - 1] {
      for line in ["check page.\(ending) other.md -o out", "check . --format json -o out"] {
        if line.hasPrefix("check .") {
          // The others are checked all the same, and the status says that something was left out.
          let run = try run(
            line.replacing("-o out", with: ""), cutting: "page.\(ending)", to: size, after: 0)
          #expect(run.status == 2)
          #expect(
            run.errors.contains("left out: page.\(ending): shrank while it was read"),
            "\(run.errors)")
        } else {
          try fails(line, cutting: "page.\(ending)", to: size, after: 0)
        }
        try folder.write("page.\(ending)", page)
      }
      try fails(
        "compare page.\(ending) other.md -o out", cutting: "page.\(ending)", to: size, after: 0)
    }
  }

  /// What is compressed is read once from front to back; a stream that stops is not a damaged one here.
  @Test(arguments: ["gz", "zst", "xz", "bz2", "lz4"])
  func compressedRecords(form: String) throws {
    let plain = Array(Records.file(lines).utf8)
    let name = "in.jsonl.\(form)"
    switch form {
    case "gz": try folder.gzip(name, Records.file(lines))
    case "zst": try folder.write(name, Packing.zstd(plain))
    default: try folder.write(name, Packing.filtered(plain, form))
    }
    let whole = try folder.read(name).count
    #expect(whole > 1 << 20)
    for (size, steps) in [(0, 1), (1 << 18, 1), (400_000, 1), (whole - 1, 2), (0, 0)] {
      try fails("dedup \(name) -o out --evidence why", cutting: name, to: size, after: steps)
    }
    for line in [
      "pairs \(name) -o out --on-error skip", "check \(name) -o out --format json",
      "compare --documents \(name) --pairs \(name) -o out",
    ] { try fails(line, cutting: name, to: 300_000, after: 1) }
  }

  /// Mapped forms, cut off when they are mapped and before anything of them is read.
  @Test(arguments: ["jsonl", "json", "csv", "tsv", "warc", "tar", "zip"])
  func mappedRecords(form: String) throws {
    let some = Array(lines.prefix(400))
    let name = "in.\(form)"
    switch form {
    case "json": try folder.write(name, "[" + some.joined(separator: ",\n") + "]\n")
    case "csv":
      try folder.write(
        name,
        (["id,text"] + some.indices.map { "\($0),more words than one, so that it is longer" })
          .joined(separator: "\n"))
    case "tsv":
      try folder.write(
        name,
        (["id\ttext"] + some.indices.map { "\($0)\tmore words than one, so that it is longer" })
          .joined(separator: "\n"))
    case "warc":
      let record =
        "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 15\r\n\r\nsome words here\r\n\r\n"
      try folder.write(name, String(repeating: record, count: 400))
    case "tar": try folder.write(name, Packing.tar([("a.jsonl", Array(Records.file(some).utf8))]))
    case "zip": try folder.write(name, Packing.zip([("a.jsonl", Array(Records.file(some).utf8))]))
    default: try folder.write(name, Records.file(some))
    }
    let whole = try folder.read(name).count
    #expect(whole > 8192)
    for size in [0, 1, 5000, whole - 1] {
      for line in [
        "dedup \(name) -o out --evidence why", "pairs \(name) -o out --on-error skip",
        "check \(name) -o out --format json", "check \(name) --on-error skip",
      ] { try fails(line, cutting: name, to: size, after: 0) }
    }
  }

  /// What a mapping shows behind the end of a file is zeros, and zeros end an archive: what is left is a
  /// whole one to whoever reads it.
  @Test func anArchiveBetweenTwoEntries() throws {
    // A header of 512 bytes and so much that the next header begins a page of memory.
    var first = Records.file(Array(lines.prefix(5)))
    first += Records.line("\"filler\"", String(repeating: "x", count: 3500 - first.utf8.count))
    first += String(repeating: "\n", count: 3584 - first.utf8.count)
    let second = Records.file(Array(lines[5..<50]))
    try folder.write(
      "in.tar", Packing.tar([("1.jsonl", Array(first.utf8)), ("2.jsonl", Array(second.utf8))]))
    for line in ["dedup in.tar -o out --evidence why", "check in.tar --format json -o out"] {
      try fails(line, cutting: "in.tar", to: 4096, after: 0)
    }
    let whole = try folder.refrain("dedup", "in.tar", "-o", "whole")
    #expect(whole.errors.contains("51 of 51 records kept"), "\(whole.errors)")
  }

  /// What was read whole before is as it was.
  @Test func afterItWasRead() throws {
    try folder.gzip("in.jsonl.gz", Records.file(Array(lines.prefix(400))))
    let expected = try folder.refrain("dedup", "in.jsonl.gz", "-o", "-").output
    let run = try RefrainProgram.shell(
      """
      mkfifo pipe
      refrain dedup in.jsonl.gz pipe --threads 1 -o whole -q & run=$!
      exec 9> pipe
      truncate -s 100 in.jsonl.gz
      exec 9>&-
      wait $run
      """, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.read("whole") == expected)
  }
}
