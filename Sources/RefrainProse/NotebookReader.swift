internal import RefrainModel

enum NotebookReader {
  static func read(_ bytes: [UInt8], from start: Int, path: String) throws(RefrainError) -> Prose {
    .none
  }
}
