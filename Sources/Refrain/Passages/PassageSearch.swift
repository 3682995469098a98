// All matches of a check: verbatim runs, sentences of one text, sentences of several.

import RefrainCorpus
import RefrainMatch
import RefrainModel
import RefrainText

/// Runs the searches that the scope asks for.
struct PassageSearch {
  let texts: [LoadedText]
  let families: DocumentFamilies
  let settings: CheckSettings

  /// A match across texts must be worth this many times a match within one, since texts on one matter
  /// share facts by right: sixteen, which is four times the weight at equal containment.
  private static let acrossLeast = 16 * 1024

  func matches() -> [PassageMatch] {
    let workers = Workers(threads: settings.threads)
    let analyses = texts.map(\.analysis)
    var matches: [PassageMatch] = []
    if settings.scope != .across {
      let told = families.first
      let corpus = StemFrequencies(told.indices.filter { told[$0] == $0 }.map { analyses[$0] })
      // What an earlier document of the family says twice too is said once.
      let relatives = families.earlierRelatives
      let isRelated = Set(relatives.joined())
      let sentences = workers.map(texts.count, state: {}) { _, index -> Set<UInt64>? in
        isRelated.contains(index) ? Set(analyses[index].sentenceHashes) : []
      }
      let found = workers.map(texts.count, state: {}) { _, index -> [PassageMatch]? in
        let own = relatives[index].prefix(64)
        let told: [UInt64] = own.isEmpty ? [] : analyses[index].sentenceHashes.map { hash in
          own.enumerated().reduce(UInt64(0)) {
            $0 | (sentences[$1.element].contains(hash) ? 1 << UInt64($1.offset) : 0)
          }
        }
        var matches = WithinSearch.find(
          analyses[index], roles: texts[index].roles, corpus: corpus, told: told)
        if settings.scope == .within {
          matches += VerbatimRuns.find([analyses[index]], family: [0])
        }
        return matches.map { moved($0, to: index) }
      }
      matches += found.joined()
    }
    if settings.scope != .within {
      matches += VerbatimRuns.find(analyses, family: families.first)
      let across = AcrossSearch.find(analyses, family: families.first, workers: workers)
      matches += MatchGrowth.grow(across).filter { $0.score >= Self.acrossLeast }
    }
    return matches
  }

  private func moved(_ match: PassageMatch, to text: Int) -> PassageMatch {
    PassageMatch(
      PassageSpan(text: text, words: match.first.words),
      PassageSpan(text: text, words: match.second.words), score: match.score,
      isVerbatim: match.isVerbatim)
  }
}

extension LoadedText {
  /// Which sentence is the lead, and which are title and headings.
  ///
  /// The title is a first sentence of at most twenty words that is a block by itself; the lead is the
  /// sentence behind it, or else the first. O(sentences + blocks).
  var roles: SentenceRoles {
    guard analysis.sentenceCount >= 3, let first = prose.blocks.first else { return .none }
    var headings: Set<Int> = []
    var block = 0
    for sentence in 0..<analysis.sentenceCount {
      let start = Int(analysis.starts[analysis.words(of: sentence).lowerBound])
      while block + 1 < prose.blocks.count, prose.blocks[block].range.end <= start { block += 1 }
      if prose.blocks[block].kind == .heading { headings.insert(sentence) }
    }
    let second = Int(analysis.starts[analysis.words(of: 1).lowerBound])
    if second >= first.range.end, analysis.words(of: 0).count <= 20 { headings.insert(0) }
    let lead = (0..<analysis.sentenceCount).first { !headings.contains($0) }
    return SentenceRoles(lead: lead, headings: headings)
  }
}
