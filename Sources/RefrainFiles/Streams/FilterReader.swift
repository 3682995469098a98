// xz, bzip2 and lz4 streams to plain bytes, through libarchive's filters.

import CArchive
import RefrainModel

/// Expands streams of one of libarchive's filters.
enum FilterReader {
  private static let outputSize = 1 << 18

  /// Expands all of a stream, whose first bytes were read; `form` is what errors call it.
  static func expand(
    _ input: StreamInput, _ form: String,
    _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    guard let archive = archive_read_new() else {
      throw .unreadable(path: input.name, cause: "out of memory")
    }
    defer { archive_read_free(archive) }
    archive_read_support_filter_xz(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_lz4(archive)
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)
    let feed = Feed(input)
    func require(_ code: Int) throws(RefrainError) {
      if let failure = feed.failure { throw failure }
      guard code < 0 else { return }
      throw .damaged(path: input.name, cause: "\(form) stream: \(ArchiveText.cause(archive))")
    }
    // SAFETY: the library asks the feed within calls that are made here alone, and hands none of its
    // pointers on; what the feed shows it stays until it asks again.
    let context = Unmanaged.passUnretained(feed).toOpaque()
    try require(
      Int(
        archive_read_open(
          archive, context, nil,
          { _, context, bytes in
            guard let context, let bytes else { return -1 }
            return Unmanaged<Feed>.fromOpaque(context).takeUnretainedValue().next(bytes)
          }, nil)))
    var entry: OpaquePointer?
    let header = archive_read_next_header(archive, &entry)
    // What is too short for the library to know it is taken for plain bytes.
    guard header < 0 || archive_filter_count(archive) > 1 else {
      throw .damaged(path: input.name, cause: "\(form) stream: unexpected end of file")
    }
    if header != ARCHIVE_EOF {
      try require(Int(header))
      let output = UnsafeMutableRawBufferPointer.allocate(byteCount: outputSize, alignment: 64)
      defer { output.deallocate() }
      while true {
        let n = archive_read_data(archive, output.baseAddress, output.count)
        try require(n)
        if n == 0 { break }
        try body(UnsafeRawBufferPointer(rebasing: output[..<n]))
      }
    }
    // The library passes over what follows the last stream.
    let used = Int(archive_filter_bytes(archive, -1))
    while try input.readNext() {}
    if used < input.offset {
      throw .damaged(
        path: input.name, cause: "\(form) stream: other bytes after its end, from offset \(used)")
    }
    withExtendedLifetime(feed) {}
  }

  /// Shows the library the stream piece by piece.
  private final class Feed {
    private let input: StreamInput
    private var hasBegun = false
    private(set) var failure: RefrainError?

    init(_ input: StreamInput) { self.input = input }

    /// Points to the next bytes; how many there are, 0 at the end, -1 for a failure.
    func next(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
      do throws(RefrainError) {
        if hasBegun, try !input.readNext() { return 0 }
        hasBegun = true
        bytes.pointee = input.rest.baseAddress
        return input.rest.count
      } catch {
        failure = error
        return -1
      }
    }
  }
}

/// The words of libarchive.
enum ArchiveText {
  /// What went wrong last, in lower case.
  static func cause(_ archive: OpaquePointer) -> String {
    // SAFETY: the words end with NUL and stay until the next call; they are copied at once.
    guard let words = archive_error_string(archive) else { return "cannot be read" }
    let text = String(cString: words)
    return "\(text.prefix(1).lowercased())\(text.dropFirst())"
  }
}
