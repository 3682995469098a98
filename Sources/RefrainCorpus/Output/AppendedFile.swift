// Text at the end of a file that others write to as well, such as the summary of a CI job.

import Glibc
package import RefrainModel

package enum AppendedFile {
  /// The bytes that are there already.
  package static func size(of path: String) -> Int {
    var info = stat()
    return stat(path, &info) == 0 ? Int(info.st_size) : 0
  }

  /// Appends bytes in one piece; the file is made where there is none.
  package static func append(_ bytes: [UInt8], to path: String) throws(RefrainError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unwritable(path: path, cause: SystemError.text) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let n = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else { throw .unwritable(path: path, cause: SystemError.text) }
      rest = rest.dropFirst(n)
    }
  }
}
