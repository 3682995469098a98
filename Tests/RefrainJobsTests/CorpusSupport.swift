// What the tests of the facade share: corpora on disk, and the exact similarities of their texts.

import RefrainCorpus
import RefrainJobs
import RefrainModel
import RefrainSketch
import RefrainText
import TestSupport

/// Texts as a corpus whose ids are their numbers.
struct TextCorpus {
  let folder: ScratchFolder
  let texts: [String]

  init(_ texts: [String]) throws {
    folder = try ScratchFolder()
    self.texts = texts
    try folder.write(
      "in.jsonl", Records.file(texts.enumerated().map { Records.line("\($0.offset)", $0.element) }))
  }

  /// Deduplicates without writing; the numbers of the run.
  func dedup(_ change: (inout CorpusSettings) -> Void = { _ in }) throws -> CorpusStatistics {
    var settings = CorpusSettings()
    settings.threads = 2
    change(&settings)
    return try DeduplicationJob(settings: settings)
      .run(DeduplicationRequest(inputs: [folder("in.jsonl")], output: nil))
  }

  /// Of each removed text its number, the kept one's and the reason, in order.
  func evidence() throws -> [String] {
    var settings = CorpusSettings()
    settings.threads = 2
    var request = DeduplicationRequest(inputs: [folder("in.jsonl")], output: nil)
    request.evidence = folder("evidence.jsonl")
    _ = try DeduplicationJob(settings: settings).run(request)
    return try Records.parse(try folder.lines("evidence.jsonl")).map { line in
      "\(line["removed"] as? Int ?? -1) \(line["kept"] as? Int ?? -1) \(line["reason"] as? String ?? "")"
    }
  }

  /// The listed pairs, earlier one first.
  func pairs(_ change: (inout CorpusSettings) -> Void = { _ in }) throws -> Set<[Int]> {
    var settings = CorpusSettings()
    settings.threads = 2
    change(&settings)
    var request = PairListingRequest(inputs: [folder("in.jsonl")])
    request.output = folder("pairs.jsonl")
    _ = try PairListingJob(settings: settings).run(request)
    let objects = try Records.parse(try folder.lines("pairs.jsonl"))
    return Set(objects.map { [$0["a"] as? Int ?? -1, $0["b"] as? Int ?? -1] })
  }

  /// The overlaps of all pairs that share a shingle, counted one shingle at a time.
  func overlaps() -> [[Int]: Overlap] {
    let segmenter = Segmenter()
    let words = WordBuffer()
    let shingler = Shingler(width: 5)
    var owners: [UInt64: [Int]] = [:]
    var sizes: [Int] = []
    for (number, text) in texts.enumerated() {
      let bytes = Array(text.utf8)
      bytes.withUnsafeBytes { segmenter.segment($0, into: words) }
      let set = Set(shingler.shingle(words))
      sizes.append(set.count)
      for shingle in set { owners[shingle, default: []].append(number) }
    }
    var shared: [[Int]: Int] = [:]
    for list in owners.values {
      for (index, a) in list.enumerated() {
        for b in list[(index + 1)...] { shared[[a, b], default: 0] += 1 }
      }
    }
    var overlaps: [[Int]: Overlap] = [:]
    for (pair, count) in shared {
      overlaps[pair] = Overlap(shared: count, left: sizes[pair[0]], right: sizes[pair[1]])
    }
    return overlaps
  }
}
