// Times the readers: how many bytes of a format become prose in a second, and how many words there are.

import RefrainFiles
import RefrainModel
import RefrainProse
import RefrainText

enum Readers {
  /// Reads all texts at and below the paths, format by format.
  static func run(_ paths: [String]) throws {
    let files = try FileWalker(respectIgnoreFiles: false).walk(paths).files
    for format in TextFormat.allCases {
      let own = files.filter { $0.kind == .text(format) }.map(\.path)
      if own.isEmpty { continue }
      let texts = try own.map { ($0, try InputOpener.read($0)) }
      var words = 0
      let analyzer = TextAnalyzer()
      for (path, bytes) in texts {
        guard let prose = try? Prose(bytes, format: format, path: path) else { continue }
        words += analyzer.analyze(prose.text).words.count
      }
      let bytes = Double(texts.reduce(0) { $0 + $1.1.count })
      let time = Micro.best(7) {
        for (path, bytes) in texts { _ = try? Prose(bytes, format: format, path: path) }
      }
      Micro.report("\(format), \(own.count) files, \(words) words", bytes * 1000 / time, "MB/s")
    }
  }
}
