// From a file to its sources: itself, or what is in it where it is an archive.

import RefrainFiles
package import RefrainModel

extension RecordSource {
  /// What a file holds.
  package struct Opening: Sendable {
    package var sources: [RecordSource] = []
    /// Entries of an archive that are not read by their kind.
    package var notRead = NotReadFiles()
  }

  /// Opens a file; `-` is standard input.
  ///
  /// From an archive the files of records are taken or, where it has none, the texts, as from a folder.
  /// - Throws: `unreadable`; `damaged`; `unsteady`; what reading a header throws.
  package static func open(_ path: String) throws(RefrainError) -> Opening {
    let name = path == InputOpener.standardInput ? InputOpener.standardInputName : path
    let file = FileName(name)
    let isText = file.recordFormat?.isContainer == false
    // There may be very many texts.
    let bytes = try InputOpener.open(path, copying: isText)
    do throws(RefrainError) {
      guard !isText, ArchiveReader.begins(bytes.bytes) else {
        return Opening(sources: [try RecordSource(name, bytes, ByteRange(0, bytes.bytes.count))])
      }
      let opening = try open(archive: bytes, name)
      // Of an archive only what was taken out of it is kept, and nothing looks at it again.
      try bytes.requireUnchanged()
      return opening
    } catch {
      // What somebody cut off meanwhile is not damaged.
      try bytes.requireUnchanged()
      throw error
    }
  }

  /// Opens the entries of an archive.
  private static func open(
    archive bytes: MappedBytes, _ name: String
  ) throws(RefrainError) -> Opening {
    var opening = Opening()
    var names: [String] = []
    _ = try ArchiveReader.entries(of: bytes, name: name) { entry in
      names.append(entry)
      return false
    }
    let hasContainers = names.contains { isWanted($0, containers: true) }
    let (entries, contents) = try ArchiveReader.entries(of: bytes, name: name) { entry in
      isWanted(entry, containers: hasContainers)
    }
    for entry in names where !isWanted(entry, containers: hasContainers) && !isHidden(entry) {
      opening.notRead.add(kind: FileName(entry).countedKind)
    }
    for entry in entries {
      opening.sources.append(try RecordSource("\(name)/\(entry.name)", contents, entry.range))
    }
    return opening
  }

  /// Whether an entry is taken out of an archive.
  private static func isWanted(_ entry: String, containers: Bool) -> Bool {
    if isHidden(entry) { return false }
    let name = FileName(entry)
    if containers { return FileKind(recordsIn: name) != nil && !name.isArchive }
    return FileKind(name).map { $0 != .records } ?? false && !name.extension.isEmpty
  }

  private static func isHidden(_ entry: String) -> Bool {
    entry.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
  }
}
