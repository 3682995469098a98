// Compressed files for tests, by zlib itself.

import CZlib
import Foundation

extension ScratchFolder {
  /// Writes a gzip file, of as many members as `parts`.
  public func gzip(_ name: String, _ parts: String...) throws {
    try write(name, [])
    for part in parts {
      guard let stream = gzopen(self(name), "ab") else { throw CocoaError(.fileWriteUnknown) }
      let bytes = Array(part.utf8)
      let written = bytes.withUnsafeBytes { gzwrite(stream, $0.baseAddress, UInt32($0.count)) }
      guard gzclose(stream) == Z_OK, Int(written) == bytes.count else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
  }
}
