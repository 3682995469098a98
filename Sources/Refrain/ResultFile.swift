// Finished results to where they belong, all or nothing.

import RefrainCorpus
public import RefrainModel

/// Writes whole results.
public enum ResultFile {
  /// Writes `bytes` to a file, which appears only when it is whole, or to standard output for `-`.
  public static func write(_ bytes: [UInt8], to path: String) throws(RefrainError) {
    try write([(bytes, path)])
  }

  /// Writes several results; none appears unless all could be written.
  public static func write(_ results: [(bytes: [UInt8], path: String)]) throws(RefrainError) {
    var files: [OutputFile] = []
    for result in results { files.append(try OutputFile(result.path)) }
    // Standard output last: what is printed cannot be taken back.
    let order =
      results.indices.filter { results[$0].path != "-" }
      + results.indices.filter { results[$0].path == "-" }
    for index in order { try files[index].write(results[index].bytes) }
    for index in order { try files[index].commit() }
  }

  /// The bytes of a file; 0 where there is none.
  public static func size(of path: String) -> Int { AppendedFile.size(of: path) }

  /// Appends to a file, which is made where there is none.
  public static func append(_ bytes: [UInt8], to path: String) throws(RefrainError) {
    try AppendedFile.append(bytes, to: path)
  }
}
