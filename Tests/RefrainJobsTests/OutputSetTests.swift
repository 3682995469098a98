// Stretches of lines to one file or to a file an input, against putting strings together.

import RefrainFiles
import RefrainJobs
import RefrainModel
import RefrainRecords
import TestSupport
import Testing

struct OutputSetTests {
  private let folder: ScratchFolder
  private let names = ["a.jsonl", "b.jsonl", "c.jsonl"]
  private let texts = ["{1}\n{2}\n{3}\n", "{4}\n{5}", "{6}\n"]

  init() throws {
    folder = try ScratchFolder()
    for (name, text) in zip(names, texts) { try folder.write("in/\(name)", text) }
    try folder.makeFolder("out")
  }

  private func sources() throws -> [RecordSource] {
    var sources: [RecordSource] = []
    for name in names { sources.append(try RecordSource(path: folder("in/\(name)"))) }
    return sources
  }

  private func open(_ path: String) throws -> OutputSet {
    var files = RunFiles()
    let paths = names.map { folder("in/\($0)") }
    return try OutputSet(
      OutputSet.places(folder(path), sources: paths, in: &files), isDurable: false)
  }

  /// Each line is four bytes but the last of the second file, which lacks its line end.
  @Test(arguments: ["out", "all.jsonl"], 0..<20 as Range<UInt64>)
  func linesGoWhereTheyBelong(path: String, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sources = try sources()
    let outputs = try open(path)
    var expected = ["", "", ""]
    for (number, text) in texts.enumerated() {
      var start = 0
      for line in text.split(separator: "\n") {
        let end = min(text.utf8.count, start + 4)
        if Bool.random(using: &random) {
          try outputs.write(ByteRange(start, end), of: sources[number], number)
          expected[number] += line + (end - start == 4 ? "\n" : "")
        }
        start = end
      }
    }
    try OutputFile.publish(try outputs.finish())
    if path == "out" {
      for (name, text) in zip(names, expected) {
        #expect(try folder.read("out/\(name)") == Array(text.utf8))
      }
    } else {
      // Only within a file a last line gets the line end that it lacks.
      let lines = expected.joined(separator: "\n").split(separator: "\n").map(String.init)
      #expect(try folder.lines(path) == lines)
    }
  }

  @Test func twoInputsOfOneName() throws {
    var files = RunFiles()
    #expect(throws: RefrainError.self) {
      try OutputSet.places(folder("out"), sources: ["x/a.jsonl", "./y/../x/a.jsonl"], in: &files)
    }
  }

  @Test func nowhereIsAPlace() throws {
    let outputs = try OutputSet([], isDurable: false)
    try outputs.write(ByteRange(0, 4), of: try sources()[0], 0)
    #expect(try outputs.finish().isEmpty)
  }
}

struct OutputNameTests {
  /// Names in a folder keep what the inputs do not have in common.
  @Test(
    arguments: [
      (["2024/part-0.jsonl", "2025/part-0.jsonl"], ["2024/part-0.jsonl", "2025/part-0.jsonl"]),
      (["/data/a/x.jsonl", "/data/b/c/y.csv.gz"], ["a/x.jsonl", "b/c/y.csv.gz"]),
      (["in/a.jsonl"], ["a.jsonl"]),
      (["in/a.jsonl", "in/deep/b.jsonl"], ["a.jsonl", "deep/b.jsonl"]),
      (["in/../other/./a.jsonl", "in/a.jsonl"], ["other/a.jsonl", "in/a.jsonl"]),
      (["-", "in/a.jsonl"], ["stdin.jsonl", "a.jsonl"]),
      (["/dev/fd/63", "in/a.jsonl", "in/b/c.jsonl"], ["63", "a.jsonl", "b/c.jsonl"]),
    ])
  func names(sources: [String], expected: [String]) {
    #expect(OutputLayout.names(of: sources, converts: nil) == expected)
  }

  @Test func namesOfWhatIsWrittenAnew() {
    let names = ["a.csv", "b/c.json.gz", "d", "e.tar.gz/f.warc.gz", "g.v2", "h.jsonl"]
    let converts = [true, true, true, true, true, false]
    #expect(
      OutputLayout.names(of: names, converts: converts) == [
        "a.jsonl", "b/c.jsonl.gz", "d.jsonl", "e.tar.gz/f.jsonl.gz", "g.v2.jsonl", "h.jsonl",
      ])
  }
}
