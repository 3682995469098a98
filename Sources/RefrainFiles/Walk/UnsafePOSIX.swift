// The fence around the system's file calls: byte strings in, byte strings and plain values out.
//
// Names on Linux are bytes, not characters, so paths are arrays of bytes here.

internal import Glibc

/// File system calls.
///
/// A failed one gives the system's error number.
enum UnsafePOSIX {
  /// What stands at a path.
  enum Entry: Hashable { case file, folder, link, other }

  /// The error number of a system call.
  struct Failure: Error, Hashable {
    let code: Int32

    /// The system's own words, such as "No such file or directory".
    var cause: String {
      // SAFETY: strerror gives a string that ends with NUL and that no call changes for known
      // codes.
      strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    /// Whether nothing stands at the path.
    var isAbsence: Bool { code == ENOENT }

    static var last: Failure { Failure(code: errno) }
  }

  /// What stands at `path`; with `following`, at the end of the links that start there.
  static func entry(at path: [UInt8], following: Bool) throws(Failure) -> Entry {
    var info = stat()
    let status = try withPath(path) { following ? stat($0, &info) : lstat($0, &info) }
    guard status == 0 else { throw .last }
    return switch info.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// Refuses a path that this process may not read.
  static func requireReadable(_ path: [UInt8]) throws(Failure) {
    guard try withPath(path, { access($0, R_OK) }) == 0 else { throw .last }
  }

  /// The names in a folder, in no order, without "." and "..".
  static func names(in folder: [UInt8]) throws(Failure) -> [[UInt8]] {
    guard let stream = try withPath(folder, { opendir($0) }) else { throw .last }
    defer { closedir(stream) }
    guard let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) else {
      throw Failure(code: ENOSYS)
    }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      // SAFETY: d_name ends with NUL inside the entry, which is valid until the next readdir; the
      // entry may be shorter than `dirent`, so the name is read where it lies and never copied
      // whole.
      let name = UnsafeRawPointer(entry) + nameOffset
      let length = strlen(name.assumingMemoryBound(to: CChar.self))
      let bytes = UnsafeRawBufferPointer(start: name, count: length)
      if !bytes.elementsEqual(".".utf8), !bytes.elementsEqual("..".utf8) {
        names.append(Array(bytes))
      }
      errno = 0
    }
    guard errno == 0 else { throw .last }
    return names
  }

  /// The absolute path without links, "." and "..".
  static func realPath(_ path: [UInt8]) throws(Failure) -> [UInt8] {
    guard let resolved = try withPath(path, { realpath($0, nil) }) else { throw .last }
    defer { free(resolved) }
    // SAFETY: realpath allocated a string that ends with NUL; it is copied before it is freed.
    return Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }

  /// The first bytes of a file, `limit` of them where it has so many.
  static func head(of path: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
    let file = try withPath(path) { open($0, O_RDONLY | O_CLOEXEC) }
    guard file >= 0 else { throw .last }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 64 << 10))
    while bytes.count < limit {
      let wanted = min(chunk.count, limit - bytes.count)
      // SAFETY: `wanted` is at most the size of the chunk.
      let got = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, wanted) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .last }
      guard got > 0 else { break }
      bytes.append(contentsOf: chunk[..<got])
    }
    return bytes
  }

  /// Lends a path to C; a path with a NUL in it names nothing.
  private static func withPath<Result>(
    _ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
  ) throws(Failure) -> Result {
    guard !path.contains(0) else { throw Failure(code: ENOENT) }
    // SAFETY: the array ends with the NUL added here and is lent to C for the call alone.
    return body(path.map(CChar.init(bitPattern:)) + [0])
  }
}
