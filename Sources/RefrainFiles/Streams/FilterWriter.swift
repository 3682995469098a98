// Plain bytes to xz, bzip2 and lz4 streams, through libarchive's filters, on one thread.

import CArchive
import RefrainModel

/// Compresses what is written to a descriptor, at the library's own level.
final class FilterWriter: StreamWriter {
  /// nil before the first byte: the library crashes where it closes a stream of lz4 without any.
  private var archive: OpaquePointer?
  private let sink: Sink
  private let path: String
  private let form: Compression

  /// The frame of no bytes, by the LZ4 frame format: descriptor, end mark, checksum.
  private static let emptyLZ4: [UInt8] = [
    0x04, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7, 0, 0, 0, 0, 0x05, 0x5D, 0xCC, 0x02,
  ]

  /// `path` is what an error names.
  init(descriptor: Int32, path: String, _ form: Compression) {
    self.path = path
    self.form = form
    sink = Sink(descriptor: descriptor, path: path)
  }

  private func open() throws(RefrainError) -> OpaquePointer {
    if let archive { return archive }
    guard let archive = archive_write_new() else {
      throw .unwritable(path: path, cause: "out of memory")
    }
    self.archive = archive
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
    return archive
  }

  deinit {
    // Nobody wants what an abandoned stream still holds.
    sink.isClosed = true
    if let archive { archive_write_free(archive) }
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    var rest = bytes
    while !rest.isEmpty {
      let n = archive_write_data(try open(), rest.baseAddress, rest.count)
      try require(Int32(clamping: n))
      rest = UnsafeRawBufferPointer(rebasing: rest[n...])
    }
  }

  func finish() throws(RefrainError) {
    if archive == nil, form == .lz4 {
      _ = Self.emptyLZ4.withUnsafeBytes(sink.write)
      return try require(0)
    }
    try require(archive_write_close(open()))
  }

  private func require(_ code: Int32) throws(RefrainError) {
    if let failure = sink.failure { throw failure }
    guard code < 0 else { return }
    throw .unwritable(
      path: path, cause: "\(form.rawValue): \(archive.map(ArchiveText.cause) ?? "")")
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
