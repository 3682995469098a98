// refrain.toml: options by their long names, and tables of options for some files alone.
//
//   min-words = 8
//
//   [[files]]
//   paths = ["blog/", "*.txt"]
//   min-words = 12

import RefrainFiles
import RefrainModel

/// A settings file, read and valid.
struct ConfigurationFile: Sendable {
  /// The name of a settings file.
  static let name = "refrain.toml"
  /// The key of a table for some files, and of the patterns in it.
  static let filesKey = "files"
  static let pathsKey = "paths"

  /// Options for files that match patterns.
  struct Section: Sendable {
    var patterns: PathPatterns
    var options: RawOptions
  }

  let place: SettingsPlace
  private(set) var options = RawOptions()
  private(set) var sections: [Section] = []

  /// Reads a file.
  ///
  /// - Throws: `badFile` for anything that is no TOML, for unknown keys, with the nearest known one,
  ///   and for values of the wrong type, with the line of the key; for paths, too, that a file that
  ///   was found must not name. `unreadable` where such a file is a link to elsewhere.
  init(_ place: SettingsPlace) throws(RefrainError) {
    self.place = place
    if let fault = place.fault { throw .unreadable(path: place.path, cause: fault) }
    let bytes = try InputOpener.read(place.path)
    for member in try TOMLDocument.parse(bytes, path: place.path) {
      if member.key == Self.filesKey {
        guard case .array(let entries) = member.value else {
          throw fault(member.line, "files is \(member.value.kindName), not [[files]] tables")
        }
        for entry in entries { sections.append(try section(entry)) }
      } else {
        try set(member, in: &options, among: CheckOption.allCases.map(\.rawValue) + [Self.filesKey])
      }
    }
  }

  /// The options that this file sets for an input: those of the last section that matches, then of
  /// the one before, then those of the file as a whole.
  func options(for path: String) -> RawOptions {
    guard !sections.isEmpty, let below = SettingsSearch.path(path, below: place.folder) else {
      return options
    }
    return sections.reduce(options) { result, section in
      section.patterns.matches(below) ? section.options.over(result) : result
    }
  }

  private func section(_ entry: TOMLEntry) throws(RefrainError) -> Section {
    guard case .table(let members) = entry.value else {
      throw fault(entry.line, "files holds \(entry.value.kindName), not tables")
    }
    let perFile = CheckOption.allCases.filter { $0.definition.reach == .file }.map(\.rawValue)
    var options = RawOptions()
    var patterns: [String]?
    for member in members {
      if member.key == Self.pathsKey {
        switch OptionKind.paths.value(member.value) {
        case .success(.list(let list)): patterns = list
        case .success: break
        case .failure(let wrong):
          throw fault(wrong.line ?? member.line, "paths: \(wrong.cause)")
        }
        continue
      }
      if let option = CheckOption(rawValue: member.key), option.definition.reach != .file {
        throw fault(
          member.line,
          "\(member.key) applies to a whole \(option.definition.reach == .run ? "run" : "folder") and "
            + "cannot be set for some files; only "
            + "\(perFile.joined(separator: ", ")) can")
      }
      try set(member, in: &options, among: perFile + [Self.pathsKey])
    }
    guard let patterns, !patterns.isEmpty else {
      throw fault(entry.line, "a [[files]] table needs paths, a list of patterns")
    }
    return Section(patterns: PathPatterns(patterns), options: options)
  }

  private func set(
    _ member: TOMLMember, in options: inout RawOptions, among known: [String]
  ) throws(RefrainError) {
    guard known.contains(member.key), let option = CheckOption(rawValue: member.key) else {
      let hint = Suggestion.nearest(to: member.key, among: known).map { "; did you mean \($0)?" }
      throw fault(member.line, "unknown key \(member.key)\(hint ?? "")")
    }
    switch option.definition.kind.value(member.value) {
    case .failure(let wrong):
      throw fault(wrong.line ?? member.line, "\(member.key): \(wrong.cause)")
    case .success(var value):
      for path in option.definition.kind.paths(in: value) {
        if let wrong = place.fault(naming: path) {
          throw fault(member.line, "\(member.key): \(wrong)")
        }
      }
      // Names of files are relative to the folder of the file that names them.
      switch (option.definition.kind, value) {
      case (.path, .text(let path)): value = .text(place.resolved(path))
      case (.paths, .list(let paths)): value = .list(paths.map(place.resolved))
      case (.reports, .list(let reports)):
        value = .list(reports.map { ReportTarget.resolving($0, place.resolved) })
      default: break
      }
      options.set(option, value, from: .file(path: place.path, line: member.line))
    }
  }

  private func fault(_ line: Int, _ cause: String) -> RefrainError {
    .badFile(path: place.path, line: line, cause: cause)
  }
}

/// What somebody who mistyped a name may have meant.
enum Suggestion {
  /// The name with the fewest edits (insert, delete, replace, swap), if they are at most a third of
  /// its length, of several the first; else the one name that begins like this.
  static func nearest(to typed: String, among names: [String]) -> String? {
    let typed = Array(typed.lowercased().replacing("_", with: "-").utf8)
    var best: (distance: Int, name: String)?
    for name in names {
      let distance = distance(typed, Array(name.utf8))
      if distance <= max(1, name.utf8.count / 3), distance < best?.distance ?? .max {
        best = (distance, name)
      }
    }
    if let best { return best.name }
    let longer = names.filter { typed.count > 2 && $0.utf8.starts(with: typed) }
    return longer.count == 1 ? longer[0] : nil
  }

  /// Optimal string alignment distance.
  ///
  /// O(|a| x |b|).
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, before[j - 1] + 1)
        }
        row.append(least)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
