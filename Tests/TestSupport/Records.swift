// Records as JSON Lines, to write them and to read what came out.

import Foundation
import RefrainModel

/// The JSON of records.
public enum Records {
  /// One line, without its line end: the id as a JSON value, the text, and further members as JSON.
  public static func line(_ id: String?, _ text: String, _ more: String = "") -> String {
    var json = JSONText()
    json.string(text)
    let value = String(decoding: json.bytes, as: UTF8.self)
    let start = id.map { "\"id\": \($0), " } ?? ""
    return "{\(start)\"text\": \(value)\(more.isEmpty ? "" : ", " + more)}"
  }

  /// Lines as a file.
  public static func file(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// The objects of JSON Lines.
  public static func parse(_ lines: [String]) throws -> [[String: Any]] {
    try lines.map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }
}
