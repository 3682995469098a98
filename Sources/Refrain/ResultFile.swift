// Finished results to where they belong, all or nothing.

import RefrainCorpus
public import RefrainModel

/// Writes whole results.
public enum ResultFile {
  /// Writes `bytes` to a file, which appears only when it is whole, or to standard output for `-`.
  public static func write(_ bytes: [UInt8], to path: String) throws(RefrainError) {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
  }
}
