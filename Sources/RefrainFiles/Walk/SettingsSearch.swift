// Which settings file bears on an input: the one in the nearest folder, from its own upward.

package import RefrainModel

/// A settings file that was found.
package struct SettingsPlace: Hashable, Sendable {
  /// As it is opened and printed: relative to the working folder where that is above or below it.
  package var path: String
  /// The folder it lies in, absolute and without links, with a slash behind.
  package var folder: [UInt8]
  /// The highest folder that was searched, if the file was found and not named, as `folder` is written:
  /// such a file may be anybody's.
  package var fence: [UInt8]?

  /// Why the file itself is not to be read; nil where it may be.
  package var fault: String? {
    guard let fence else { return nil }
    let real = try? UnsafePOSIX.realPath(Array(path.utf8))
    return real?.starts(with: fence) == true
      ? nil : "is a link to somewhere else; to use it, name it with --config"
  }

  /// Why the file may not name this path, as it is written there; nil where it may.
  ///
  /// A file that was named is its user's own and may name any.
  package func fault(naming value: String) -> String? {
    guard fence != nil, value != "-" else { return nil }
    return PathFence.fault(value, in: folder).map {
      "\(value) \($0); only a settings file named with --config may use it"
    }
  }

  /// A path inside the settings file as the program, in its working folder, opens it.
  package func resolved(_ value: String) -> String {
    guard !value.hasPrefix("/"), value != "-" else { return value }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return value }
    return path[...slash] + value
  }
}

/// Looks for settings files by name, and remembers what it found.
package struct SettingsSearch: Sendable {
  private let name: [UInt8]
  private let workingFolder: [UInt8]
  private var found: [[UInt8]: SettingsPlace?] = [:]

  package init(name: String) {
    self.name = Array(name.utf8)
    workingFolder = (try? UnsafePOSIX.realPath(Array(".".utf8))) ?? Array("/".utf8)
  }

  /// The file that bears on what lies in a folder, which is absolute and without links.
  package mutating func nearest(in folder: [UInt8]) -> SettingsPlace? { nearest(above: folder) }

  /// The working folder, absolute and without links.
  package var here: [UInt8] { workingFolder }

  /// The file that bears on `path`, a file or folder; nil where there is none.
  ///
  /// The search goes up to the root of the repository that the path lies in; outside of one it begins in
  /// the working folder or below and ends there, since above it settings may be anybody's. Standard
  /// input and what does not exist lie in the working folder.
  ///
  /// Complexity: O(depth) system calls for the first path of a folder, O(1) for the others.
  package mutating func nearest(to path: String) -> SettingsPlace? {
    guard let real = try? UnsafePOSIX.realPath(Array(path.utf8)), path != "-" else {
      return nearest(above: workingFolder)
    }
    let entry = try? UnsafePOSIX.entry(at: real, following: true)
    return nearest(above: entry == .folder ? real : Self.parent(of: real))
  }

  /// The place of a settings file that was named.
  package func place(of path: String) throws(RefrainError) -> SettingsPlace {
    do {
      let real = try UnsafePOSIX.realPath(Array(path.utf8))
      return SettingsPlace(path: path, folder: Self.slashed(Self.parent(of: real)), fence: nil)
    } catch {
      throw .unreadable(path: path, cause: error.cause)
    }
  }

  /// A path below the folder of a settings file, as its patterns see it; nil for one outside.
  package static func path(_ path: String, below folder: [UInt8]) -> [UInt8]? {
    guard let real = try? UnsafePOSIX.realPath(Array(path.utf8)), real.starts(with: folder) else {
      return nil
    }
    return Array(real[folder.count...])
  }

  private mutating func nearest(above folder: [UInt8]) -> SettingsPlace? {
    if let known = found[folder] { return known }
    let place = highest(above: folder).flatMap { nearest(above: folder, upTo: $0) }
    found[folder] = .some(place)
    return place
  }

  private mutating func nearest(above folder: [UInt8], upTo top: [UInt8]) -> SettingsPlace? {
    if let known = found[folder] { return known }
    let base = Self.slashed(folder)
    var place: SettingsPlace?
    if (try? UnsafePOSIX.entry(at: base + name, following: true)) == .file {
      place = SettingsPlace(path: shown(base), folder: base, fence: Self.slashed(top))
    } else if folder != top {
      place = nearest(above: Self.parent(of: folder), upTo: top)
    }
    found[folder] = .some(place)
    return place
  }

  /// The last folder to look into from `folder` upward; nil where not even there.
  private func highest(above folder: [UInt8]) -> [UInt8]? {
    if let root = RepositoryRoot.above(folder) { return root }
    return Self.slashed(folder).starts(with: Self.slashed(workingFolder)) ? workingFolder : nil
  }

  /// The file in `folder`, as seen from the working folder.
  private func shown(_ folder: [UInt8]) -> String {
    let here = Self.slashed(workingFolder)
    var path: [UInt8]
    if folder.starts(with: here) {
      path = Array(folder[here.count...])
    } else if here.starts(with: folder) {
      let steps = here[folder.count...].filter { $0 == UInt8(ascii: "/") }.count
      path = (0..<steps).flatMap { _ in Array("../".utf8) }
    } else {
      path = folder
    }
    path += name
    return String(decoding: path, as: UTF8.self)
  }

  private static func slashed(_ folder: [UInt8]) -> [UInt8] {
    folder.last == UInt8(ascii: "/") ? folder : folder + [UInt8(ascii: "/")]
  }

  private static func parent(of path: [UInt8]) -> [UInt8] {
    let slash = path.lastIndex(of: UInt8(ascii: "/")) ?? 0
    return slash == 0 ? [UInt8(ascii: "/")] : Array(path[..<slash])
  }
}

/// Patterns of paths, as in `.gitignore`, with what is below a folder that matches.
package struct PathPatterns: Hashable, Sendable {
  private let rules: IgnoreRules

  package init(_ patterns: [String]) {
    rules = IgnoreRules(Array(patterns.joined(separator: "\n").utf8))
  }

  /// Whether the last pattern that bears on a path, or on the nearest folder above it, takes it in.
  package func matches(_ path: [UInt8]) -> Bool { matches(path[...], isFolder: false) }

  func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    if let verdict = rules.verdict(on: path, isFolder: isFolder) { return verdict }
    var rest = path
    while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
      rest = rest[..<slash]
      if let verdict = rules.verdict(on: rest, isFolder: true) { return verdict }
    }
    return false
  }
}
