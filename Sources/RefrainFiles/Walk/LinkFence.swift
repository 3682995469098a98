// How far the links may lead that a walk meets: texts may come from anybody, and with them a link to a
// private file, whose words a report would show.

/// Judges where links lead.
struct LinkFence: Sendable {
  /// The folder that is walked, with a slash behind.
  private let walked: [UInt8]
  /// The root of its repository, with a slash behind; the folder itself where it lies in none.
  private let root: [UInt8]
  private let hidden: Bool

  /// - Parameters:
  ///   - folder: what is walked, absolute and without links.
  ///   - hidden: whether names that start with a dot are walked, too.
  init(walking folder: [UInt8], hidden: Bool) {
    walked = Self.slashed(folder)
    root = Self.slashed(RepositoryRoot.above(folder) ?? folder)
    self.hidden = hidden
  }

  /// Whether a walk of the whole repository could meet a file under this path, absolute and without
  /// links: it is neither outside, nor in `.git`, nor hidden.
  func admits(_ path: [UInt8]) -> Bool {
    guard path.starts(with: root) else { return false }
    // What is hidden above a folder that was named is no matter.
    let below = path.starts(with: walked) ? path[walked.count...] : path[root.count...]
    return below.split(separator: UInt8(ascii: "/")).allSatisfy { name in
      hidden
        ? String(decoding: name, as: UTF8.self).lowercased() != ".git"
        : name.first != UInt8(ascii: ".")
    }
  }

  private static func slashed(_ folder: [UInt8]) -> [UInt8] {
    folder.last == UInt8(ascii: "/") ? folder : folder + [UInt8(ascii: "/")]
  }
}
