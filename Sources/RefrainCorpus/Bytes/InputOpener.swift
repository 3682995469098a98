// From a path to its bytes: plain files are mapped, compressed ones and pipes are first spooled to
// a nameless temporary file, so that every later stage sees one piece of memory that it can come
// back to.

import CZlib
import Glibc
package import RefrainModel

/// Opens inputs by path.
package enum InputOpener {
  /// The path that means standard input.
  package static let standardInput = "-"
  /// How standard input is called in places and messages.
  package static let standardInputName = PathRoot.standardInput

  /// The bytes of `path`, decompressed where they begin as gzip does; `-` is standard input.
  package static func open(_ path: String) throws(RefrainError) -> MappedBytes {
    let name = path == standardInput ? standardInputName : path
    let descriptor = path == standardInput ? dup(0) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: name, cause: SystemError.text) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else {
      throw .unreadable(path: name, cause: SystemError.text)
    }
    switch info.st_mode & S_IFMT {
    case S_IFDIR: throw .unreadable(path: name, cause: "is a folder")
    case S_IFREG:
      var magic: (UInt8, UInt8) = (0, 0)
      let atStart = lseek(descriptor, 0, SEEK_CUR) == 0
      let isGzip = pread(descriptor, &magic, 2, 0) == 2 && magic == (0x1F, 0x8B)
      if atStart, !isGzip { return try MappedBytes.map(descriptor: descriptor, path: name) }
    default: break
    }
    return try spool(descriptor, name)
  }

  /// Copies a stream to a nameless temporary file, through zlib if it is gzip, and maps that.
  private static func spool(
    _ descriptor: Int32, _ name: String
  ) throws(RefrainError) -> MappedBytes {
    let target = try TemporaryFile.openNameless()
    defer { close(target) }
    // gzdopen passes a stream that is not gzip through as it is. It takes the descriptor over.
    guard let stream = gzdopen(dup(descriptor), "rb") else {
      throw .unreadable(path: name, cause: "out of memory")
    }
    defer { gzclose(stream) }
    gzbuffer(stream, 1 << 18)
    let size = 1 << 20
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let n = gzread(stream, buffer.baseAddress, UInt32(size))
      if n > 0 { try write(target, UnsafeRawBufferPointer(rebasing: buffer[..<Int(n)])) }
      var code: Int32 = 0
      let words = String(cString: gzerror(stream, &code))
      // A stream that is cut reads to its end without an error from gzread; gzerror knows.
      if n < 0 || code == Z_BUF_ERROR {
        if code == Z_ERRNO { throw .unreadable(path: name, cause: SystemError.text) }
        throw .damaged(path: name, cause: "gzip stream: \(words)")
      }
      if n == 0 { break }
    }
    return try MappedBytes.map(descriptor: target, path: name)
  }

  private static func write(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer
  ) throws(RefrainError) {
    var rest = bytes
    while rest.count > 0 {
      let n = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if n < 0 {
        if errno == EINTR { continue }
        throw .unwritable(path: TemporaryFile.folder, cause: SystemError.text)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[n...])
    }
  }
}

/// Temporary files that vanish with their descriptor, however the process ends.
package enum TemporaryFile {
  /// `TMPDIR`, or `/tmp`.
  package static var folder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  /// A descriptor of a new file without a name.
  package static func openNameless(in folder: String = folder) throws(RefrainError) -> Int32 {
    var template = Array("\(folder)/refrain-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .unwritable(path: folder, cause: SystemError.text) }
    unlink(template)
    return descriptor
  }
}
