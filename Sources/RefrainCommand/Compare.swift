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
      Finds verbatim, edited, reordered and summed-up passages. In the text format [-words-] stand
      only in A, {+words+} only in B, [<words<] and {>words>} in both but elsewhere.

      Examples:
        refrain compare draft.txt final.txt
        refrain compare --format jsonl draft.txt final.txt
        refrain compare --documents docs.jsonl --pairs pairs.jsonl -o passages.jsonl
      """)

  @Argument(help: "The first text; - is standard input.")
  var a: String?

  @Argument(help: "The second text.")
  var b: String?

  @Option(help: "Records to compare with each other, instead of two files.")
  var documents: String?

  @Option(help: "The pairs of record ids to compare: {\"a\": ID, \"b\": ID} lines.")
  var pairs: String?

  @Option(help: "The form of the result: text or jsonl; jsonl for --documents.")
  var format: CompareFormat?

  @Option(name: [.short, .long], help: "The output: a file, or - for standard output.")
  var output = "-"

  @Option(help: "The field that holds a record's text.")
  var textField = "text"

  @Option(help: "The field that holds a record's id.")
  var idField = "id"

  @Option(help: "Threads; as many as processors by default.")
  var threads: Int?

  @Option(help: "Colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: [.short, .long], help: "No progress.")
  var quiet = false

  func run() throws {
    let comparer = ComparisonJob(threads: threads, textField: textField, idField: idField)
    switch (a, b, documents, pairs) {
    case (nil, nil, let documents?, let pairs?):
      guard format != .text else {
        throw RefrainError.badSetting(name: "--format", cause: "many pairs are written as jsonl")
      }
      let bar = ProgressBar(quiet: quiet)
      defer { bar.finish() }
      try comparer.compare(
        documents: documents, pairs: pairs, output: output, progress: bar.handler)
    case (let a?, let b?, nil, nil):
      try ResultFile.requireApart(outputs: [("--output", output)], inputs: [a, b])
      let passages = try comparer.compare(a, b)
      let style = TextStyle(isColored: color.isOn(output: output))
      let bytes =
        format == .jsonl
        ? ComparisonReport.lines(passages)
        : ComparisonReport.text(passages, style)
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
