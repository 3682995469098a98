// The inputs and outputs of a corpus job by name.

import RefrainCorpus
import RefrainModel

/// Finds and opens what the user named: files of any name, and in folders those named as JSON Lines.
enum RecordInputs {
  /// The record files under `paths`, in the order given; a folder stands for the JSON Lines files below
  /// it, sorted by path.
  static func find(_ paths: [String]) throws(RefrainError) -> [String] {
    var found: [String] = []
    for path in paths {
      guard path != InputOpener.standardInput, OutputFile.isFolder(path) else {
        found.append(path)
        continue
      }
      // Whoever names a folder of records means them, ignored by git or not.
      let walker = FileWalker(respectIgnoreFiles: false)
      for file in try walker.files(under: [path]) where file.kind == .records {
        found.append(file.path)
      }
    }
    if found.isEmpty {
      throw .nothingToDo(cause: "no JSON Lines files in \(paths.joined(separator: ", "))")
    }
    return found
  }

  static func open(_ paths: [String]) throws(RefrainError) -> [RecordSource] {
    var sources: [RecordSource] = []
    for path in paths { sources.append(try RecordSource(path: path)) }
    return sources
  }

  /// Runs a job on sources: of what goes wrong because one of them changed, that is told.
  static func watching<Result>(
    _ sources: [RecordSource], _ body: () throws(RefrainError) -> Result
  ) throws(RefrainError) -> Result {
    do {
      return try body()
    } catch {
      try requireUnchanged(sources)
      throw error
    }
  }

  /// Refuses results of sources that somebody wrote to meanwhile.
  static func requireUnchanged(_ sources: [RecordSource]) throws(RefrainError) {
    for source in sources { try source.mapping.requireUnchanged() }
  }
}

/// Where kept records go: one file, one a source in a folder, or nowhere.
final class OutputSet {
  private let outputs: OutputSequence
  private let count: Int

  /// Opens what `places` found.
  init(_ places: [OutputPlace], isDurable: Bool) throws(RefrainError) {
    outputs = try OutputSequence(places, isDurable: isDurable)
    count = places.count
  }

  /// The outputs at `path` for sources: one, or one a source where it is a folder.
  ///
  /// - Throws: `badSetting` where two would be one file, `unwritable`.
  static func places(
    _ path: String, sources: [String], in files: inout RunFiles
  ) throws(RefrainError) -> [OutputPlace] {
    let option = "--output"
    guard OutputFile.isFolder(path) else { return [try files.add(option, path)] }
    var names: [String: String] = [:]
    var places: [OutputPlace] = []
    for source in sources {
      let name = fileName(for: source)
      if let other = names.updateValue(source, forKey: name) {
        throw .badSetting(
          name: option, cause: "\(other) and \(source) would both be written to \(path)/\(name)")
      }
      places.append(try files.add(option, "\(path)/\(name)"))
    }
    return places
  }

  /// The input's own name; an output whose name ends in `.gz` is compressed as the input was.
  private static func fileName(for source: String) -> String {
    if source == InputOpener.standardInput { return "stdin.jsonl" }
    return source.split(separator: "/").last.map(String.init) ?? "records.jsonl"
  }

  /// Writes a stretch of whole lines of a source, whose numbers never go down.
  ///
  /// A last line without a line end gets one when it is not the end of its file.
  func write(_ range: ByteRange, of source: RecordSource, _ number: Int) throws(RefrainError) {
    guard count > 0, let file = try outputs.file(count == 1 ? 0 : number) else { return }
    try file.endLine()
    try file.write(direct: UnsafeRawBufferPointer(rebasing: source.bytes[range.start..<range.end]))
  }

  /// All files, whole but for their names.
  func finish() throws(RefrainError) -> [OutputFile] { try outputs.finish() }
}
