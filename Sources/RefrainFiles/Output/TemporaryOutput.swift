// A file on its way to its name: nameless where the file system allows it, so that nothing is left of it
// however the process ends; else under a name that nobody takes for data, and that a later run clears.

import CSystem
import Glibc
import RefrainModel

/// Files without a name.
enum UnsafeNamelessFile {
  /// A new one, locked; nil where there can be none, or it could not be named later.
  static func open(in folder: String, mode: mode_t) -> Int32? {
    let descriptor = UnsafeDescriptor.aboveStandard(refrain_open_nameless(folder, mode))
    guard descriptor >= 0 else { return nil }
    return descriptor
  }

  /// Whether a descriptor can be given a name: that is done through /proc.
  static func canBeNamed(_ descriptor: Int32) -> Bool {
    access("/proc/self/fd/\(descriptor)", F_OK) == 0
  }
}

/// Names of temporary files: `.refrain-`, 16 hexadecimal digits, `.tmp`.
enum TemporaryName {
  private static let prefix = ".refrain-"
  private static let suffix = ".tmp"
  /// The file in a temporary folder whose lock says that its run lives.
  static let lock = "lock"

  /// A name that was never used.
  static func random() -> String {
    prefix + UInt64.random(in: 0...UInt64.max).hexadecimal(digits: 16) + suffix
  }

  static func isOne(_ name: some Collection<UInt8>) -> Bool {
    guard name.count == prefix.utf8.count + 16 + suffix.utf8.count else { return false }
    let digits = name.dropFirst(prefix.utf8.count).prefix(16)
    return name.starts(with: prefix.utf8)
      && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
      && digits.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }
}

/// A name that vanishes with this object, or with a signal that ends the process.
final class VanishingName {
  let path: String
  private let isFolder: Bool
  private var token: OpaquePointer?

  init(_ path: String, isFolder: Bool = false) {
    self.path = path
    self.isFolder = isFolder
    token = refrain_vanishing_add(path, isFolder)
  }

  /// Gives the file its last name instead.
  func rename(to target: String) -> Bool {
    guard Glibc.rename(path, target) == 0 else { return false }
    refrain_vanishing_remove(token)
    token = nil
    return true
  }

  deinit {
    guard token != nil else { return }
    _ = isFolder ? rmdir(path) : unlink(path)
    refrain_vanishing_remove(token)
  }
}

/// A file that gets its name with `publish()`, and is gone without.
final class TemporaryOutput {
  private let place: OutputPlace
  /// Closed when the file is parked or published.
  private(set) var descriptor: Int32
  /// nil while the file is nameless.
  private var name: VanishingName?
  /// Where it is parked; declared behind `name`, which has to go first.
  private var folder: TemporaryFolder?

  /// - Parameter nameless: false to try the way of file systems that have no nameless files.
  init(_ place: OutputPlace, nameless: Bool = true) throws(RefrainError) {
    self.place = place
    descriptor = -1
    // The kernel takes from these rights what the umask says.
    let mode: mode_t = 0o666
    if nameless, let opened = UnsafeNamelessFile.open(in: place.folder, mode: mode) {
      if UnsafeNamelessFile.canBeNamed(opened) { descriptor = opened } else { close(opened) }
    }
    // Full tables and disks fail here in the same way, and are told.
    for _ in 0..<100 where descriptor < 0 { try openNamed(mode) }
    guard descriptor >= 0 else { throw .unwritable(path: place.path, cause: SystemError.text) }
    _ = refrain_lock(descriptor)
    if let mode = place.mode { fchmod(descriptor, mode & 0o777) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Opens a file under a temporary name, unless somebody cleared it before it was locked.
  private func openNamed(_ mode: mode_t) throws(RefrainError) {
    let path = place.folder + "/" + TemporaryName.random()
    let opened = UnsafeDescriptor.open(path, O_RDWR | O_CREAT | O_EXCL, mode: mode)
    if opened < 0, errno == EEXIST { return }
    guard opened >= 0 else { throw .unwritable(path: place.path, cause: SystemError.text) }
    var info = stat()
    guard refrain_lock(opened), fstat(opened, &info) == 0, info.st_nlink > 0 else {
      close(opened)
      return
    }
    descriptor = opened
    name = VanishingName(path)
  }

  /// Reports what writing was put off, as network file systems do, and begins to write to the disk what
  /// replaces something: renaming would otherwise wait for it, file by file.
  func requireWritten(durably: Bool) throws(RefrainError) {
    if durably, fdatasync(descriptor) != 0, errno != EINVAL {
      throw .unwritable(path: place.path, cause: SystemError.text)
    }
    if place.exists { refrain_start_writing(descriptor) }
    let copy = UnsafeDescriptor.copy(descriptor)
    guard copy < 0 || close(copy) == 0 else {
      throw .unwritable(path: place.path, cause: SystemError.text)
    }
  }

  /// Goes on without a descriptor, under a temporary name in a folder that is locked.
  func park(in folder: TemporaryFolder) throws(RefrainError) {
    let path = folder.nextPath()
    if let name {
      guard name.rename(to: path) else { throw failed() }
    } else {
      guard refrain_link_nameless(descriptor, path) == 0 else { throw failed() }
    }
    name = VanishingName(path)
    self.folder = folder
    closed()
  }

  /// Gives the file its name, in place of what has it.
  func publish() throws(RefrainError) {
    if name == nil {
      if refrain_link_nameless(descriptor, place.target) == 0 { return closed() }
      guard errno == EEXIST else { throw failed() }
      let path = place.folder + "/" + TemporaryName.random()
      guard refrain_link_nameless(descriptor, path) == 0 else { throw failed() }
      name = VanishingName(path)
    }
    guard let name, name.rename(to: place.target) else { throw failed() }
    closed()
    // The last file of a temporary folder takes that along.
    folder = nil
  }

  private func closed() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func failed() -> RefrainError {
    .unwritable(path: place.path, cause: SystemError.text)
  }
}

/// A folder for files that wait for their names while others are written: so many outputs cannot all be
/// open.
final class TemporaryFolder {
  private let folder: VanishingName
  private let lock: VanishingName
  private let descriptor: Int32
  private var count = 0

  /// Makes one in the folder that the files will lie in.
  init(in parent: String) throws(RefrainError) {
    for _ in 0..<100 {
      let path = parent + "/" + TemporaryName.random()
      guard mkdir(path, 0o700) == 0 else {
        if errno == EEXIST { continue }
        break
      }
      let folder = VanishingName(path, isFolder: true)
      let lockPath = path + "/" + TemporaryName.lock
      let opened = UnsafeDescriptor.open(lockPath, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
      // Somebody who clears such folders may have been quicker.
      if opened < 0, errno == ENOENT { continue }
      guard opened >= 0 else { break }
      let lock = VanishingName(lockPath)
      var info = stat()
      guard refrain_lock(opened), fstat(opened, &info) == 0, info.st_nlink > 0 else {
        close(opened)
        continue
      }
      self.folder = folder
      self.lock = lock
      descriptor = opened
      return
    }
    throw .unwritable(path: parent, cause: SystemError.text)
  }

  deinit {
    unlink(lock.path)
    rmdir(folder.path)
    close(descriptor)
  }

  func nextPath() -> String {
    count += 1
    return "\(folder.path)/\(count)"
  }
}
