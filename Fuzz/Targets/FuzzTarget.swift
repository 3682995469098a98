// The parsers that are fuzzed, by the names that `make fuzz TARGET=` takes.

import RefrainModel
import RefrainText

/// A parser with what is asserted of it.
enum FuzzTarget: String, CaseIterable {
  case markdown, mdx, html, rst, asciidoc, org, notebook, plain
  /// JSON Lines.
  case records
  /// refrain.toml.
  case settings
  case baseline
  case waivers
  case gzip
  /// Words and sentences.
  case words

  func run(_ bytes: [UInt8]) {
    switch self {
    case .markdown: ProseTarget.run(bytes, .markdown)
    case .mdx: ProseTarget.run(bytes, .mdx)
    case .html: ProseTarget.run(bytes, .html)
    case .rst: ProseTarget.run(bytes, .restructuredText)
    case .asciidoc: ProseTarget.run(bytes, .asciiDoc)
    case .org: ProseTarget.run(bytes, .org)
    case .notebook: ProseTarget.run(bytes, .notebook)
    case .plain: ProseTarget.run(bytes, .plain)
    case .records: RecordTarget.run(bytes)
    case .settings: SettingsTarget.run(bytes)
    case .baseline: BaselineTarget.run(bytes)
    case .waivers: WaiverTarget.run(bytes)
    case .gzip: GzipTarget.run(bytes)
    case .words: WordTarget.run(bytes)
    }
  }
}

/// Where the characters of a text begin, so that offsets can be held to their edges.
struct CharacterEdges {
  private let bytes: [UInt8]

  /// - Parameter bytes: valid UTF-8.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the offset lies in the text, or at its end, and not inside a character.
  func holds(_ offset: Int) -> Bool {
    offset == bytes.count || bytes.indices.contains(offset) && bytes[offset] & 0xC0 != 0x80
  }

  /// Whether the range lies in the text and cuts no character.
  func holds(_ range: ByteRange) -> Bool {
    range.start <= range.end && holds(range.start) && holds(range.end)
  }
}
