// All matches of a check: verbatim runs, sentences of one text, sentences of several.

import RefrainMatch
import RefrainModel
import RefrainProse
import RefrainText

/// Runs the searches that the scope asks for.
struct PassageSearch {
  let texts: [Document]
  let tokens: WordTokens
  let families: DocumentFamilies
  let settings: SearchSettings

  /// Sentences of more words are compared piece by piece.
  private static let longestSentence = 1024

  func matches() throws(RefrainError) -> [PassageMatch] {
    let workers = Workers(threads: settings.threads)
    let analyses = texts.map(\.analysis)
    let pieces = analyses.map { $0.cuttingSentences(longerThan: Self.longestSentence) }
    var matches: [PassageMatch] = []
    if settings.scope != .across {
      let within = WithinTexts(analyses, pieces, families, workers)
      matches = workers.map(texts.count, state: { SeededSearch.Bridges(tokens) }) {
        bridges, text -> [PassageMatch]? in
        let found =
          within.find(text, roles: texts[text].roles(of: pieces[text])) + within.verbatim(text)
        let own = found.map { moved($0, to: text) }
        return own + bridges.between(own)
      }.flatMap(\.self)
    }
    if settings.scope != .within, texts.count > 1 {
      let search = SeededSearch(tokens, family: families.first, workers: workers)
      let passages = try search.passages()
      let judge = PassageJudge(pieces, of: analyses)
      let judged = workers.map((passages.count + 255) / 256, state: { judge.copy() }) {
        judge, piece -> [PassageMatch]? in
        passages[piece * 256..<min(passages.count, (piece + 1) * 256)].flatMap { judge.matches($0) }
      }
      matches += MatchGrowth.grow(judged.flatMap(\.self)).map { match in
        var match = match
        match.isHint = !match.isVerbatim && match.score < PassageJudge.least
        return match
      }
    }
    return matches.map { TokenEdges.settled($0, in: analyses) }
  }

  private func moved(_ match: PassageMatch, to text: Int) -> PassageMatch {
    PassageMatch(
      PassageSpan(text: text, words: match.first.words),
      PassageSpan(text: text, words: match.second.words), score: match.score,
      weight: match.weight, isVerbatim: match.isVerbatim)
  }
}

/// The searches within each text, with what they share.
private struct WithinTexts: Sendable {
  private let analyses: [AnalyzedText]
  /// The same with their longest sentences cut, which is how they are compared.
  private let pieces: [AnalyzedText]
  private let corpus: StemFrequencies?
  /// For each text the texts of its family that come before it, and what their sentences are.
  private let relatives: [[Int]]
  private let sentences: [[UInt64: Int]]

  init(
    _ analyses: [AnalyzedText], _ pieces: [AnalyzedText], _ families: DocumentFamilies,
    _ workers: Workers
  ) {
    self.analyses = analyses
    self.pieces = pieces
    let told = families.first
    corpus = StemFrequencies(told.indices.filter { told[$0] == $0 }.map { analyses[$0] })
    let relatives = families.earlierRelatives(atMost: ToldSentences.mostRelatives)
    self.relatives = relatives
    let isRelated = Set(relatives.joined())
    sentences = workers.map(analyses.count, state: {}) { _, index -> [UInt64: Int]? in
      isRelated.contains(index) || !relatives[index].isEmpty
        ? Dictionary(pieces[index].sentenceHashes.map { ($0, 1) }, uniquingKeysWith: +) : [:]
    }
  }

  /// The verbatim runs that a text holds twice; those that an earlier document of its family holds as often
  /// are told there.
  func verbatim(_ text: Int) -> [PassageMatch] {
    let own = VerbatimRuns.find([analyses[text]], family: [0])
    let relatives = relatives[text].prefix(Self.mostRelatives)
    if own.isEmpty || relatives.isEmpty { return own }
    let all = relatives.map { analyses[$0] } + [analyses[text]]
    return VerbatimRuns.find(all, family: all.map { _ in 0 })
      .filter { $0.isWithin && $0.first.text == all.count - 1 }
      .map { match in
        var match = match
        match.first.text = 0
        match.second.text = 0
        return match
      }
  }

  /// So many relatives are asked, the first ones.
  private static let mostRelatives = 8

  /// The matches within a text; what an earlier document of its family says twice too is said once.
  func find(_ text: Int, roles: SentenceRoles) -> [PassageMatch] {
    let told = ToldSentences(
      pieces[text].sentenceHashes, own: sentences[text],
      relatives: relatives[text].map { sentences[$0] })
    return WithinSearch.find(
      pieces[text], of: analyses[text], roles: roles, corpus: corpus, isTold: told.isTold)
  }
}

/// Which sentences of a text its related texts hold too, a bit a related text.
private struct ToldSentences: Sendable {
  /// As many related texts as there are bits.
  static let mostRelatives = 64

  private let hashes: [UInt64]
  /// The related texts that hold the sentence.
  private let holders: [UInt64]
  /// Those that hold it as often as this text does.
  private let repeaters: [UInt64]

  init(_ hashes: [UInt64], own: [UInt64: Int], relatives: [[UInt64: Int]]) {
    func bits(_ hash: UInt64, _ least: Int) -> UInt64 {
      relatives.enumerated().reduce(0) {
        $0 | (($1.element[hash] ?? 0) >= least ? 1 << UInt64($1.offset) : 0)
      }
    }
    self.hashes = hashes
    holders = relatives.isEmpty ? [] : hashes.map { bits($0, 1) }
    repeaters = relatives.isEmpty ? [] : hashes.map { bits($0, own[$0] ?? 1) }
  }

  /// Whether a related text says twice too what two sentences of this one say.
  func isTold(_ a: Int, _ b: Int) -> Bool {
    if holders.isEmpty { return false }
    return hashes[a] == hashes[b] ? repeaters[a] != 0 : holders[a] & holders[b] != 0
  }
}

extension Document {
  /// Which sentence is the lead, and which are title and headings, as `analysis` numbers them.
  ///
  /// The title is a first sentence that is a block by itself and has the shape of a title: marked up as one,
  /// or at most twenty words without a mark at their end. The lead is the sentence behind a first one of so few
  /// words that is a block by itself, title or not, or else the first. O(sentences + blocks).
  func roles(of analysis: AnalyzedText) -> SentenceRoles {
    guard analysis.sentenceCount >= 3, let first = prose.blocks.first else { return .none }
    var headings: Set<Int> = []
    var block = 0
    for sentence in 0..<analysis.sentenceCount {
      let start = Int(analysis.starts[analysis.words(of: sentence).lowerBound])
      while block + 1 < prose.blocks.count, prose.blocks[block].range.end <= start { block += 1 }
      if prose.blocks[block].kind == .heading { headings.insert(sentence) }
    }
    let second = Int(analysis.starts[analysis.words(of: 1).lowerBound])
    // A first sentence that stands alone is a title, or stands where one would: what follows is the lead.
    let isAlone = second >= first.range.end && analysis.words(of: 0).count <= 20
    if isAlone, !endsSentence(first) { headings.insert(0) }
    let lead = ((isAlone ? 1 : 0)..<analysis.sentenceCount).first { !headings.contains($0) }
    return SentenceRoles(lead: lead, headings: headings)
  }

  /// Whether a block ends as a sentence does, quotation marks and brackets behind the mark aside.
  private func endsSentence(_ block: ProseBlock) -> Bool {
    let text = String(
      decoding: prose.text[block.range.start..<block.range.end].suffix(64), as: UTF8.self)
    let last = text.unicodeScalars.last { !Self.closing.contains($0) }
    return last.map(Self.stops.contains) ?? false
  }

  private static let stops: Set<Unicode.Scalar> = [
    ".", "!", "?", "\u{2026}", "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{0964}", "\u{061F}",
    "\u{06D4}",
  ]
  private static let closing: Set<Unicode.Scalar> = [
    "\"", "'", ")", "]", "\u{2019}", "\u{201D}", "\u{BB}", "\u{300D}", "\u{300F}",
  ]
}
