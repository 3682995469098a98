// The options of dedup and pairs, each once: those that both take, and each command's own. The command
// line's help comes from here, and so does what a plan is made of.

import RefrainCorpus
import RefrainIndex
import RefrainMatch
import RefrainModel

/// An option that `dedup` and `pairs` share.
package enum CorpusOption: String, OptionTable {
  case threshold
  case recall
  case bands
  case rows
  case match
  case exhaustive
  case ngram
  case within
  case across
  case textField = "text-field"
  case idField = "id-field"
  case onError = "on-error"
  case threads
  case memory
  case stats
  case quiet
  case verbose

  package var definition: OptionDefinition {
    switch self {
    case .threshold:
      OptionDefinition(
        .share, default: .text("0.8"),
        "The lowest Jaccard similarity of duplicates, by their word 5-grams (see --ngram).")
    case .recall:
      OptionDefinition(
        .probability, default: .text("0.99"),
        "The lowest probability of proposing a pair at the threshold.")
    case .bands:
      OptionDefinition(
        .integer(1...1024), "The number of bands. Use it with --rows, instead of --recall.")
    case .rows:
      OptionDefinition(.integer(1...1024), "The number of rows per band. Use it with --bands.")
    case .match:
      OptionDefinition(
        .choice(MatchLevel.allCases.map(\.rawValue)), default: .text(MatchLevel.near.rawValue),
        "What counts as a duplicate: identical (the same text), words (also the same words with "
          + "other case and punctuation), or near (also a similarity that reaches the threshold).")
    case .exhaustive:
      OptionDefinition(
        .flag, default: .flag(false),
        "Find every pair, with a prefix filter instead of MinHash bands. This needs memory for all "
          + "shingles. Without this flag, a record is compared only with the first "
          + "\(Buckets.representatives) records of a crowded bucket.")
    case .ngram:
      OptionDefinition(.integer(1...64), default: .integer(5), "The number of words in a shingle.")
    case .within:
      OptionDefinition(
        .name,
        "Compare only records that have the same value in this field, a string or a number. Records "
          + "without one are compared with each other.")
    case .across:
      OptionDefinition(
        .name,
        "Compare only records that have different values in this field, a string or a number. "
          + "Having none counts as a value.")
    case .textField: .textField
    case .idField: .idField
    case .onError:
      OptionDefinition(
        .choice(ErrorPolicy.allCases.map(\.rawValue)), default: .text("fail"),
        "What to do with an unreadable record, or an unreadable file in a folder: fail or skip.")
    case .threads: .threads
    case .memory:
      OptionDefinition(
        .size, default: .text("1G"),
        "How much memory to use beside the inputs, such as 512M or 4G. Beyond this limit, keys go "
          + "to a temporary file and shingles are computed again. A record always takes about 200 "
          + "bytes.")
    case .stats:
      OptionDefinition(
        .flag, default: .flag(false),
        "Print counts to standard error: what was read, proposed, verified and accepted.")
    case .quiet:
      OptionDefinition(
        .flag, default: .flag(false), "Do not show progress, warnings or the summary.")
    case .verbose:
      OptionDefinition(.flag, default: .flag(false), "Name every record that was left out.")
    }
  }
}

/// An option of `dedup` alone.
package enum DeduplicationOption: String, OptionTable {
  case output
  case outputFormat = "output-format"
  case evidence
  case passages
  case clusters
  case removed
  case rejects
  case annotate
  case keep
  case dryRun = "dry-run"

  package var definition: OptionDefinition {
    switch self {
    case .output:
      OptionDefinition(
        .path,
        "The output file, - for standard output, or a folder for one file per input: one that is there, or "
          + "a name that ends in /. Extensions such as .gz and .zst compress.")
    case .outputFormat:
      OptionDefinition(
        .choice(OutputFormat.allCases.map(\.rawValue)), default: .text(OutputFormat.input.rawValue),
        "The form of the records that are written: input (as they came) or jsonl. An output named .jsonl is "
          + "JSON Lines in any case, and so are texts that go to one file.")
    case .evidence:
      OptionDefinition(
        .path, "Write one line per removed record: the kept one and their similarity.")
    case .passages:
      OptionDefinition(
        .flag, default: .flag(false),
        "Add the shared passages to each line of --evidence, as byte offsets.")
    case .clusters:
      OptionDefinition(.path, "Write one line per record with its cluster.")
    case .removed:
      OptionDefinition(.path, "Write the lines of the removed records, as they came.")
    case .rejects:
      OptionDefinition(
        .path,
        "Write one line per unreadable record or file: its place, the cause and the text. This implies "
          + "--on-error skip.")
    case .annotate:
      OptionDefinition(
        .flag, default: .flag(false),
        "Write all records instead of removing any, each with its cluster, and whether and why it "
          + "would go, in the field \"refrain\".")
    case .keep:
      OptionDefinition(
        .policy, default: .text(KeepPolicy.first.name),
        "Which record to keep: \(KeepPolicy.forms).")
    case .dryRun:
      OptionDefinition(
        .flag, default: .flag(false), "Decide and report, but do not write any records.")
    }
  }
}

/// An option of `pairs` alone.
package enum PairListingOption: String, OptionTable {
  case output
  case allPairs = "all-pairs"

  package var definition: OptionDefinition {
    switch self {
    case .output:
      OptionDefinition(
        .path, default: .text("-"), "The output file, or - for standard output.")
    case .allPairs:
      OptionDefinition(
        .flag, default: .flag(false),
        "Write every pair, even if a great many records have the same words.")
    }
  }
}
