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
  /// Stretches of the caller's memory that are still to be written, behind what is buffered.
  private var gathered: [iovec] = []
  private var gatheredBytes = 0
  private var isOpen = true

  /// Bytes that are gathered before they are written at once: large writes get large pages of the
  /// file cache, which takes half the time of many small ones.
  private static let gatherLimit = 4 << 20
  /// IOV_MAX on Linux.
  private static let gatherCount = 1024
  /// Shorter stretches are copied: naming them to the system costs as much.
  private static let leastGathered = 512
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
    if !gathered.isEmpty { try flush() }
    buffer.append(contentsOf: bytes)
    lastByte = bytes.last ?? lastByte
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Appends a stretch of memory, mostly without copying it: it must stay as it is until `commit()`.
  package func write(direct bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    lastByte = bytes.last ?? lastByte
    if gzip != nil {
      try flush()
      return try writeAll(bytes)
    }
    if bytes.count < Self.leastGathered {
      if !gathered.isEmpty { try flush() }
      buffer.append(contentsOf: bytes)
      if buffer.count >= 1 << 18 { try flush() }
      return
    }
    gathered.append(
      iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count))
    gatheredBytes += bytes.count
    // One entry is for what is buffered.
    if gatheredBytes >= Self.gatherLimit || gathered.count >= Self.gatherCount - 1 { try flush() }
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

  /// Writes what is buffered and then what is gathered.
  private func flush() throws(RefrainError) {
    if buffer.isEmpty, gathered.isEmpty { return }
    var failure: RefrainError?
    buffer.withUnsafeBytes { bytes in
      do throws(RefrainError) {
        if gathered.isEmpty { return try writeAll(bytes) }
        if let start = bytes.baseAddress, bytes.count > 0 {
          let first = iovec(
            iov_base: UnsafeMutableRawPointer(mutating: start), iov_len: bytes.count)
          gathered.insert(first, at: 0)
        }
        try writeGathered()
      } catch {
        failure = error
      }
    }
    buffer.removeAll(keepingCapacity: true)
    gathered.removeAll(keepingCapacity: true)
    gatheredBytes = 0
    if let failure { throw failure }
  }

  private func writeGathered() throws(RefrainError) {
    var next = 0
    while next < gathered.count {
      var n = gathered.withUnsafeBufferPointer { parts in
        // SAFETY: `next` is within `parts`, whose stretches are the caller's until `commit()`.
        writev(descriptor, parts.baseAddress.map { $0 + next }, Int32(parts.count - next))
      }
      if n < 0 {
        if errno == EINTR { continue }
        throw .unwritable(path: path, cause: SystemError.text)
      }
      // A pipe may take a part only.
      while next < gathered.count, n >= gathered[next].iov_len {
        n -= gathered[next].iov_len
        next += 1
      }
      if n > 0 {
        gathered[next].iov_base = gathered[next].iov_base.map { $0 + n }
        gathered[next].iov_len -= n
      }
    }
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
