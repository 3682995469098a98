// Files that hold no records that are read, whatever they are called, known by how they begin.

/// Containers and compressions that begin with bytes of their own.
enum ContainerSignature {
  private static let known: [(bytes: [UInt8], name: String)] = [
    (Array("PAR1".utf8), "a Parquet file"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz data"), (Array("BZh".utf8), "bzip2 data"),
    ([0x04, 0x22, 0x4D, 0x18], "lz4 data"), ([0x50, 0x4B, 0x03, 0x04], "a zip archive"),
    (Array("ARROW1".utf8), "an Arrow file"), (Array("Obj\u{1}".utf8), "an Avro file"),
    (Array("SQLite format 3\0".utf8), "an SQLite database"),
    (Array("%PDF-".utf8), "a PDF document"), ([0xFF, 0xFE], "UTF-16 text"),
    ([0xFE, 0xFF], "UTF-16 text"),
  ]

  /// What the bytes are, where they begin as something that is not read.
  static func name(of bytes: UnsafeRawBufferPointer) -> String? {
    known.first { bytes.starts(with: $0.bytes) }?.name
  }
}
