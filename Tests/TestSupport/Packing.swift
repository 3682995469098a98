// Compressed files and archives for tests, made by libraries and not by the program.

import CArchive
import CZstd
import Foundation

/// Makes streams and archives in memory.
public enum Packing {
  /// The filters of libarchive that `filtered` knows.
  public static let filters = ["xz", "bz2", "lz4"]

  /// One zstd frame with a checksum.
  ///
  /// - Parameter windowBits: how long the window is; nil for what the level asks for.
  public static func zstd(_ bytes: [UInt8], windowBits: Int32? = nil) throws -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { throw CocoaError(.fileWriteUnknown) }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    if let windowBits {
      ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowBits)
      // Without the size in front, a reader must make room for the whole window.
      ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0)
    }
    var out = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    var input = ZSTD_inBuffer(src: nil, size: bytes.count, pos: 0)
    let made: Int = bytes.withUnsafeBytes { from in
      out.withUnsafeMutableBytes { to in
        input.src = from.baseAddress
        var output = ZSTD_outBuffer(dst: to.baseAddress, size: to.count, pos: 0)
        // The frame does not know its size beforehand.
        var half = input
        half.size = input.size / 2
        guard ZSTD_compressStream2(context, &output, &half, ZSTD_e_continue) >= 0 else { return -1 }
        input.pos = half.pos
        while ZSTD_compressStream2(context, &output, &input, ZSTD_e_end) > 0 {}
        return output.pos
      }
    }
    guard made >= 0 else { throw CocoaError(.fileWriteUnknown) }
    return Array(out[..<made])
  }

  /// A zstd frame that readers pass over.
  public static func skippable(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt32(bytes.count)
    return [0x53, 0x2A, 0x4D, 0x18] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
      + bytes
  }

  /// A stream through one of `filters`.
  public static func filtered(_ bytes: [UInt8], _ filter: String) throws -> [UInt8] {
    // The library crashes over a stream of lz4 without a byte; this is what `lz4` makes of one.
    if bytes.isEmpty, filter == "lz4" {
      return [4, 0x22, 0x4D, 0x18, 0x64, 0x40, 0xA7, 0, 0, 0, 0, 5, 0x5D, 0xCC, 2]
    }
    return try archive { archive in
      archive_write_set_format_raw(archive)
      archive_write_set_bytes_in_last_block(archive, 1)
      switch filter {
      case "xz": return archive_write_add_filter_xz(archive)
      case "bz2": return archive_write_add_filter_bzip2(archive)
      default: return archive_write_add_filter_lz4(archive)
      }
    } entries: {
      [("data", bytes)]
    }
  }

  /// A tar archive of files.
  public static func tar(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
    try archive {
      archive_write_set_format_ustar($0)
    } entries: {
      files
    }
  }

  /// A zip archive of files.
  public static func zip(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
    try archive {
      archive_write_set_format_zip($0)
    } entries: {
      files
    }
  }

  /// What is in a stream of any compression that libarchive knows; nil for bytes that are not compressed.
  public static func expanded(_ bytes: [UInt8]) throws -> [UInt8]? {
    guard let archive = archive_read_new() else { throw CocoaError(.fileReadUnknown) }
    defer { archive_read_free(archive) }
    archive_read_support_filter_all(archive)
    archive_read_support_format_raw(archive)
    return try bytes.withUnsafeBytes { from in
      var entry: OpaquePointer?
      guard archive_read_open_memory(archive, from.baseAddress, from.count) == ARCHIVE_OK,
        archive_read_next_header(archive, &entry) == ARCHIVE_OK
      else { throw CocoaError(.fileReadCorruptFile) }
      // The last filter is always the one that does nothing.
      if archive_filter_count(archive) < 2 { return nil }
      var out: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let n = part.withUnsafeMutableBytes {
          archive_read_data(archive, $0.baseAddress, $0.count)
        }
        guard n >= 0 else { throw CocoaError(.fileReadCorruptFile) }
        if n == 0 { return out }
        out += part[..<n]
      }
    }
  }

  private static func archive(
    _ setUp: (OpaquePointer) -> Int32, entries: () -> [(String, [UInt8])]
  ) throws -> [UInt8] {
    guard let archive = archive_write_new() else { throw CocoaError(.fileWriteUnknown) }
    defer { archive_write_free(archive) }
    let entries = entries()
    var out = [UInt8](
      repeating: 0, count: entries.reduce(1 << 16) { $0 + $1.1.count * 2 + $1.0.utf8.count + 4096 })
    var used = 0
    let isDone = out.withUnsafeMutableBytes { room in
      guard setUp(archive) >= ARCHIVE_WARN,
        archive_write_open_memory(archive, room.baseAddress, room.count, &used) == ARCHIVE_OK
      else { return false }
      for (name, bytes) in entries {
        guard let entry = archive_entry_new() else { return false }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_filetype(entry, 0o100000)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, Int64(bytes.count))
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { return false }
        let written = bytes.withUnsafeBytes {
          archive_write_data(archive, $0.baseAddress, $0.count)
        }
        guard written == bytes.count else { return false }
      }
      return archive_write_close(archive) == ARCHIVE_OK
    }
    guard isDone else { throw CocoaError(.fileWriteUnknown) }
    return Array(out[..<used])
  }
}
