// Promise 3 from end to end: every verbatim run of 25 words in two places is found, whatever stands
// between its words and wherever it lies.

import Foundation
import RefrainModel
import TestSupport
import Testing

/// Documents without meaning into which runs of words are planted, two places each.
private struct PlantedDocuments {
  /// A place of a run: the bytes from its first word to its last.
  struct Place {
    var document: Int
    var bytes: Range<Int>
  }

  private(set) var texts: [String] = []
  private(set) var plants: [[Place]] = []

  /// A stretch of a document: words that stand nowhere else, or a planted run.
  private struct Stretch {
    var words: [String]
    var plant: Int?
  }

  private var prose: RandomProse

  init(documents: Int, runs: Int, words: Int, seed: UInt64) {
    prose = RandomProse(seed: seed, words: 60_000)
    var stretches: [[Stretch]] = (0..<documents).map { _ in [] }
    for run in 0..<runs {
      let stretch = Stretch(words: prose.words(words), plant: run)
      let first = Int.random(in: 0..<documents, using: &prose.random)
      let isWithin = Int.random(in: 0..<3, using: &prose.random) == 0
      let second = isWithin ? first : Int.random(in: 0..<documents, using: &prose.random)
      for document in [first, second] {
        let count = stretches[document].count
        let place = [0, count, Int.random(in: 0...count, using: &prose.random)]
        stretches[document].insert(stretch, at: prose.random.pick(place))
      }
    }
    plants = [[Place]](repeating: [], count: runs)
    for document in stretches.indices { write(stretches[document], document) }
  }

  /// Writes a document: runs with words of their own between them, at the edges now and then none.
  private mutating func write(_ stretches: [Stretch], _ document: Int) {
    var text = ""
    var all: [Stretch] = []
    for (index, stretch) in stretches.enumerated() {
      let least = index == 0 ? 0 : 1
      all.append(
        Stretch(words: prose.words(Int.random(in: least...30, using: &prose.random)), plant: nil))
      all.append(stretch)
    }
    all.append(
      Stretch(words: prose.words(Int.random(in: 0...30, using: &prose.random)), plant: nil))
    for stretch in all {
      // Each place is written its own way: as it comes, loudly, or with edges everywhere.
      let style = Int.random(in: 0..<4, using: &prose.random)
      var start: Int?
      for word in stretch.words {
        if !text.isEmpty { text += gap(style) }
        start = start ?? text.utf8.count
        text += styled(word, style)
      }
      if let plant = stretch.plant, let start {
        plants[plant].append(Place(document: document, bytes: start..<text.utf8.count))
      }
    }
    texts.append(text + prose.random.pick(["", ".", "!\n", "\n\n"]))
  }

  private mutating func styled(_ word: String, _ style: Int) -> String {
    switch style == 1 ? Int.random(in: 0..<3, using: &prose.random) : 2 {
    case 0: word.uppercased()
    case 1: word.prefix(1).uppercased() + word.dropFirst()
    default: word
    }
  }

  private mutating func gap(_ style: Int) -> String {
    switch style {
    case 0: Int.random(in: 0..<12, using: &prose.random) == 0 ? "\n" : " "
    case 1: prose.random.pick([" ", " ", ", ", "; ", " – ", "-", " (", ") ", "… ", ": “", "” "])
    case 2:
      prose.random.pick([" ", " ", " ", ". ", "! ", "?\n", "\r\n", "\n\n", ".\n\n", "\n\n\n"])
    default: " "
    }
  }

  /// The plants that no finding covers in both places.
  func missed(_ report: CheckReport, isPlace: (CheckReport.Occurrence, Int) -> Bool) -> [Int] {
    plants.indices.filter { plant in
      !report.findings.contains { finding in
        let places = plants[plant].map { place in
          finding.occurrences.indices.filter { index in
            let occurrence = finding.occurrences[index]
            return isPlace(occurrence, place.document)
              && occurrence.start.byte <= place.bytes.lowerBound
              && place.bytes.upperBound <= occurrence.end.byte
          }
        }
        return places[0].contains { a in places[1].contains { $0 != a } }
      }
    }
  }
}

struct PlantedRunsTests {
  @Test func everyPlantedRunIsFoundInFiles() throws {
    let documents = PlantedDocuments(documents: 80, runs: 500, words: 25, seed: 3)
    let folder = try ScratchFolder()
    for (number, text) in documents.texts.enumerated() {
      try folder.write("\(number).txt", text)
    }
    let report = try folder.check(".", status: 1)
    let missed = documents.missed(report) { $0.path == "\($1).txt" }
    #expect(missed.isEmpty, "\(missed.count) of 500: \(missed.prefix(5))")
    try folder.checkPlaces(report)
    // Nothing but what was planted, twice each: runs that lie side by side twice may be one finding.
    #expect(report.findings.count <= 500)
    #expect(report.findings.allSatisfy { $0.occurrences.count == 2 })
  }

  @Test func everyPlantedRunIsFoundInRecords() throws {
    let documents = PlantedDocuments(documents: 40, runs: 500, words: 25, seed: 4)
    let folder = try ScratchFolder()
    let lines = documents.texts.enumerated().map { Records.line("\($0.offset)", $0.element) }
    try folder.write("all.jsonl", Records.file(lines))
    let report = try folder.check("all.jsonl", status: 1)
    let missed = documents.missed(report) { $0.recordLine == $1 + 1 }
    #expect(missed.isEmpty, "\(missed.count) of 500: \(missed.prefix(5))")
  }

  /// Each scope finds its own share, and the two together all.
  @Test func everyPlantedRunIsFoundInItsScope() throws {
    let documents = PlantedDocuments(documents: 30, runs: 120, words: 25, seed: 5)
    let folder = try ScratchFolder()
    for (number, text) in documents.texts.enumerated() {
      try folder.write("\(number).txt", text)
    }
    let within = documents.plants.indices.filter {
      documents.plants[$0][0].document == documents.plants[$0][1].document
    }
    #expect(within.count > 30)
    let others = Set(documents.plants.indices).subtracting(within)
    let found = try folder.check(".", "--scope", "within")
    #expect(Set(documents.missed(found) { $0.path == "\($1).txt" }) == others)
    #expect(found.findings.allSatisfy { $0.scope == "within" })
    let across = try folder.check(".", "--scope", "across")
    #expect(Set(documents.missed(across) { $0.path == "\($1).txt" }) == Set(within))
    #expect(across.findings.allSatisfy { $0.scope == "across" })
  }

  /// One passage in three places, of which each two share another length.
  @Test func threePlacesWithRunsOfDifferentLengths() throws {
    var prose = RandomProse(seed: 6)
    let words = prose.words(90)
    let runs = [0..<90, 0..<60, 30..<90]
    let folder = try ScratchFolder()
    for (number, run) in runs.enumerated() {
      let text =
        prose.text(40) + "\n\n" + RandomProse.text(Array(words[run])) + "\n\n" + prose.text(40)
      try folder.write("\(number).txt", text)
    }
    let report = try folder.check(".", status: 1)
    try folder.checkPlaces(report)
    for (number, run) in runs.enumerated() {
      // The whole of what stands in another place too is shown here.
      let text = String(decoding: try folder.read("\(number).txt"), as: UTF8.self).lowercased()
      let start = try #require(text.range(of: words[run.lowerBound]))
      let end = try #require(text.range(of: words[run.upperBound - 1]))
      let bytes =
        text.utf8.distance(
          from: text.startIndex, to: start.lowerBound)..<text.utf8.distance(
          from: text.startIndex, to: end.upperBound)
      let covered = report.findings.flatMap(\.occurrences).filter { $0.path == "\(number).txt" }
      #expect(
        covered.contains { $0.covers("\(number).txt", bytes) }, "\(number): \(bytes) \(covered)")
    }
  }

  /// One word, one sentence, one paragraph, over and over: few findings, each with its places.
  @Test(arguments: [
    "ha ", "No news is good news. ",
    "Twelve words that are said again and again until nobody listens. ",
  ])
  func overAndOver(text: String) throws {
    let folder = try ScratchFolder()
    for times in [2, 3, 10, 60, 5000] {
      try folder.write("a.txt", String(repeating: text, count: times))
      let report = try folder.check("a.txt")
      try folder.checkPlaces(report)
      let words = text.split(separator: " ").count * times
      // Fifty words at least are two runs.
      if words >= 50 { #expect(!report.findings.isEmpty, "\(times) times \(text)") }
      #expect(report.findings.count <= 3, "\(times) times \(text): \(report.findings.count)")
      if words >= 50 {
        let places = report.findings.flatMap(\.occurrences)
        let covered = Set(places.flatMap { Array($0.start.byte..<$0.end.byte) }).count
        #expect(covered * 10 >= text.utf8.count * times * 5, "\(times) times \(text): \(covered)")
      }
    }
  }

  /// A paragraph pasted three times in a row is one finding of three places.
  @Test func threeCopiesInARow() throws {
    var prose = RandomProse(seed: 7)
    let paragraph = prose.text(45)
    let folder = try ScratchFolder()
    try folder.write(
      "a.txt",
      ([prose.text(60)] + [paragraph, paragraph, paragraph] + [prose.text(60)])
        .joined(separator: "\n\n"))
    let report = try folder.check("a.txt", status: 1)
    #expect(report.kinds == ["exact-repeat"])
    #expect(report.findings.first?.occurrences.map(\.text) == [paragraph, paragraph, paragraph])
  }
}
