// In which form kept records are written, and under which names: as they came, as far as that form can be
// written, or as JSON Lines.

import RefrainFiles
package import RefrainModel
package import RefrainRecords

/// The forms of the output that can be asked for.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Each record as it lies in its input.
  case input
  case jsonl
}

/// What becomes of the records of each source.
package struct OutputLayout: Sendable {
  /// Whether the records of a source are written anew as JSON Lines.
  package let converts: [Bool]
  /// What stands around the records of each output.
  package let framings: [RecordFraming]
  /// The form that each output has by its name; nil where its name tells nothing.
  package let forms: [RecordFormat]

  /// Every source as it came.
  ///
  /// - Parameters:
  ///   - option: what names the output.
  ///   - isFolder: whether each source has an output of its own.
  /// - Throws: `badSetting` where one output cannot hold all sources.
  package init(
    _ sources: [RecordSource], option: String, to output: String, isFolder: Bool,
    format: OutputFormat
  ) throws(RefrainError) {
    if isFolder {
      let converts = sources.map { Self.converts($0, format) }
      self.converts = converts
      framings = zip(sources, converts).map { source, converts in
        converts ? RecordFraming() : source.form.framing ?? RecordFraming()
      }
      forms = zip(sources, converts).map { $1 ? .jsonLines : $0.form.kind }
      return
    }
    let asLines = format == .jsonl || FileName(output).recordFormat == .jsonLines
    let converts = sources.map { source in
      source.form.kind != .jsonLines && (asLines || source.form.framing == nil)
    }
    let kinds = Set(zip(sources, converts).map { $1 ? .jsonLines : $0.form.kind })
    guard kinds.count <= 1 else {
      throw .badSetting(
        name: option,
        cause: "the inputs have different forms, which one file cannot hold; use "
          + "--output-format jsonl, or name a folder")
    }
    let all = Set(zip(sources, converts).map { $1 ? RecordFraming() : $0.form.framing })
    guard all.count <= 1 else {
      throw .badSetting(
        name: option,
        cause: "the inputs have different headers, which one file cannot hold; use "
          + "--output-format jsonl, or name a folder")
    }
    self.converts = converts
    framings = [all.first.flatMap { $0 } ?? RecordFraming()]
    forms = [kinds.first ?? .jsonLines]
  }

  /// Whether a source is written anew though it has an output of its own.
  private static func converts(_ source: RecordSource, _ format: OutputFormat) -> Bool {
    source.form.kind != .jsonLines && format == .jsonl
  }

  /// The names of the outputs of sources in a folder: their own, below the deepest folder that is common to
  /// all, with the extension of what is written.
  ///
  /// - Parameter converts: for each source; nil where it is not known yet.
  package static func names(of sources: [String], converts: [Bool]?) -> [String] {
    let paths = sources.map(components)
    var common = paths.first { !$0.isTop }.map { Array($0.parts.dropLast()) } ?? []
    for path in paths where !path.isTop {
      let shared = zip(common, path.parts.dropLast()).prefix { $0 == $1 }.count
      common = Array(common[..<shared])
    }
    return paths.enumerated().map { index, path in
      let name = path.parts[(path.isTop ? 0 : common.count)...].joined(separator: "/")
      return converts?[index] == true ? asLines(name) : name
    }
  }

  /// The parts of a path from the root; standard input and devices lie at the top of the folder.
  private static func components(_ path: String) -> (parts: [String], isTop: Bool) {
    if path == InputOpener.standardInput { return (["stdin.jsonl"], true) }
    var parts: [String] = []
    for part in WorkingFolder.absolute(path).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    if ["dev", "proc"].contains(parts.first) { return ([parts.last ?? "records"], true) }
    return (parts.isEmpty ? ["records.jsonl"] : parts, false)
  }

  /// The name with the extension of JSON Lines in place of its own, and with that of its compression.
  private static func asLines(_ name: String) -> String {
    let file = FileName(name)
    let packing = file.compression == nil ? "" : ".\(file.extension)"
    var stem = name.dropLast(packing.utf8.count)
    if RecordFormat(extension: FileName(String(stem)).extension) != nil,
      let dot = stem.lastIndex(of: ".")
    {
      stem = stem[..<dot]
    }
    return "\(stem).jsonl\(packing)"
  }
}
