// From a path to its bytes: plain files are mapped where the process guards mappings, and copied where
// it does not; compressed ones and pipes are spooled to a nameless temporary file. So every later stage
// sees one piece of memory that it can come back to.

import Glibc
package import RefrainModel

/// Opens inputs by path.
package enum InputOpener {
  /// The path that means standard input.
  package static let standardInput = "-"
  /// How standard input is called in places and messages.
  package static let standardInputName = PathRoot.standardInput
  /// Files up to this size are copied to memory, larger ones to a temporary file.
  private static let mostInMemory = 16 << 20

  /// The bytes of `path`, expanded where they begin as a compression does; `-` is standard input.
  ///
  /// - Parameter copying: whether a small file is rather copied to memory than mapped, because there are too
  ///   many of them to map each.
  package static func open(
    _ path: String, copying: Bool = false
  ) throws(RefrainError) -> MappedBytes {
    let file = try OpenInput(path)
    defer { close(file.descriptor) }
    guard file.isPlain else { return try spool(file) }
    let origin = MappedBytes.Origin(name: file.name, state: file.state) {
      path == standardInput ? FileState(descriptor: 0) : FileState(path: path)
    }
    if InputGuard.isOn, !copying { return try .map(watched: file.descriptor, origin) }
    guard file.state.size <= mostInMemory else { return try spool(file) }
    guard
      let bytes = try MappedBytes.read(
        file.descriptor, size: file.state.size, path: file.name)
    else { throw .unsteady(path: file.name, hasShrunk: true) }
    try file.requireUnchanged()
    return bytes
  }

  /// A copy of all bytes of `path`, as `open` gives them.
  package static func read(_ path: String) throws(RefrainError) -> [UInt8] {
    let file = try OpenInput(path)
    defer { close(file.descriptor) }
    guard file.isPlain else { return try spool(file).copy() }
    var failure: RefrainError?
    let size = file.state.size
    // SAFETY: the system initialises the first `count` bytes, and never more than `size`.
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let target = UnsafeMutableRawBufferPointer(buffer)
      while count < size {
        let n = UnsafeDescriptor.read(
          file.descriptor, UnsafeMutableRawBufferPointer(rebasing: target[count..<size]))
        if n < 0 { failure = .unreadable(path: file.name, cause: SystemError.text) }
        if n <= 0 { break }
        count += n
      }
    }
    if let failure { throw failure }
    try file.requireUnchanged()
    return bytes
  }

  /// The first bytes of a file as it lies on disk, `limit` of them where it has so many.
  package static func head(_ path: String, limit: Int) throws(RefrainError) -> [UInt8] {
    do {
      return try UnsafePOSIX.head(of: Array(path.utf8), limit: limit)
    } catch {
      throw .unreadable(path: path, cause: error.cause)
    }
  }

  /// Copies a stream to a nameless temporary file, expanded if it is compressed, and maps that.
  private static func spool(_ file: OpenInput) throws(RefrainError) -> MappedBytes {
    let target = try SpoolFile()
    do throws(RefrainError) {
      try StreamInput(file.descriptor, name: file.name).copy { bytes throws(RefrainError) in
        try target.write(bytes)
      }
    } catch {
      // A stream that ends too early because somebody cut it off meanwhile is not damaged.
      try file.requireUnchanged()
      throw error
    }
    try file.requireUnchanged()
    return try target.mapped(path: file.name)
  }
}

/// An input's descriptor, which its user closes, and what it was like when it was opened.
private struct OpenInput {
  let name: String
  let descriptor: Int32
  let state: FileState
  /// Whether it is a regular file, at its start, of some length, and not compressed.
  let isPlain: Bool

  init(_ path: String) throws(RefrainError) {
    let isStandard = path == InputOpener.standardInput
    name = isStandard ? InputOpener.standardInputName : path
    descriptor = isStandard ? UnsafeDescriptor.copy(0) : UnsafeDescriptor.open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .unreadable(path: name, cause: SystemError.text) }
    guard let state = FileState(descriptor: descriptor) else {
      let cause = SystemError.text
      close(descriptor)
      throw .unreadable(path: name, cause: cause)
    }
    if state.isFolder {
      close(descriptor)
      throw .unreadable(path: name, cause: "is a folder")
    }
    self.state = state
    // A file without a length may be one that the system makes up as it is read.
    isPlain =
      state.isRegular && state.size > 0 && lseek(descriptor, 0, SEEK_CUR) == 0
      && Self.compression(descriptor, name) == nil
  }

  private static func compression(_ descriptor: Int32, _ name: String) -> Compression? {
    withUnsafeTemporaryAllocation(byteCount: Compression.longestMagic, alignment: 1) { magic in
      // SAFETY: the system writes no more than there is room for, and what it wrote is looked at here alone.
      let n = pread(descriptor, magic.baseAddress, magic.count, 0)
      return Compression(
        beginning: UnsafeRawBufferPointer(rebasing: magic[..<max(0, n)]), name: name)
    }
  }

  func requireUnchanged() throws(RefrainError) {
    guard state.isRegular, state.size > 0 else { return }
    try state.requireUnchanged(FileState(descriptor: descriptor), path: name)
  }
}

/// Temporary files that vanish with their descriptor, however the process ends.
package enum TemporaryFile {
  /// `TMPDIR`, or `/tmp`.
  package static var folder: String {
    // SAFETY: getenv gives a string that ends with NUL; nothing here changes the environment.
    guard let set = getenv("TMPDIR"), set.pointee != 0 else { return "/tmp" }
    return String(cString: set)
  }

  /// A descriptor of a new file without a name.
  package static func openNameless(in folder: String = folder) throws(RefrainError) -> Int32 {
    if let descriptor = UnsafeNamelessFile.open(in: folder, mode: 0o600) { return descriptor }
    // Where the file system has none, the name goes at once.
    var template = Array("\(folder)/.refrain-XXXXXX".utf8CString)
    let descriptor = UnsafeDescriptor.aboveStandard(mkstemp(&template))
    guard descriptor >= 0 else {
      throw .unwritable(path: "a temporary file in \(folder)", cause: SystemError.text)
    }
    unlink(template)
    return descriptor
  }
}
