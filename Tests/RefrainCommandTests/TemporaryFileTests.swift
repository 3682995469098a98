// Whatever ends a run, nothing of it is left that has a name; what a kill leaves behind, the next run to
// the same folder clears.

import Foundation
import TestSupport
import Testing

struct TemporaryFileTests {
  private let folder: ScratchFolder
  private let shards = 40

  /// So many shards that not all outputs can be open, with more evidence than a pipe holds.
  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 61)
    let repeated = (0..<40).map { _ in prose.text(30) }
    for shard in 0..<shards {
      let texts = [prose.text(30)] + repeated
      let lines = texts.enumerated().map { Records.line("\"s\(shard)-\($0.offset)\"", $0.element) }
      try folder.write("in/\(shard).jsonl", Records.file(lines))
    }
    try folder.makeFolder("out")
    try folder.write("out/7.jsonl", "as before")
  }

  /// Runs a deduplication into `out` that stops where its evidence fills a pipe, when most outputs are
  /// written and none has a name, and then `rest`, for which `$run` is its process.
  ///
  /// No signal is ignored: a shell without job control starts what runs beside it with SIGINT ignored.
  private func stopped(_ rest: String) throws -> ProgramRun {
    try RefrainProgram.shell(
      """
      rm -f why && mkfifo why
      exec 8<> why
      (ulimit -n 24; ulimit -c 0
       exec env --default-signal timeout --foreground 100 refrain dedup in -o out --evidence why) &
      run=$!
      until ls -A out | grep -q refrain; do sleep 0.02; done
      sleep 0.2
      ls -A out > during
      \(rest)
      """, in: folder)
  }

  @Test(
    arguments: [("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3), ("XCPU", 24), ("PIPE", 13)])
  func aSignalLeavesNothing(signal: String, number: Int) throws {
    let run = try stopped("pkill -\(signal) -P $run; wait $run; echo $? > status")
    #expect(!run.errors.contains("refrain:"), "\(run.errors)")
    // The program ends by the signal, and whoever started it can tell.
    #expect(try folder.lines("status") == ["\(128 + number)"])
    // While it runs, there is one name that nobody takes for data, for what cannot stay open.
    let during = try folder.lines("during")
    #expect(during.count == 2)
    #expect(
      during.allSatisfy { $0 == "7.jsonl" || $0.hasPrefix(".refrain-") && $0.hasSuffix(".tmp") })
    #expect(try folder.names(in: "out") == ["7.jsonl"])
    #expect(try folder.lines("out/7.jsonl") == ["as before"])
  }

  /// A shell without job control starts its background jobs with SIGINT ignored, as nohup does SIGHUP.
  @Test func ignoredSignalsStayIgnored() throws {
    _ = try RefrainProgram.shell(
      """
      mkfifo pipe
      nohup refrain pairs pipe -o pairs.jsonl 2> log & run=$!
      exec 9> pipe
      sleep 0.2
      kill -INT $run; kill -HUP $run
      cat in/1.jsonl in/2.jsonl >&9
      exec 9>&-
      wait $run; echo $? > status
      """, in: folder)
    #expect(try folder.lines("status") == ["0"])
    #expect(try folder.lines("pairs.jsonl").count == 40)
  }

  @Test func whatAKillLeavesIsCleared() throws {
    _ = try stopped(
      """
      refrain dedup in/1.jsonl -o out -q && ls -A out > living
      pkill -KILL -P $run; wait $run
      ls -A out > killed
      refrain dedup in/2.jsonl -o out -q
      """)
    let living = try folder.lines("living")
    #expect(living.contains { $0.hasPrefix(".refrain-") }, "a living run's files are its own")
    let killed = try folder.lines("killed")
    #expect(killed.count { $0.hasPrefix(".refrain-") } == 1)
    #expect(killed.filter { !$0.hasPrefix(".refrain-") } == ["1.jsonl", "7.jsonl"])
    #expect(try folder.names(in: "out") == ["1.jsonl", "2.jsonl", "7.jsonl"])
    #expect(try folder.lines("out/7.jsonl") == ["as before"])
  }

  /// Names that look alike and are none stay, and so does what such a name leads to.
  @Test func nothingElseIsCleared() throws {
    let link = ".refrain-0123456789abcdef.tmp"
    try folder.write("data", "precious")
    try FileManager.default.createSymbolicLink(
      atPath: folder("out/" + link), withDestinationPath: "../data")
    let others = [
      ".refrain-0123456789abcdeg.tmp", ".refrain-0123.tmp", "refrain-0123456789abcdef.tmp",
      ".refrain-0123456789abcdef.tmp2",
    ]
    for name in others { try folder.write("out/\(name)", "mine") }
    try folder.write("out/.refrain-1111111111111111.tmp/lock", "")
    try folder.write("out/.refrain-1111111111111111.tmp/1", "old")
    try folder.write("out/.refrain-2222222222222222.tmp", "old")
    _ = try folder.refrain("dedup", "in/1.jsonl", "-o", "out", "-q")
    #expect(try folder.names(in: "out") == (others + [link, "1.jsonl", "7.jsonl"]).sorted())
    #expect(try folder.lines("data") == ["precious"])
  }

  /// Whoever reads no further ends the run, quietly and in the usual way.
  @Test func aClosedPipe() throws {
    let run = try RefrainProgram.shell(
      "(refrain pairs in --all-pairs; echo status $? >&2) | head -n 1", in: folder)
    #expect(run.lines.count == 1)
    #expect(run.errors == "status 141\n")
    let dedup = try RefrainProgram.shell(
      """
      cat in/* in/* in/* in/* in/* > all.jsonl
      (refrain dedup all.jsonl --threshold 1 -o out/x.jsonl --evidence - -q; echo status $? >&2) | head -n 1
      """, in: folder)
    #expect(dedup.errors == "status 141\n")
    #expect(try folder.names(in: "out") == ["7.jsonl"])
  }

  /// The thread sanitizer begins by writing a file, whose pages it then reads.
  @Test(.disabled(if: RefrainProgram.sanitizer == "thread"))
  func aFileThatMayNotGrow() throws {
    for output in ["out", "out/x.jsonl", "out/x.jsonl.gz"] {
      let run = try RefrainProgram.shell(
        "ulimit -f 2; refrain dedup in -o \(output) --evidence out/why.jsonl", in: folder)
      #expect(run.status == 2)
      #expect(run.errors.contains("cannot write: File too large"), "\(run.errors)")
      #expect(try folder.names(in: "out") == ["7.jsonl"])
    }
  }

  /// A run that goes well leaves no more than it was asked for, with the rights that anybody's files get.
  @Test func namesAndRights() throws {
    let run = try RefrainProgram.shell(
      """
      chmod 604 out/7.jsonl
      umask 027
      ulimit -n 24
      refrain dedup in -o out --evidence why.jsonl -q
      stat -c %a out/7.jsonl out/8.jsonl out/39.jsonl why.jsonl
      """, in: folder)
    #expect(run.lines == ["604", "640", "640", "640"])
    #expect(try folder.names(in: "out") == (0..<shards).map { "\($0).jsonl" }.sorted())
    let sorted = try RefrainProgram.shell(
      "refrain dedup in -o all.jsonl -q; cd in; for f in *; do cat ../out/$f; done | cmp - ../all.jsonl",
      in: folder)
    #expect(sorted.status == 0)
  }
}
