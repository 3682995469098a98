// The inputs and outputs of a corpus job by name.

import RefrainCorpus
import RefrainModel

/// Opens what the user named: files of any name, and in folders those named as JSON Lines.
enum RecordInputs {
  /// The record files under `paths`, open, in the order given; a folder stands for the JSON Lines
  /// files below it, sorted by path.
  static func open(_ paths: [String]) throws(RefrainError) -> [RecordSource] {
    var sources: [RecordSource] = []
    for path in paths {
      guard path != InputOpener.standardInput, OutputFile.isFolder(path) else {
        sources.append(try RecordSource(path: path))
        continue
      }
      // Whoever names a folder of records means them, ignored by git or not.
      let walker = FileWalker(respectIgnoreFiles: false)
      for file in try walker.files(under: [path]) where file.kind == .records {
        sources.append(try RecordSource(path: file.path))
      }
    }
    if sources.isEmpty {
      throw .nothingToDo(cause: "no JSON Lines files in \(paths.joined(separator: ", "))")
    }
    return sources
  }
}

/// Where kept records go: one file, one a source in a folder, or nowhere.
final class OutputSet {
  private let files: [OutputFile]

  init(_ path: String?, sources: [String]) throws(RefrainError) {
    guard let path else {
      files = []
      return
    }
    guard OutputFile.isFolder(path) else {
      files = [try OutputFile(path)]
      return
    }
    var names: [String: String] = [:]
    var files: [OutputFile] = []
    for source in sources {
      let name = Self.fileName(for: source)
      if let other = names.updateValue(source, forKey: name) {
        throw .badSetting(
          name: "--output", cause: "\(other) and \(source) would both be written to \(path)/\(name)"
        )
      }
      files.append(try OutputFile("\(path)/\(name)"))
    }
    self.files = files
  }

  /// The input's own name; an output whose name ends in `.gz` is compressed as the input was.
  private static func fileName(for source: String) -> String {
    if source == InputOpener.standardInputName { return "stdin.jsonl" }
    return source.split(separator: "/").last.map(String.init) ?? "records.jsonl"
  }

  /// Writes a stretch of whole lines of a source.
  ///
  /// A last line without a line end gets one when it is not the end of its file.
  func write(_ range: ByteRange, of source: RecordSource, _ number: Int) throws(RefrainError) {
    guard !files.isEmpty else { return }
    let file = files.count == 1 ? files[0] : files[number]
    try file.endLine()
    try file.write(direct: UnsafeRawBufferPointer(rebasing: source.bytes[range.start..<range.end]))
  }

  /// Refuses two results for one file, of which the second would replace the first.
  static func requireDistinct(
    _ paths: [(option: String, path: String?)]
  ) throws(RefrainError) {
    var known: [String: String] = [:]
    for case (let option, let path?) in paths {
      if let other = known.updateValue(option, forKey: path) {
        throw .badSetting(name: option, cause: "\(path) is what \(other) is written to")
      }
    }
  }

  func commit() throws(RefrainError) {
    for file in files { try file.commit() }
  }
}
