// The files in tar and zip archives, by libarchive: read into memory that can be come back to, never unpacked
// to files.

import CArchive
package import RefrainModel

/// A file in an archive.
package struct ArchiveEntry: Sendable {
  /// Its name in the archive: relative, with no way out of the folder that it would be unpacked to.
  package let name: String
  /// Its bytes, expanded if they were compressed, among those of all entries.
  package let range: ByteRange
}

/// Archives of files.
package enum ArchiveReader {
  /// Whether these bytes begin as a tar or zip archive does.
  package static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isTar(bytes)
      || [[0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06]].contains { bytes.starts(with: $0) }
  }

  private static func isTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 512 && bytes[257..<262].elementsEqual("ustar".utf8)
  }

  /// The files that are wanted, in the archive's order, with the bytes of all of them.
  ///
  /// - Parameters:
  ///   - name: what errors call the archive.
  ///   - isWanted: asked once for each file, by its name.
  /// - Throws: `damaged` for an archive that is cut or broken, and for an entry whose name leads out of the
  ///   folder; what reading compressed streams throws, with the entry's name.
  package static func entries(
    of archive: MappedBytes, name: String, _ isWanted: (String) -> Bool
  ) throws(RefrainError) -> (entries: [ArchiveEntry], bytes: MappedBytes) {
    guard let reader = archive_read_new() else {
      throw .unreadable(path: name, cause: "out of memory")
    }
    defer { archive_read_free(reader) }
    archive_read_support_format_tar(reader)
    // By the list at its end, without which a zip archive is cut off.
    archive_read_support_format_zip_seekable(reader)
    func require(_ code: Int) throws(RefrainError) {
      // Warnings are about what an entry would become as a file.
      guard code < Int(ARCHIVE_WARN) else { return }
      throw .damaged(path: name, cause: "archive: \(ArchiveText.cause(reader))")
    }
    let bytes = archive.bytes
    try require(Int(archive_read_open_memory(reader, bytes.baseAddress, bytes.count)))
    let target = try SpoolFile()
    var entries: [ArchiveEntry] = []
    var entry: OpaquePointer?
    while true {
      let code = archive_read_next_header(reader, &entry)
      if code == ARCHIVE_EOF { break }
      try require(Int(code))
      guard let entry, archive_entry_filetype(entry) == 0o100000 else { continue }
      let file = try safeName(of: entry, archive: name)
      guard isWanted(file) else { continue }
      let path = "\(name)/\(file)"
      let start = target.count
      let input = StreamInput(name: path) { buffer throws(RefrainError) in
        let n = archive_read_data(reader, buffer.baseAddress, buffer.count)
        guard n >= 0 else {
          throw .damaged(path: path, cause: "archive: \(ArchiveText.cause(reader))")
        }
        return n
      }
      try input.copy { bytes throws(RefrainError) in try target.write(bytes) }
      entries.append(ArchiveEntry(name: file, range: ByteRange(start, target.count)))
    }
    if isTar(bytes), bytes.count < 1024 || bytes.suffix(512).contains(where: { $0 != 0 }) {
      throw .damaged(path: name, cause: "archive: unexpected end of file")
    }
    return (entries, try target.mapped(path: name))
  }

  /// The name of an entry.
  ///
  /// - Throws: `damaged` where it leads out of the folder or is no UTF-8.
  private static func safeName(
    of entry: OpaquePointer, archive: String
  ) throws(RefrainError) -> String {
    // SAFETY: the words end with NUL and stay as long as the entry; they are copied at once.
    guard let words = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry),
      let name = String(validatingCString: words)
    else { throw .damaged(path: archive, cause: "archive: an entry whose name is not valid UTF-8") }
    var parts: [Substring] = []
    for part in name.split(separator: "/") where part != "." { parts.append(part) }
    guard !name.hasPrefix("/"), !parts.contains(".."), !parts.isEmpty else {
      throw .damaged(path: archive, cause: "archive: the entry \(name) leads out of the folder")
    }
    return parts.joined(separator: "/")
  }
}
