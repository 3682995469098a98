// Results to files, all or nothing: written to a file without a name, which gets its name at the end.

import CSystem
import Glibc
package import RefrainModel

/// An output that appears only when it is whole.
///
/// Until `publish` an existing file of that name is untouched, and without it nothing of the new one
/// remains. Standard output and devices are written directly. What has the name of a compression is compressed.
package final class OutputFile {
  private let place: OutputPlace
  /// nil where the output is written directly.
  private let temporary: TemporaryOutput?
  private var descriptor: Int32
  private var packer: (any StreamWriter)?
  private var buffer: [UInt8] = []
  /// Stretches of the caller's memory that are still to be written, behind what is buffered.
  private var gathered: [iovec] = []
  private var gatheredBytes = 0
  private var isFinished = false

  /// Bytes that are gathered before they are written at once: large writes get large pages of the
  /// file cache, which takes half the time of many small ones.
  private static let gatherLimit = 4 << 20
  /// IOV_MAX on Linux.
  private static let gatherCount = 1024
  /// Shorter stretches are copied: naming them to the system costs as much.
  private static let leastGathered = 512
  private var lastByte: UInt8?

  /// Opens an output at a place.
  ///
  /// - Parameters:
  ///   - threads: how many threads may compress.
  ///   - nameless: false for what happens on file systems that have no nameless files.
  package init(
    _ place: OutputPlace, threads: Int = Workers.processors, nameless: Bool = true
  ) throws(RefrainError) {
    self.place = place
    try place.requireWritable()
    switch place.kind {
    case .file:
      let file = try TemporaryOutput(place, nameless: nameless)
      temporary = file
      descriptor = file.descriptor
    case .descriptor(let open):
      temporary = nil
      descriptor = UnsafeDescriptor.copy(open)
    case .device:
      temporary = nil
      descriptor = UnsafeDescriptor.open(place.path, O_WRONLY)
    }
    guard descriptor >= 0 else { throw .unwritable(path: place.path, cause: SystemError.text) }
    packer = try FileName(place.path).compression?.writer(
      descriptor, path: place.path, threads: threads)
  }

  deinit { if temporary == nil, descriptor >= 0 { close(descriptor) } }

  /// Opens an output; `-` is standard output.
  package convenience init(_ path: String) throws(RefrainError) {
    try self.init(OutputPlace(path))
  }

  /// Removes from the folders of these places what killed runs left there.
  package static func clearStale(_ places: [OutputPlace]) {
    for folder in Set(places.filter { $0.kind == .file }.map(\.folder)) {
      StaleFiles.clear(folder)
    }
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

  /// Ends a record that must be readable by itself, in forms that are packed record by record.
  package func endMember() throws(RefrainError) {
    guard let packer else { return }
    try flush()
    try packer.endMember()
  }

  /// Appends bytes, through a buffer.
  package func write(_ bytes: [UInt8]) throws(RefrainError) {
    if !gathered.isEmpty { try flush() }
    buffer.append(contentsOf: bytes)
    lastByte = bytes.last ?? lastByte
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Appends a stretch of memory, mostly without copying it: it must stay as it is until
  /// `finish`.
  package func write(direct bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    lastByte = bytes.last ?? lastByte
    if let packer {
      try flush()
      return try packer.write(bytes)
    }
    if bytes.count < Self.leastGathered {
      if !gathered.isEmpty { try flush() }
      buffer.append(contentsOf: bytes)
      if buffer.count >= 1 << 18 { try flush() }
      return
    }
    // SAFETY: the caller's bytes stay as they are until `finish`; writev only reads them.
    gathered.append(
      iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count))
    gatheredBytes += bytes.count
    // One entry is for what is buffered.
    if gatheredBytes >= Self.gatherLimit || gathered.count >= Self.gatherCount - 1 { try flush() }
  }

  /// Writes what is buffered: all that can fail short of naming the file.
  ///
  /// - Parameter durably: whether the bytes must be on the disk, since they replace the only copy.
  package func finish(durably: Bool = false) throws(RefrainError) {
    guard !isFinished else { return }
    try flush()
    try packer?.finish()
    packer = nil
    buffer = []
    gathered = []
    isFinished = true
    try temporary?.requireWritten(durably: durably)
    if temporary == nil {
      let closed = close(descriptor)
      descriptor = -1
      guard closed == 0 else { throw .unwritable(path: place.path, cause: SystemError.text) }
    }
  }

  /// Gives a finished file's descriptor back; it waits for its name in a temporary folder.
  func park(in folder: TemporaryFolder) throws(RefrainError) {
    try temporary?.park(in: folder)
    if temporary != nil { descriptor = -1 }
  }

  /// The folder that the file lies in; nil for what is written directly.
  var folder: String? { temporary == nil ? nil : place.folder }

  /// Finishes all, and only then gives each its name: signals wait meanwhile.
  package static func publish(_ files: [OutputFile]) throws(RefrainError) {
    for file in files { try file.finish() }
    refrain_signals_hold()
    defer { refrain_signals_release() }
    for file in files { try file.temporary?.publish() }
  }

  /// Writes what is buffered and then what is gathered.
  private func flush() throws(RefrainError) {
    if buffer.isEmpty, gathered.isEmpty { return }
    var failure: RefrainError?
    // SAFETY: what points into the buffer is forgotten before the closure ends.
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
        // SAFETY: `next` is within `parts`, whose stretches are the caller's until `finish`.
        writev(descriptor, parts.baseAddress.map { $0 + next }, Int32(parts.count - next))
      }
      if n < 0 {
        if errno == EINTR { continue }
        throw .unwritable(path: place.path, cause: SystemError.text)
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
    if let packer { return try packer.write(bytes) }
    try UnsafeDescriptor.write(descriptor, bytes, path: place.path)
  }
}

/// The outputs of a run that are written one after the other, however many they are.
///
/// A few stay open until they get their names; the others wait without a descriptor.
package final class OutputSequence {
  private let places: [OutputPlace]
  private let isDurable: Bool
  private let threads: Int
  private let frame: (Int) -> (opening: [UInt8], closing: [UInt8])?
  private var current: OutputFile?
  /// What the present output ends with.
  private var closing: [UInt8] = []
  private var next = 0
  private var done: [OutputFile] = []
  private var folders: [String: TemporaryFolder] = [:]
  /// Finished files that are kept open.
  private var open: Int

  /// Opens the first one.
  ///
  /// - Parameters:
  ///   - isDurable: whether the bytes must be on the disk before a file gets its name, since they replace
  ///     their only copy.
  ///   - threads: how many threads may compress.
  ///   - frame: what each begins and ends with, by its number; nil for one that is made only if it is written to.
  package init(
    _ places: [OutputPlace], isDurable: Bool = false, threads: Int = Workers.processors,
    frame: @escaping (Int) -> (opening: [UInt8], closing: [UInt8])? = { _ in ([], []) }
  ) throws(RefrainError) {
    self.places = places
    self.isDurable = isDurable
    self.threads = threads
    self.frame = frame
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    open = Int(min(64, limit.rlim_cur / 4))
    if !places.isEmpty, frame(0) != nil { try advance() }
  }

  /// The output with this number; numbers never go down.
  package func file(_ number: Int) throws(RefrainError) -> OutputFile? {
    while next < number { if frame(next) == nil { next += 1 } else { try advance() } }
    if next == number { try advance() }
    return current
  }

  /// Finishes all, those that nothing was written to as well.
  package func finish() throws(RefrainError) -> [OutputFile] {
    while next < places.count { if frame(next) == nil { next += 1 } else { try advance() } }
    if let current {
      try close(current)
      done.append(current)
    }
    current = nil
    folders = [:]
    return done
  }

  private func advance() throws(RefrainError) {
    if let current {
      try close(current)
      if open > 0 { open -= 1 } else { try park(current) }
      done.append(current)
    }
    let file = try OutputFile(places[next], threads: threads)
    let framing = frame(next) ?? ([], [])
    try file.write(framing.opening)
    closing = framing.closing
    current = file
    next += 1
  }

  private func close(_ file: OutputFile) throws(RefrainError) {
    try file.write(closing)
    try file.finish(durably: isDurable)
  }

  private func park(_ file: OutputFile) throws(RefrainError) {
    guard let name = file.folder else { return }
    let folder: TemporaryFolder
    if let known = folders[name] {
      folder = known
    } else {
      folder = try TemporaryFolder(in: name)
      folders[name] = folder
    }
    try file.park(in: folder)
  }
}
