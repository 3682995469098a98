// What people say of files that a walk meets, besides ignore files: which are left out, and what is in those
// whose name does not tell.

package import RefrainModel

/// Patterns with the folder that they are relative to.
package struct FileRules: Hashable, Sendable {
  /// Rules from one source.
  private struct Layer: Hashable, Sendable {
    /// Absolute and without links, with a slash behind.
    var folder: [UInt8]
    var excluded: PathPatterns
    var formats: [Format]
  }

  private struct Format: Hashable, Sendable {
    var patterns: PathPatterns
    var kind: FileKind
  }

  /// The strongest first.
  private var layers: [Layer] = []

  /// No rules.
  package init() {}

  /// Whether there are none.
  package var isEmpty: Bool { layers.isEmpty }

  /// Adds rules below those that are there.
  ///
  /// - Parameters:
  ///   - folder: what the patterns are relative to, absolute and without links.
  ///   - excluded: patterns as in `.gitignore`.
  ///   - formats: extensions or patterns, each with what such files hold.
  package mutating func add(
    below folder: [UInt8], excluded: [String], formats: [(pattern: String, kind: FileKind)]
  ) {
    if excluded.isEmpty, formats.isEmpty { return }
    let slash = UInt8(ascii: "/")
    layers.append(
      Layer(
        folder: folder.last == slash ? folder : folder + [slash],
        excluded: PathPatterns(excluded),
        formats: formats.map {
          Format(patterns: PathPatterns([Self.glob($0.pattern)]), kind: $0.kind)
        }))
  }

  /// An extension as a pattern, with or without its dot: `.tmpl` and `tmpl` are `*.tmpl`.
  private static func glob(_ pattern: String) -> String {
    let name = pattern.hasPrefix(".") ? String(pattern.dropFirst()) : pattern
    let isExtension = name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F }
    return isExtension ? "*.\(name)" : pattern
  }

  /// Whether a file or folder is left out.
  ///
  /// - Parameter path: absolute and without links.
  func excludes(_ path: [UInt8], isFolder: Bool) -> Bool {
    layers.contains { layer in
      path.starts(with: layer.folder)
        && layer.excluded.matches(path[layer.folder.count...], isFolder: isFolder)
    }
  }

  /// What a file holds whatever its name says; nil where nobody said.
  func kind(of path: [UInt8]) -> FileKind? {
    for layer in layers where path.starts(with: layer.folder) {
      let below = path[layer.folder.count...]
      // The last that matches counts, as of all patterns.
      if let format = layer.formats.last(where: { $0.patterns.matches(below, isFolder: false) }) {
        return format.kind
      }
    }
    return nil
  }
}

/// Knows the rules of each folder.
package protocol FileRuleSource {
  /// The rules for what lies directly in a folder.
  ///
  /// - Parameter folder: absolute and without links.
  /// - Throws: what reading the settings of the folder throws.
  mutating func rules(in folder: [UInt8]) throws(RefrainError) -> FileRules
}
