// The passages that two texts share, for one pair or for many.

import RefrainFiles
import RefrainMatch
package import RefrainModel
import RefrainPassages
import RefrainRecords
package import RefrainReport
import RefrainText

/// Compares texts.
package struct ComparisonJob: Sendable {
  package let threads: Int
  package let textField: String
  package let idField: String
  package let leastBytes: Int

  /// A comparer on so many threads, nil for as many as processors, that reads these record fields.
  ///
  /// - Parameter leastBytes: what is shorter on either side is left out; by default single sentences are
  ///   told.
  package init(
    threads: Int? = nil, textField: String = "text", idField: String = "id", leastBytes: Int = 0
  ) {
    self.leastBytes = leastBytes
    self.threads = threads ?? Workers.processors
    self.textField = textField
    self.idField = idField
  }

  /// The passages that two files share, the longest first; `-` is standard input.
  package func compare(_ a: String, _ b: String) throws(RefrainError) -> [SharedPassageReport] {
    if a == InputOpener.standardInput, b == a {
      throw .badSetting(name: "compare", cause: "standard input can be one of the texts, not both")
    }
    var problems = DocumentProblems()
    let loader = DocumentLoader(
      fields: RecordFields(text: textField, id: idField), onError: .fail,
      workers: Workers(threads: threads), keepsTables: true)
    let files = [a, b].map { path in
      WalkedFile(path: path, kind: FileKind(path: path) ?? .text(.plain), explicit: true)
    }
    for file in files where file.kind == .records {
      throw .badSetting(
        name: file.path, cause: "use --documents and --pairs to compare records")
    }
    let texts = try loader.load(files, problems: &problems)
    let sides = texts.map { ComparableText($0.prose, $0.analysis) }
    let passages = sides[0].passages(with: sides[1], leastBytes: leastBytes).sorted {
      let (x, y) = ($0.words.a.count + $0.words.b.count, $1.words.a.count + $1.words.b.count)
      return x != y ? x > y : $0.a < $1.a
    }
    return passages.map { passage in
      let (a, b) = (passage.words.a, passage.words.b)
      return SharedPassageReport(
        a: Self.place(texts[0], passage.words.bytesA),
        b: Self.place(texts[1], passage.words.bytesB), overlap: passage.overlap,
        difference: WordDifference(
          texts[0], a, texts[1], b,
          WordAlignment(texts[0].analysis.words[a], texts[1].analysis.words[b])))
    }
  }

  private static func place(_ text: Document, _ bytes: ByteRange) -> ReportedPlace {
    let (start, end) = text.place(of: bytes)
    return ReportedPlace(
      path: text.path, id: text.id, start: start, end: end, text: text.string(bytes))
  }

  /// Compares many pairs of the records of one file and writes a line a passage: `pairs` holds
  /// `{"a": ID, "b": ID}` lines, `documents` records.
  ///
  /// Offsets are bytes of the decoded text.
  package func compare(
    documents: String, pairs: String, output: String, progress: @escaping Progress.Handler
  ) throws(RefrainError) {
    var files = RunFiles()
    let place = try files.add("--output", output)
    for input in [documents, pairs] { try files.requireApart(from: input) }
    OutputFile.clearStale([place])
    let output = try OutputFile(place)
    let requests = try IDPairs.read(pairs)
    let workers = Workers(threads: threads)
    var problems = DocumentProblems()
    let loader = DocumentLoader(
      fields: RecordFields(text: textField, id: idField), onError: .fail, workers: workers,
      keepsTables: true)
    let kind = FileKind.records
    let all = try loader.load(
      [WalkedFile(path: documents, kind: kind, explicit: true)], problems: &problems)
    var byID: [RecordID: Int] = [:]
    for (index, text) in all.enumerated() {
      if let id = text.id, byID[id] == nil { byID[id] = index }
    }
    // A record without an id is asked for by what it is called, unless another has that for an id.
    for (index, text) in all.enumerated() {
      guard case .place? = text.id, let id = text.id else { continue }
      let name = RecordID.string(id.description)
      if byID[name] == nil { byID[name] = index }
    }
    var wanted: [(a: Int, b: Int)] = []
    for request in requests {
      guard let a = byID[request.a], let b = byID[request.b] else {
        let missing = byID[request.a] == nil ? request.a : request.b
        throw .badRecord(
          path: pairs, line: request.line, cause: "\(documents) has no record with id \(missing)")
      }
      wanted.append((a, b))
    }
    let sides = workers.map(all.count, state: {}) { _, index -> ComparableText? in
      ComparableText(all[index].prose, all[index].analysis)
    }
    let pieceSize = 16
    let pieces = (wanted.count + pieceSize - 1) / pieceSize
    let reporter = PassageLines()
    let lines = workers.map(pieces, state: {}) { _, piece -> [UInt8]? in
      var bytes: [UInt8] = []
      for (a, b) in wanted[piece * pieceSize..<min(wanted.count, (piece + 1) * pieceSize)] {
        let passages = sides[a].passages(with: sides[b], leastBytes: leastBytes).map { passage in
          ReportedPassage(
            a: all[a].id ?? .string(all[a].path), passage.a,
            b: all[b].id ?? .string(all[b].path), passage.b, passage.overlap)
        }
        reporter.write(passages, to: &bytes)
      }
      progress(
        Progress(stage: .verifying, done: (piece + 1) * pieceSize, total: wanted.count))
      return bytes
    }
    for line in lines { try output.write(line) }
    try OutputFile.publish([output])
  }
}

/// The pairs that a file asks for.
private struct IDPairs {
  var a: RecordID
  var b: RecordID
  var line: Int

  static func read(_ path: String) throws(RefrainError) -> [IDPairs] {
    let source = try RecordSource(path: path)
    return try RecordInputs.watching([source]) { () throws(RefrainError) in
      let pairs = try read(source)
      try source.mapping.requireUnchanged()
      return pairs
    }
  }

  private static func read(_ source: RecordSource) throws(RefrainError) -> [IDPairs] {
    let reader = RecordReader(textField: "a", idField: "a")
    var pairs: [IDPairs] = []
    var lines = LineCursor(source.bytes, ByteRange(source.start, source.bytes.count))
    var number = 0
    while let (_, content) = lines.next() {
      number += 1
      let line = UnsafeRawBufferPointer(rebasing: source.bytes[content.start..<content.end])
      if isBlank(line) { continue }
      if let fault = reader.parse(line) {
        throw fault.at(path: source.path, line: number, offset: content.start)
      }
      guard let a = reader.scalar("a"), let b = reader.scalar("b") else {
        throw .badRecord(
          path: source.path, line: number, cause: "fields \"a\" and \"b\" must hold ids")
      }
      pairs.append(IDPairs(a: a, b: b, line: number))
    }
    return pairs
  }
}
