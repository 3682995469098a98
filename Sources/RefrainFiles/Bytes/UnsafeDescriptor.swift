// Descriptors: opened above the standard streams, written to the last byte, and the state of the file
// behind them, by which a change is noticed.

package import Glibc
package import RefrainModel

/// Opens, copies and writes.
///
/// Failed calls give -1 and leave errno.
package enum UnsafeDescriptor {
  /// Opens a path, never as standard input, output or error, whatever of these is closed.
  package static func open(_ path: String, _ flags: Int32, mode: mode_t = 0) -> Int32 {
    aboveStandard(Glibc.open(path, flags | O_CLOEXEC, mode))
  }

  /// A second descriptor of an open file.
  package static func copy(_ descriptor: Int32) -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }

  static func aboveStandard(_ descriptor: Int32) -> Int32 {
    guard (0...2).contains(descriptor) else { return descriptor }
    defer { close(descriptor) }
    return copy(descriptor)
  }

  /// Reads up to a buffer's size; 0 at the end, -1 and errno where it fails.
  static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let n = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if n >= 0 || errno != EINTR { return n }
    }
  }

  /// Writes all bytes.
  static func write(
    _ descriptor: Int32, _ bytes: [UInt8], path: String
  ) throws(RefrainError) {
    var failure: RefrainError?
    bytes.withUnsafeBytes { bytes in
      do throws(RefrainError) {
        try write(descriptor, bytes, path: path)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Writes all bytes; `path` is what an error names.
  package static func write(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(RefrainError) {
    var rest = bytes
    while rest.count > 0 {
      let n = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if n < 0 {
        if errno == EINTR { continue }
        throw .unwritable(path: path, cause: SystemError.text)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[n...])
    }
  }
}

/// Which file it is, how long, and when it was written last.
struct FileState: Hashable {
  let device: UInt
  let inode: UInt
  let size: Int
  let seconds: Int
  let nanoseconds: Int
  let kind: mode_t

  private init(_ info: stat) {
    device = UInt(info.st_dev)
    inode = UInt(info.st_ino)
    size = Int(info.st_size)
    seconds = info.st_mtim.tv_sec
    nanoseconds = info.st_mtim.tv_nsec
    kind = info.st_mode & S_IFMT
  }

  /// nil where there is nothing, with errno.
  init?(path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  var isRegular: Bool { kind == S_IFREG }
  var isFolder: Bool { kind == S_IFDIR }

  func isSameFile(as other: FileState) -> Bool { device == other.device && inode == other.inode }

  /// Refuses what is another file's content by now.
  ///
  /// - Throws: `unsteady`.
  func requireUnchanged(_ now: FileState?, path: String) throws(RefrainError) {
    guard let now, isSameFile(as: now), now != self else { return }
    throw .unsteady(path: path, hasShrunk: now.size < size)
  }
}

/// The system's words for what went wrong last.
package enum SystemError {
  package static var text: String {
    let code = errno
    let words = String(cString: strerror(code))
    // These are about the process, and not about the file that happened to be next.
    return switch code {
    case EMFILE: "\(words.lowercased()) in this process; raise ulimit -n"
    case ENFILE: "\(words.lowercased()) on this machine"
    case EFBIG: "\(words); ulimit -f or the file system sets the limit"
    default: words
    }
  }
}
