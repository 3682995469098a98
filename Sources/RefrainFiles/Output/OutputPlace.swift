// Where an output's path leads: through links, to standard output, to a device, or to a file that is
// there or is not there yet; and which file that is, whatever it is called.

import Glibc
package import RefrainModel

/// A file by what it is instead of by its name.
package enum FileIdentity: Hashable, Sendable {
  case file(device: UInt, inode: UInt)
  /// One that is not there yet: its folder, and its name in it.
  case name(device: UInt, inode: UInt, name: String)
  /// Standard output, where that is no file.
  case standardOutput

  /// The regular file that a path to be read leads to; nil for anything else, which many may use.
  ///
  /// `-` is standard input.
  package init?(ofInput path: String) {
    let state =
      path == InputOpener.standardInput || path == InputOpener.standardInputName
      ? FileState(descriptor: 0) : FileState(path: path)
    guard let state, state.isRegular else { return nil }
    self = .file(device: state.device, inode: state.inode)
  }

  /// The file that an output with this path would be; nil for devices, pipes, and where there can be none.
  package init?(ofOutput path: String) {
    guard let identity = (try? OutputPlace(path))?.identity else { return nil }
    self = identity
  }
}

/// A place that can be written to.
package struct OutputPlace: Sendable {
  enum Kind: Equatable {
    /// An open descriptor, written directly: 1 for `-`.
    case descriptor(Int32)
    /// A pipe or a device, written directly.
    case device
    /// A file, which appears when it is whole.
    case file
  }

  /// As it was typed.
  package let path: String
  let kind: Kind
  /// Where the file lies, links resolved: a link is written through, not replaced.
  let target: String
  /// The rights of the file that is replaced; nil where there is none.
  let mode: mode_t?
  /// nil for what several outputs may go to, such as /dev/null.
  package let identity: FileIdentity?

  /// Follows a path; `-` is standard output.
  ///
  /// - Parameter form: what it will hold, where that is more than lines of text.
  /// - Throws: `unwritable` for a folder, for what lies in no folder, and for a name of a form that
  ///   Refrain cannot write.
  package init(_ path: String, holding form: RecordFormat? = nil) throws(RefrainError) {
    self.path = path == "-" ? "<stdout>" : path
    if let descriptor = Self.openDescriptor(path) {
      kind = .descriptor(descriptor)
      target = path
      mode = nil
      let state = FileState(descriptor: descriptor)
      if let state, state.isRegular {
        identity = .file(device: state.device, inode: state.inode)
      } else {
        identity = descriptor == 1 ? .standardOutput : nil
      }
      return
    }
    let resolved = Self.resolved(path)
    var info = stat()
    if stat(resolved, &info) == 0 {
      let type = info.st_mode & S_IFMT
      if type == S_IFDIR { throw .unwritable(path: path, cause: "is a folder") }
      target = resolved
      kind = type == S_IFREG ? .file : .device
      mode = info.st_mode & 0o7777
      identity =
        type == S_IFREG ? .file(device: UInt(info.st_dev), inode: UInt(info.st_ino)) : nil
    } else {
      guard errno == ENOENT, !resolved.hasSuffix("/"), !resolved.isEmpty,
        let folder = FileState(path: Self.folder(of: resolved))
      else { throw .unwritable(path: path, cause: SystemError.text) }
      guard folder.isFolder else {
        // SAFETY: the system's words end with NUL, and are copied at once.
        throw .unwritable(path: path, cause: String(cString: strerror(ENOTDIR)))
      }
      target = Self.resolved(Self.folder(of: resolved)) + "/" + Self.name(of: resolved)
      kind = .file
      mode = nil
      identity = .name(
        device: folder.device, inode: folder.inode, name: Self.name(of: resolved))
    }
    if kind == .file { try Self.requireForm(path, Self.name(of: resolved), form) }
  }

  /// The folder that the file lies in.
  var folder: String { Self.folder(of: target) }
  /// The file's own name.
  package var name: String { Self.name(of: target) }
  package var exists: Bool { mode != nil }

  /// Refuses what this process may not write.
  ///
  /// - Throws: `unwritable`.
  package func requireWritable() throws(RefrainError) {
    switch kind {
    case .descriptor(let descriptor):
      let flags = fcntl(descriptor, F_GETFL)
      if flags >= 0, flags & O_ACCMODE == O_RDONLY { errno = EBADF }
      guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
        throw .unwritable(path: path, cause: SystemError.text)
      }
    case .device: break
    case .file:
      // What could not be replaced in place must not be replaced by renaming either.
      guard !exists || access(target, W_OK) == 0, access(folder, W_OK | X_OK) == 0 else {
        throw .unwritable(path: path, cause: SystemError.text)
      }
    }
  }

  /// The open descriptor that a path stands for: opening /dev/stdout anew would write a file from its
  /// beginning.
  private static func openDescriptor(_ path: String) -> Int32? {
    switch path {
    case "-", "/dev/stdout", "/proc/self/fd/1", "/dev/fd/1": return 1
    case "/dev/stderr": return 2
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
        return Int32(path.dropFirst(folder.count))
      }
      return nil
    }
  }

  /// The path behind all links, of which the last may lead to what is not there yet.
  private static func resolved(_ path: String) -> String {
    var path = path
    // As many as Linux follows.
    for _ in 0..<40 {
      // SAFETY: realpath gives memory of its own, which ends with NUL and is freed once.
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let length = readlink(path, &buffer, buffer.count - 1)
      guard length > 0 else { return path }
      let link = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
      path = link.hasPrefix("/") ? link : folder(of: path) + "/" + link
    }
    return path
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) }
      ?? path
  }

  /// Extensions that promise a form of file that Refrain does not write.
  private static let foreign: Set<String> = [
    "lzma", "lz", "lzo", "br", "sz", "z", "7z", "zip", "rar", "bz", "zlib", "deflate", "snappy",
    "tar", "tgz", "tbz", "tbz2", "txz", "tzst", "parquet", "arrow", "arrows", "feather", "orc",
    "avro",
    "csv", "tsv", "warc", "wet", "h5", "hdf5", "sqlite", "db", "mdb", "xlsx", "pkl",
  ]

  /// Refuses an output under a name that promises something else than it will be.
  private static func requireForm(
    _ path: String, _ name: String, _ form: RecordFormat?
  ) throws(RefrainError) {
    if let form, FileName(name).recordFormat == form { return }
    var parts = name.lowercased().split(separator: ".").dropFirst()
    if let last = parts.last, Compression(extension: String(last)) != nil { parts.removeLast() }
    guard let last = parts.last, foreign.contains(String(last)) else { return }
    throw .unwritable(
      path: path,
      cause:
        "Refrain cannot write \(last) files here; its outputs are JSON Lines or have the form of "
        + "the input")
  }
}
