// refrain compare: the passages that two texts share, aligned word by word.

import ArgumentParser
import RefrainJobs
import RefrainModel
import RefrainReport

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show the passages that two texts share, aligned word by word.",
    discussion: """
      Compare finds verbatim, edited, reordered and summarised passages, and single sentences: eight \
      words that are the same in both texts, or fifteen that were edited. The longest comes first. \
      With --min-bytes 150, it leaves out sentences. In the text format, \
      [-words-] occur only in A and {+words+} only in B. [<words<] and {>words>} occur in both, but \
      in different positions.

      Examples:
        refrain compare draft.txt final.txt
        refrain compare --format jsonl draft.txt final.txt
        refrain compare --documents docs.jsonl --pairs pairs.jsonl -o passages.jsonl
      """)

  @Argument(help: "The first text, or - for standard input.")
  var a: String?

  @Argument(help: "The second text, or - for standard input.")
  var b: String?

  @Option(help: "A file of records to compare with each other, instead of two files.")
  var documents: String?

  @Option(help: "A file of pairs to compare, one {\"a\": ID, \"b\": ID} per line.")
  var pairs: String?

  @Option(help: "The output format: text or jsonl. With --documents it is always jsonl.")
  var format: CompareFormat?

  @Option(name: [.short, .long], help: "The output file, or - for standard output.")
  var output = "-"

  @Option(
    help: "Leave out what is shorter than this in either text, in bytes.")
  var minBytes = 0

  @Option(help: "The field that holds a record's text.")
  var textField = "text"

  @Option(help: "The field that holds a record's id.")
  var idField = "id"

  @Option(help: "The number of threads. Defaults to the number of processors.")
  var threads: Int?

  @Option(help: "When to use colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: [.short, .long], help: "Do not show progress.")
  var quiet = false

  func run() throws {
    guard minBytes >= 0 else {
      throw RefrainError.badSetting(name: "--min-bytes", cause: "\(minBytes) is below 0")
    }
    let comparer = ComparisonJob(
      threads: threads, textField: textField, idField: idField, leastBytes: minBytes)
    switch (a, b, documents, pairs) {
    case (nil, nil, let documents?, let pairs?):
      guard format != .text else {
        throw RefrainError.badSetting(
          name: "--format", cause: "with --documents the format is always jsonl")
      }
      try ProgressBar.during(quiet: quiet) { progress throws(RefrainError) in
        try comparer.compare(
          documents: documents, pairs: pairs, output: output, progress: progress)
      }
    case (let a?, let b?, nil, nil):
      try ResultFile.requireApart(outputs: [("--output", output)], inputs: [a, b])
      let passages = try comparer.compare(a, b)
      let style = TextStyle(isColored: color.isOn(output: output))
      let bytes =
        format == .jsonl
        ? PassageLines().report(passages.map(\.lean))
        : PassageCards(style: style).report(passages)
      try ResultFile.write(bytes, to: output)
    default:
      throw RefrainError.badSetting(
        name: "compare", cause: "takes two files, or --documents and --pairs")
    }
  }
}

enum CompareFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case jsonl
}

extension ColorChoice: ExpressibleByArgument {}
