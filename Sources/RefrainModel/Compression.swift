// The compressions that inputs come in and outputs go to, by what their files are called.

/// A form that bytes are packed in as a stream.
package enum Compression: String, CaseIterable, Sendable {
  case gzip
  case zstd
  case xz
  case bzip2
  case lz4

  /// The extensions of files, in lower case, the usual one first.
  package var extensions: [String] {
    switch self {
    case .gzip: ["gz", "gzip"]
    case .zstd: ["zst", "zstd"]
    case .xz: ["xz"]
    case .bzip2: ["bz2", "bzip2"]
    case .lz4: ["lz4"]
    }
  }

  /// The compression that a last extension, in lower case, stands for.
  package init?(extension name: String) {
    guard let known = Self.allCases.first(where: { $0.extensions.contains(name) }) else {
      return nil
    }
    self = known
  }
}

extension FileName {
  /// The compression that the last extension tells.
  package var compression: Compression? { Compression(extension: self.extension) }

  /// How records lie in the file, by its extension or by the one in front of a compression's; nil where
  /// neither tells.
  package var recordFormat: RecordFormat? {
    RecordFormat(extension: compression == nil ? self.extension : innerExtension)
  }

  /// Whether it is the name of an archive of files: `.tar`, `.zip`, `.tar.gz`, `.tgz` and their kin.
  package var isArchive: Bool {
    let last = compression == nil ? self.extension : innerExtension
    return ["tar", "zip", "tgz", "tzst", "txz", "tbz", "tbz2"].contains(last)
  }
}
