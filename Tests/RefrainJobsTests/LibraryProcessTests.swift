// Refrain as a library leaves the process as it is, and is safe from files that shrink all the same.

import Foundation
import RefrainCorpus
import RefrainJobs
import RefrainModel
import TestSupport
import Testing

struct LibraryProcessTests {
  private let folder: ScratchFolder
  private let lines = (0..<300).map { number in
    Records.line(
      "\(number)", (0..<40).map { "w\((number * 7 + $0 * 3) % 997)" }.joined(separator: " "))
  }

  init() throws {
    folder = try ScratchFolder()
    try folder.write("a.jsonl", Records.file(lines))
  }

  /// Handlers, ignored signals and the umask, as the system has them.
  private func state() throws -> [Substring] {
    try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
      .filter { line in ["SigCgt:", "SigIgn:", "SigBlk:", "Umask:"].contains { line.hasPrefix($0) }
      }
  }

  @Test func noHandlerAndNoUmask() throws {
    let before = try state()
    #expect(before.count == 4)
    try folder.makeFolder("out")
    var request = DeduplicationRequest(inputs: [folder("a.jsonl")], output: folder("out"))
    request.evidence = folder("why.jsonl")
    let statistics = try DeduplicationJob(settings: CorpusSettings()).run(request)
    #expect(statistics.records == 300)
    #expect(try !folder.lines("out/a.jsonl").isEmpty)
    #expect(try state() == before)
  }

  /// Without a handler inputs are copied, so that nothing happens to what was read.
  @Test func inputsThatShrink() throws {
    mkfifo(folder("pipe"), 0o600)
    let name = folder("a.jsonl")
    let pipe = folder("pipe")
    let thread = Thread {
      // Opened when the job has come to its second input.
      let end = open(pipe, O_WRONLY)
      truncate(name, 0)
      close(end)
    }
    thread.start()
    let request = DeduplicationRequest(inputs: [name, pipe], output: folder("out.jsonl"))
    let statistics = try DeduplicationJob(settings: CorpusSettings()).run(request)
    #expect(statistics.records == 300)
    #expect(Set(lines).isSuperset(of: try folder.lines("out.jsonl")))
    #expect(try folder.lines("out.jsonl").count == statistics.kept)
  }
}
