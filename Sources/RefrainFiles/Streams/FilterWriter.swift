// Plain bytes to xz, bzip2 and lz4 streams, through libarchive's filters, on one thread.

import CArchive
import RefrainModel

/// Compresses what is written to a descriptor, at the library's own level.
final class FilterWriter: StreamWriter {
  private let archive: OpaquePointer
  private let sink: Sink
  private let path: String
  private let form: Compression

  /// `path` is what an error names.
  init(descriptor: Int32, path: String, _ form: Compression) throws(RefrainError) {
    guard let archive = archive_write_new() else {
      throw .unwritable(path: path, cause: "out of memory")
    }
    self.archive = archive
    self.path = path
    self.form = form
    sink = Sink(descriptor: descriptor, path: path)
    switch form {
    case .xz: try require(archive_write_add_filter_xz(archive))
    case .bzip2: try require(archive_write_add_filter_bzip2(archive))
    default: try require(archive_write_add_filter_lz4(archive))
    }
    try require(archive_write_set_format_raw(archive))
    // Nothing is filled up to a block.
    try require(archive_write_set_bytes_in_last_block(archive, 1))
    // SAFETY: the library writes to the sink within calls that are made here alone.
    try require(
      archive_write_open(
        archive, Unmanaged.passUnretained(sink).toOpaque(), nil,
        { _, context, bytes, count in
          guard let context else { return -1 }
          return Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
            .write(UnsafeRawBufferPointer(start: bytes, count: count))
        }, nil))
    guard let entry = archive_entry_new() else {
      throw .unwritable(path: path, cause: "out of memory")
    }
    defer { archive_entry_free(entry) }
    // A regular file, which is what the format wants.
    archive_entry_set_filetype(entry, 0o100000)
    try require(archive_write_header(archive, entry))
  }

  deinit {
    // Nobody wants what an abandoned stream still holds.
    sink.isClosed = true
    archive_write_free(archive)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    var rest = bytes
    while !rest.isEmpty {
      let n = archive_write_data(archive, rest.baseAddress, rest.count)
      try require(Int32(clamping: n))
      rest = UnsafeRawBufferPointer(rebasing: rest[n...])
    }
  }

  func finish() throws(RefrainError) { try require(archive_write_close(archive)) }

  private func require(_ code: Int32) throws(RefrainError) {
    if let failure = sink.failure { throw failure }
    guard code < 0 else { return }
    throw .unwritable(path: path, cause: "\(form.rawValue): \(ArchiveText.cause(archive))")
  }

  /// Takes what the library makes.
  private final class Sink {
    private let descriptor: Int32
    private let path: String
    private(set) var failure: RefrainError?
    var isClosed = false

    init(descriptor: Int32, path: String) {
      self.descriptor = descriptor
      self.path = path
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
      if isClosed { return bytes.count }
      do throws(RefrainError) {
        try UnsafeDescriptor.write(descriptor, bytes, path: path)
        return bytes.count
      } catch {
        failure = error
        return -1
      }
    }
  }
}
