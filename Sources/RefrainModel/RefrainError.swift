// What can go wrong, each case with file, line and cause, so that every message names the culprit.

/// Trouble that ends a run with exit status 2, or that `--on-error skip` counts and passes over.
public enum RefrainError: Error, Hashable, Sendable {
  /// A file or folder that cannot be opened or read: `cause` is the system's own words.
  case unreadable(path: String, cause: String)
  /// A file or folder that cannot be written.
  case unwritable(path: String, cause: String)
  /// A compressed file that ends early or is damaged.
  case damaged(path: String, cause: String)
  /// A text file that is not UTF-8; `byte` is the offset of the first wrong byte.
  case notUTF8(path: String, line: Int, byte: Int)
  /// A file under a text's name that is something else, though its bytes may pass for UTF-8.
  case notText(path: String, line: Int, cause: String)
  /// A record that cannot be parsed or lacks a field; the column is 1-based, in code points.
  case badRecord(path: String, line: Int, column: Int? = nil, cause: String)
  /// A settings file that cannot be understood.
  case badFile(path: String, line: Int, cause: String)
  /// A value that an option or a setting cannot take.
  case badSetting(name: String, cause: String)
  /// A result or index made under another scheme than this program's.
  case mismatch(path: String, found: String, expected: String)
  /// An output of a run that is one of its inputs, by whatever name.
  case overwritesInput(option: String, path: String, input: String)
  /// A file that somebody wrote to while it was read.
  case unsteady(path: String, hasShrunk: Bool)
  /// The process may not have what it needs to work.
  case limited(cause: String)
  /// A baseline of another scheme: what it knows findings by means nothing here.
  case otherScheme(path: String, found: String, expected: String, command: String)
  /// Whoever asked for the work asked to stop it.
  case interrupted
  /// The inputs hold nothing that could be worked on.
  case nothingToDo(cause: String)
}

extension RefrainError {
  /// The file or folder that it is about; nil where it is about none.
  package var path: String? {
    switch self {
    case .unreadable(let path, _), .unwritable(let path, _), .damaged(let path, _),
      .notUTF8(let path, _, _), .notText(let path, _, _), .badRecord(let path, _, _, _),
      .badFile(let path, _, _), .mismatch(let path, _, _), .overwritesInput(_, let path, _),
      .unsteady(let path, _), .otherScheme(let path, _, _, _):
      path
    case .badSetting, .limited, .interrupted, .nothingToDo: nil
    }
  }
}

extension RefrainError: CustomStringConvertible {
  /// One sentence, `FILE:LINE: cause` where there is a place.
  public var description: String {
    switch self {
    case .unreadable(let path, let cause): "\(path): cannot read: \(cause)"
    case .unwritable(let path, let cause): "\(path): cannot write: \(cause)"
    case .damaged(let path, let cause): "\(path): damaged: \(cause)"
    case .notUTF8(let path, let line, let byte):
      "\(path):\(line): not UTF-8 (first wrong byte at offset \(byte))"
    case .notText(let path, let line, let cause): "\(path):\(line): \(cause)"
    case .badRecord(let path, let line, let column, let cause):
      "\(path):\(line):\(column.map { "\($0):" } ?? "") \(cause)"
    case .badFile(let path, let line, let cause): "\(path):\(line): \(cause)"
    case .badSetting(let name, let cause): "\(name): \(cause)"
    case .mismatch(let path, let found, let expected):
      "\(path): made with \(found), but this program uses \(expected)"
    case .overwritesInput(let option, let path, let input):
      path == input
        ? "\(option): \(path) is an input of this run; write to another file"
        : "\(option): \(path) is the file \(input), which this run reads; write to another file"
    case .unsteady(let path, let hasShrunk):
      "\(path): \(hasShrunk ? "shrank" : "changed") while it was read; "
        + "run again when no other program writes to it"
    case .limited(let cause): cause
    case .otherScheme(let path, let found, let expected, let command):
      "\(path): this baseline was made with \(found), but this program uses \(expected); "
        + "run \(command) with the same paths to recreate it"
    case .interrupted: "stopped before it was done"
    case .nothingToDo(let cause): cause
    }
  }
}
