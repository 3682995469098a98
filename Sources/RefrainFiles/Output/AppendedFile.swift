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
    let descriptor = UnsafeDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o666)
    guard descriptor >= 0 else { throw .unwritable(path: path, cause: SystemError.text) }
    defer { close(descriptor) }
    var failure: RefrainError?
    // SAFETY: the bytes are written within the closure.
    bytes.withUnsafeBytes { bytes in
      do throws(RefrainError) {
        try UnsafeDescriptor.write(descriptor, bytes, path: path)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
