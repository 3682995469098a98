// Finished results to where they belong, all or nothing.

import RefrainFiles
package import RefrainModel

/// Writes whole results.
package enum ResultFile {
  /// Writes `bytes` to a file, which appears only when it is whole, or to standard output for `-`.
  package static func write(_ bytes: [UInt8], to path: String) throws(RefrainError) {
    try write([(bytes, path)])
  }

  /// Writes several results; none appears unless all could be written.
  package static func write(_ results: [(bytes: [UInt8], path: String)]) throws(RefrainError) {
    var places: [OutputPlace] = []
    for result in results { places.append(try OutputPlace(result.path)) }
    OutputFile.clearStale(places)
    var files: [OutputFile] = []
    for place in places { files.append(try OutputFile(place)) }
    // Standard output last: what is printed cannot be taken back.
    let order =
      results.indices.filter { results[$0].path != "-" }
      + results.indices.filter { results[$0].path == "-" }
    for index in order {
      try files[index].write(results[index].bytes)
      try files[index].finish()
    }
    try OutputFile.publish(files)
  }

  /// Refuses outputs that cannot be written, and such as are inputs, before anything is read.
  ///
  /// Several outputs may be one: see `repeated`.
  /// - Throws: `unwritable`, `overwritesInput`.
  package static func requireApart(
    outputs: [(option: String, path: String)], inputs: [String]
  ) throws(RefrainError) {
    for (option, path) in outputs {
      var files = RunFiles()
      let place = try files.add(option, path)
      for input in inputs { try files.requireApart(from: input) }
      // Settings are looked for in every folder that a run reads.
      if place.exists, place.name == ConfigurationFile.name {
        throw .overwritesInput(option: option, path: path, input: path)
      }
    }
  }

  /// The index of the first path that leads to the same file as one before it; nil where all differ.
  ///
  /// Devices may be written to by several.
  package static func repeated(_ paths: [String]) -> Int? {
    var known: Set<FileIdentity> = []
    return paths.firstIndex { path in
      FileIdentity(ofOutput: path).map { !known.insert($0).inserted } ?? false
    }
  }

  /// The bytes of a file; 0 where there is none.
  package static func size(of path: String) -> Int { AppendedFile.size(of: path) }

  /// Appends to a file, which is made where there is none.
  package static func append(_ bytes: [UInt8], to path: String) throws(RefrainError) {
    try AppendedFile.append(bytes, to: path)
  }
}
