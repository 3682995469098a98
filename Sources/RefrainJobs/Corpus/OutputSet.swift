// The outputs that kept records go to.

package import RefrainFiles
package import RefrainModel
package import RefrainRecords

/// Where kept records go: one file, one a source in a folder, or nowhere.
package final class OutputSet {
  private let outputs: OutputSequence
  private let count: Int
  private let layout: OutputLayout?
  /// The output that was written to last, and whether it holds a record.
  private var current = -1
  private var hasRecords = false

  /// Opens what `places` found.
  ///
  /// - Parameter layout: nil for JSON Lines that are written as they came.
  package init(
    _ places: [OutputPlace], layout: OutputLayout? = nil, isDurable: Bool,
    threads: Int = Workers.processors
  ) throws(RefrainError) {
    self.layout = layout
    outputs = try OutputSequence(places, isDurable: isDurable, threads: threads) { number in
      guard let layout else { return ([], []) }
      // A text that was removed leaves no empty file.
      if case .text = layout.forms[number] { return nil }
      return (layout.framings[number].opening, layout.framings[number].closing)
    }
    count = places.count
  }

  /// Whether a path is that of a folder: one that is there, or that is called so by a slash at its end.
  package static func isFolder(_ path: String) -> Bool {
    path.hasSuffix("/") || OutputFile.isFolder(path)
  }

  /// The outputs at `path` for sources: one, or one a source where it is a folder.
  ///
  /// - Parameters:
  ///   - layout: nil where the sources are not open yet; then files in folders that are not there are left
  ///     out, since nothing can be wrong with them.
  ///   - folders: makes the folders that are not there.
  /// - Throws: `badSetting` where two would be one file, `unwritable`.
  package static func places(
    _ path: String, sources: [String], layout: OutputLayout? = nil, folders: MadeFolders? = nil,
    in files: inout RunFiles
  ) throws(RefrainError) -> [OutputPlace] {
    let option = "--output"
    guard isFolder(path) else {
      let form = layout?.forms.first ?? FileName(path).recordFormat
      return [try files.add(option, path, holding: form)]
    }
    let base = path == "/" ? "" : path.hasSuffix("/") ? String(path.dropLast()) : path
    var names: [String: String] = [:]
    var places: [OutputPlace] = []
    let outputs = OutputLayout.names(of: sources, converts: layout?.converts)
    for (index, name) in outputs.enumerated() {
      let file = "\(base)/\(name)"
      if let other = names.updateValue(sources[index], forKey: name) {
        throw .badSetting(
          name: option, cause: "\(other) and \(sources[index]) would both be written to \(file)")
      }
      let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[..<$0]) } ?? ""
      if let folders {
        try folders.make(folder)
      } else if !OutputFile.isFolder(folder.isEmpty ? "/" : folder) {
        continue
      }
      let form = layout?.forms[index] ?? FileName(name).recordFormat
      places.append(try files.add(option, file, holding: form))
    }
    return places
  }

  /// Whether the records of a source are written by `write(lines:)`.
  func converts(_ source: Int) -> Bool { layout?.converts[source] ?? false }

  /// Whether records of a source that follow each other in it may be written as one stretch.
  func joins(_ source: Int) -> Bool {
    guard let layout else { return true }
    let framing = layout.framings[layout.framings.count == 1 ? 0 : source]
    return framing.separator == nil && !framing.hasMembers
  }

  /// Writes a stretch of whole records of a source, whose numbers never go down.
  ///
  /// A last line without a line end gets one when it is not the end of its file.
  package func write(_ range: ByteRange, of source: RecordSource, _ number: Int)
    throws(RefrainError)
  {
    guard let file = try begin(number) else { return }
    try file.write(direct: source.bytes(in: range))
  }

  /// Writes records of a source that were made anew, as whole lines.
  func write(lines: [UInt8], of number: Int) throws(RefrainError) {
    if !lines.isEmpty { try begin(number)?.write(lines) }
  }

  /// The output of a source, ready for its next record; nil where there is none.
  private func begin(_ source: Int) throws(RefrainError) -> OutputFile? {
    let output = count == 1 ? 0 : source
    guard count > 0, let file = try outputs.file(output) else { return nil }
    if output != current {
      current = output
      hasRecords = false
    }
    if let separator = layout?.framings[output].separator {
      if hasRecords { try file.write(separator) }
    } else if layout?.framings[output].hasMembers == true {
      try file.endMember()
    } else {
      try file.endLine()
    }
    hasRecords = true
    return file
  }

  /// All files, whole but for their names.
  package func finish() throws(RefrainError) -> [OutputFile] { try outputs.finish() }
}
