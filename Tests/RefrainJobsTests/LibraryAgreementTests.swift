// Values and files: the library says of texts what the jobs say of files that hold them.

import Refrain
import RefrainCorpus
import RefrainJobs
import RefrainModel
import RefrainReport
import TestSupport
import Testing

struct LibraryAgreementTests {
  /// 300 texts, half of them edited copies of earlier ones.
  private func texts() -> [String] {
    var prose = RandomProse(seed: 43)
    var all: [[String]] = []
    return (0..<300).map { number in
      let isCopy = number > 4 && number % 2 == 0
      let base = isCopy ? prose.random.pick(all) : prose.words(50)
      all.append(prose.edited(base, changes: isCopy ? number % 5 : 0))
      return RandomProse.text(all[number])
    } + ["", "...", "The ship sailed.", "the SHIP sailed", "The. Ship. Sailed."]
  }

  /// Whoever inserts what finds no match keeps what `dedup` keeps.
  @Test func filledDayByDayItIsTheCorpusJob() throws {
    let texts = texts() + ["", "...", "The ship sailed.", "the SHIP sailed", "The. Ship. Sailed."]
    var index = try SimilarityIndex<Int>()
    var removed: [Int] = []
    for (number, text) in texts.enumerated() {
      if index.query(text).isEmpty {
        try index.insert(number, text)
      } else {
        removed.append(number)
      }
    }
    let statistics = try TextCorpus(texts).dedup()
    #expect(statistics.removed == removed.count)
    #expect(statistics.kept == index.count)
    #expect(removed.count > 30)
  }

  @Test func aDeduplicatorIsTheCorpusJob() throws {
    let texts = texts()
    let result = try Deduplicator().deduplicate(texts)
    let corpus = try TextCorpus(texts)
    let evidence = try corpus.evidence()
    #expect(result.removed.map { "\($0.id) \($0.kept) \($0.reason.rawValue)" } == evidence)
    #expect(evidence.count > 30)
  }

  @Test func aCheckerIsTheCheck() throws {
    var prose = RandomProse(seed: 44)
    let passages = (0..<6).map { _ in prose.text(30) }
    let folder = try ScratchFolder()
    var pages: [(String, String)] = []
    for number in 0..<8 {
      let shared = passages[number % 6] + "\n\n" + passages[number * 5 % 6]
      let page = "# Page \(number)\n\n\(prose.text(40))\n\n\(shared)\n"
      pages.append((folder("\(number).md"), page))
      try folder.write("\(number).md", page)
    }
    let values = try Checker().check(pages)
    let files = try CheckJob(settings: CheckSettings()).run(pages.map(\.0))
    #expect(values.findings == files.findings)
    #expect(values.findings.count >= 5)
    let rows = { (result: CheckResult) in result.report(.jsonl) }
    #expect(rows(values) == rows(files))
  }
}
