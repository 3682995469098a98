// refrain explain: shows what the settings mean.

import ArgumentParser
import RefrainCorpus
import RefrainJobs
import RefrainModel
import RefrainSketch

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what threshold, recall, bands and rows mean: the S-curve and the missed pairs.",
    discussion: """
      Examples:
        refrain explain
        refrain explain --threshold 0.5
        refrain explain --threshold 0.8 --bands 16 --rows 8
      """)

  @Option(
    help: .of(CorpusOption.threshold, saying: "The lowest similarity of near-duplicates."))
  var threshold: String?
  @Option(help: .of(CorpusOption.recall)) var recall: String?
  @Option(help: .of(CorpusOption.bands)) var bands: String?
  @Option(help: .of(CorpusOption.rows)) var rows: String?

  func run() throws {
    let raw = try OptionSettings<CorpusOption>(
      typed: [.threshold: threshold, .recall: recall, .bands: bands, .rows: rows])
    let settings = try CorpusPlan(raw).settings
    let plan = settings.bandPlan
    var lines = [
      "threshold   \(threshold ?? CorpusOption.threshold.definition.defaultText)",
      "plan        \(plan.bands) bands of \(plan.rows) rows, \(plan.slots) slots"
        + (settings.plan == nil
          ? ", for a recall of \(settings.recall) at the threshold" : ", as given"),
      "scheme      \(settings.scheme)",
      "",
      "A pair of similarity J is proposed with probability 1 - (1 - J^\(plan.rows))^\(plan.bands).",
      "Every proposed pair is verified on the exact shingle sets. A pair below the threshold is",
      "reported only if both records have the same words. The only pairs that are missed are those",
      "that were never proposed.",
      "",
      "     J   proposed     missed",
    ]
    for step in 1...20 {
      let j = Double(step * 5) / 100
      let p = plan.probability(at: j)
      let bar = String(repeating: "#", count: Int(p * 40 + 0.5))
      let reported = step * 5 * settings.threshold.denominator >= settings.threshold.numerator * 100
      let missed = reported ? Self.decimal(1 - p) : "  below t"
      lines.append("  \(Self.decimal(j, 2))   \(Self.decimal(p))   \(missed)  \(bar)")
    }
    try Console.result(lines.joined(separator: "\n") + "\n")
  }

  /// A number between 0 and 1, with this many digits.
  private static func decimal(_ x: Double, _ digits: Int = 6) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((x * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}
