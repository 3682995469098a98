// Results to files, all or nothing: written beside the target under another name, renamed at the
// end.

import CZlib
import Glibc
package import RefrainModel

/// An output that appears only when it is whole.
///
/// A regular file is written to a temporary file in the same folder and renamed by `commit()`;
/// until then an existing file of that name is untouched. Without `commit()` the temporary file is
/// removed. Standard output and devices are written directly. What ends in `.gz` is compressed.
package final class OutputFile {
  private let path: String
  /// Where the file really lies: a link is written through, not replaced.
  private let target: String
  private let temporary: String?
  private let descriptor: Int32
  private var gzip: gzFile?
  private var buffer: [UInt8] = []
  private var isOpen = true
  private var lastByte: UInt8?

  /// Opens an output; `-` is standard output.
  package init(_ path: String) throws(RefrainError) {
    self.path = path == "-" ? "<stdout>" : path
    target = Self.withoutLinks(path)
    var info = stat()
    if path == "-" {
      temporary = nil
      descriptor = dup(1)
    } else if stat(path, &info) == 0, info.st_mode & S_IFMT != S_IFREG {
      if info.st_mode & S_IFMT == S_IFDIR {
        throw .unwritable(path: path, cause: "is a folder")
      }
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // What could not be replaced in place must not be replaced by renaming either.
      if access(path, F_OK) == 0, access(path, W_OK) != 0 {
        throw .unwritable(path: path, cause: SystemError.text)
      }
      var template = Array("\(target).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      temporary = template.withUnsafeBufferPointer { name in
        name.baseAddress.map { String(cString: $0) }
      }
      if descriptor >= 0 {
        let mask = umask(0)
        umask(mask)
        let mode = access(path, F_OK) == 0 ? info.st_mode & 0o777 : 0o666 & ~mask
        fchmod(descriptor, mode)
        CleanUp.add(temporary)
      }
    }
    guard descriptor >= 0 else { throw .unwritable(path: path, cause: SystemError.text) }
    if path.hasSuffix(".gz") {
      gzip = gzdopen(dup(descriptor), "wb6")
      guard gzip != nil else { throw .unwritable(path: path, cause: "out of memory") }
      gzbuffer(gzip, 1 << 18)
    }
  }

  deinit { abandon() }

  /// The path with links resolved where there is such a file, else as it is.
  private static func withoutLinks(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether the path is that of an existing folder.
  package static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Writes a line end unless the output is empty or ends with one.
  package func endLine() throws(RefrainError) {
    if let lastByte, lastByte != 0x0A { try write([0x0A]) }
  }

  /// Appends bytes, through a buffer.
  package func write(_ bytes: [UInt8]) throws(RefrainError) {
    buffer.append(contentsOf: bytes)
    lastByte = bytes.last ?? lastByte
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Appends a stretch of memory without copying it.
  package func write(direct bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    lastByte = bytes.last ?? lastByte
    if bytes.count < 1 << 14 {
      buffer.append(contentsOf: bytes)
      if buffer.count >= 1 << 18 { try flush() }
      return
    }
    try flush()
    try writeAll(bytes)
  }

  /// Writes what is buffered and gives the file its name.
  package func commit() throws(RefrainError) {
    try flush()
    if let gzip {
      self.gzip = nil
      guard gzclose(gzip) == Z_OK else { throw failed() }
    }
    isOpen = false
    guard close(descriptor) == 0 else { throw failed() }
    if let temporary {
      guard rename(temporary, target) == 0 else { throw failed() }
      CleanUp.remove(temporary)
    }
  }

  /// The error of the last system call, with the temporary file gone.
  private func failed() -> RefrainError {
    let cause = SystemError.text
    if let temporary {
      unlink(temporary)
      CleanUp.remove(temporary)
    }
    return .unwritable(path: path, cause: cause)
  }

  private func abandon() {
    guard isOpen else { return }
    isOpen = false
    if let gzip { gzclose(gzip) }
    close(descriptor)
    if let temporary {
      unlink(temporary)
      CleanUp.remove(temporary)
    }
  }

  private func flush() throws(RefrainError) {
    if buffer.isEmpty { return }
    var failure: RefrainError?
    buffer.withUnsafeBytes { bytes in
      do throws(RefrainError) { try writeAll(bytes) } catch { failure = error }
    }
    buffer.removeAll(keepingCapacity: true)
    if let failure { throw failure }
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    var rest = bytes
    while rest.count > 0 {
      let n: Int
      if let gzip {
        n = Int(gzwrite(gzip, rest.baseAddress, UInt32(min(rest.count, 1 << 30))))
        if n <= 0 { throw .unwritable(path: path, cause: SystemError.text) }
      } else {
        n = Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if n < 0 {
        if errno == EINTR { continue }
        throw .unwritable(path: path, cause: SystemError.text)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[n...])
    }
  }
}
