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
      let sentences = workers.map(texts.count, state: {}) { _, index -> SentenceCounts? in
        isRelated.contains(index) || !relatives[index].isEmpty
          ? SentenceCounts(analyses[index]) : SentenceCounts(AnalyzedText())
      }
      let found = workers.map(texts.count, state: {}) { _, index -> [PassageMatch]? in
        var own = WithinSearch.find(analyses[index], roles: texts[index].roles, corpus: corpus)
        if settings.scope == .within {
          own += VerbatimRuns.find([analyses[index]], family: [0])
        }
        for earlier in relatives[index] {
          own = own.filter { match in
            !sentences[index].isTold(match, in: analyses[index], by: sentences[earlier])
          }
        }
        return own.map { moved($0, to: index) }
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

/// How often a text says each of its sentences.
private struct SentenceCounts: Sendable {
  private var counts: [ArraySlice<UInt64>: Int] = [:]

  init(_ text: AnalyzedText) {
    for sentence in 0..<text.sentenceCount {
      counts[text.words[text.words(of: sentence)], default: 0] += 1
    }
  }

  /// Whether another text says twice too what a match between two sentences of this one says.
  func isTold(_ match: PassageMatch, in text: AnalyzedText, by other: SentenceCounts) -> Bool {
    let first = text.words[match.first.words]
    let second = text.words[match.second.words]
    if first == second { return other.counts[first, default: 0] >= counts[first, default: 0] }
    return other.counts[first] != nil && other.counts[second] != nil
  }
}

extension LoadedText {
  /// Which sentence is the title and which the lead.
  ///
  /// The title is a first sentence of at most twenty words that is a block by itself; the lead is the
  /// sentence behind it, or else the first.
  var roles: SentenceRoles {
    guard analysis.sentenceCount >= 3, let block = prose.blocks.first else { return .none }
    let first = analysis.words(of: 0)
    let isBlock = Int(analysis.starts[analysis.words(of: 1).lowerBound]) >= block.range.end
    let isTitle = isBlock && (first.count <= 20 || block.kind == .heading)
    return isTitle ? SentenceRoles(lead: 1, title: 0) : SentenceRoles(lead: 0, title: nil)
  }
}
