// The wildcards of ignore files, over bytes: `*`, `?`, `[a-z]`, `**`, as gitignore(5) has them.
//
// A pattern is compiled to a list of steps that are walked all at once, as a set of positions, so
// that no pattern, however many stars it has, takes more than (its length) x (the path's length).

/// A compiled pattern that matches whole paths, in which wildcards never match a slash unless they
/// are `**`.
struct GlobPattern: Hashable, Sendable {
  private enum Step: Hashable, Sendable {
    /// This very byte.
    case byte(UInt8)
    /// `?`: any byte but a slash.
    case any
    /// `[...]`: one byte of a set, never a slash.
    case set(ByteSet)
    /// `*`: any bytes but slashes.
    case star
    /// `**` at the end, or before an escaped slash: any bytes.
    case everything
    /// `**/`: nothing, or any bytes up to and with a slash; the second half of it is entered with
    /// the first and left by a slash.
    case folders
    case insideFolders
  }

  private var steps: [Step] = []

  /// Compiles a pattern; nil for one that matches nothing: a bracket or a backslash left open, or a
  /// `[:class:]` that does not exist.
  init?(_ pattern: ArraySlice<UInt8>) {
    var rest = pattern
    var isSegmentStart = true
    while let byte = rest.popFirst() {
      var next = UInt8(ascii: "x")
      switch byte {
      case UInt8(ascii: "*"):
        let more = rest.prefix { $0 == byte }.count
        rest = rest.dropFirst(more)
        next = byte
        if more > 0, isSegmentStart, rest.isEmpty || rest.starts(with: "\\/".utf8) {
          steps.append(.everything)
        } else if more > 0, isSegmentStart, rest.first == UInt8(ascii: "/") {
          rest.removeFirst()
          steps += [.folders, .insideFolders]
          next = UInt8(ascii: "/")
        } else {
          steps.append(.star)
        }
      case UInt8(ascii: "?"): steps.append(.any)
      case UInt8(ascii: "["):
        guard let set = ByteSet(bracket: &rest) else { return nil }
        steps.append(.set(set))
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        steps.append(.byte(escaped))
        next = escaped
      default:
        steps.append(.byte(byte))
        next = byte
      }
      isSegmentStart = next == UInt8(ascii: "/")
    }
  }

  /// Whether the pattern matches all of `path`.
  ///
  /// O(steps x bytes) time, O(steps) memory.
  func matches(_ path: ArraySlice<UInt8>) -> Bool {
    var current = [Bool](repeating: false, count: steps.count + 1)
    enter(0, &current)
    for byte in path {
      var next = [Bool](repeating: false, count: steps.count + 1)
      var isAlive = false
      for (index, step) in steps.enumerated() where current[index] {
        isAlive = true
        let isSlash = byte == UInt8(ascii: "/")
        switch step {
        case .byte(let wanted): if byte == wanted { enter(index + 1, &next) }
        case .any: if !isSlash { enter(index + 1, &next) }
        case .set(let set): if !isSlash, set.contains(byte) { enter(index + 1, &next) }
        case .star: if !isSlash { enter(index, &next) }
        case .everything: enter(index, &next)
        case .folders: break
        case .insideFolders:
          next[index] = true
          if isSlash { enter(index + 1, &next) }
        }
      }
      guard isAlive else { return false }
      current = next
    }
    return current[steps.count]
  }

  /// Reaches a position, and those behind it that take no byte to reach.
  private func enter(_ position: Int, _ positions: inout [Bool]) {
    var at = position
    positions[at] = true
    while at < steps.count {
      switch steps[at] {
      case .star, .everything: at += 1
      case .folders:
        positions[at + 1] = true
        at += 2
      default: return
      }
      positions[at] = true
    }
  }
}
