// A file in memory for parsers that open theirs by path.

import Glibc

/// A folder of this process with one file in it, rewritten for each input.
final class ScratchFile: Sendable {
  let path: String

  /// In /dev/shm, so that no disk is worn, else in /tmp.
  init(named name: String) {
    var template = Array((access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp").utf8CString)
    template.removeLast()
    template += Array("/refrain-fuzz-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no folder for scratch files") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = "\(folder)/\(name)"
    Self.current = (folder, path)
    atexit { ScratchFile.remove() }
  }

  /// What goes when the process ends; a crash leaves it.
  nonisolated(unsafe) private static var current = (folder: "", path: "")

  private static func remove() {
    unlink(current.path)
    rmdir(current.folder)
  }

  func write(_ bytes: [UInt8]) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { fatalError("cannot write \(path)") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { fatalError("cannot write \(path)") }
      rest = rest.dropFirst(count)
    }
  }
}
