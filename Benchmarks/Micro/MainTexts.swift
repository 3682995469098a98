// The main text of pages as JSON Lines, for `Benchmarks/maintext.py` to compare with other programs'.

import RefrainFiles
import RefrainModel
import RefrainProse

enum MainTexts {
  /// Writes a line a page: its path, main text, and the names of the parts that were left out.
  static func run(_ paths: [String]) throws {
    for path in paths {
      let main = MainText.extract(try InputOpener.read(path))
      var bytes: [UInt8] = []
      JSONText.append(to: &bytes) { json in
        json.beginObject()
        json.key("path")
        json.string(path)
        json.key("text")
        json.string(String(decoding: main.text, as: UTF8.self))
        json.key("boilerplate")
        json.beginArray()
        for part in main.boilerplate { json.string(part.name.rawValue) }
        json.endArray()
        json.endObject()
      }
      print(String(decoding: bytes, as: UTF8.self))
    }
  }
}
