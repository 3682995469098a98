// Baselines: what is read is the same when it is written and read again, and what is written is what
// is read, whatever the documents are called.

import RefrainJobs
import RefrainModel

enum BaselineTarget {
  private static let file = ScratchFile(named: "refrain.baseline")

  /// Bytes are a file, or, behind a first byte of 1, names of documents.
  static func run(_ bytes: [UInt8]) {
    if bytes.first == 1 { return runNames(bytes[1...]) }
    guard let entries = read(bytes, lines: bytes.count { $0 == 0x0A } + 1) else { return }
    checkRoundTrip(entries)
  }

  private static func runNames(_ bytes: ArraySlice<UInt8>) {
    var entries: [Baseline.Entry] = []
    for (number, part) in bytes.split(separator: 2).enumerated() {
      var places: [String: Int] = [:]
      for name in part.split(separator: 3) {
        places[String(decoding: name, as: UTF8.self), default: 0] += 1
      }
      if places.isEmpty { continue }
      let digits = String(number, radix: 16)
      entries.append(
        Baseline.Entry(
          fingerprint: String(repeating: "0", count: 16 - digits.count) + digits,
          sketch: (0..<UInt64(part.count % 17)).map { $0 &* 0x9E37_79B9_7F4A_7C15 },
          places: places, hint: "near-repeat across, \(number) words"))
    }
    checkRoundTrip(entries)
  }

  private static func checkRoundTrip(_ entries: [Baseline.Entry]) {
    let written = BaselineFile.write(entries)
    guard let again = read(written, lines: .max) else {
      fatalError("does not hold: what is written can be read")
    }
    require(Set(again) == Set(entries), "what is read again is what was written")
    require(BaselineFile.write(again) == written, "written again it is the same bytes")
  }

  /// The entries of a file; nil where it is refused, for a cause in the file.
  private static func read(_ bytes: [UInt8], lines: Int) -> [Baseline.Entry]? {
    file.write(bytes)
    do {
      return try Baseline(path: file.path).entries
    } catch .badRecord(_, let line, _, let cause) {
      require((1...max(1, lines)).contains(line), "the line of the error is one of the file")
      require(!cause.isEmpty, "an error has a cause")
    } catch .badSetting {
      require(bytes.first == UInt8(ascii: "{"), "a result that is none is refused as one")
    } catch .mismatch(_, let found, let expected) {
      require(found != expected, "schemes differ")
    } catch .damaged {
      require(bytes.starts(with: [0x1F, 0x8B]), "gzip is damaged")
    } catch .notUTF8 {
      require(String(validating: bytes, as: UTF8.self) == nil, "valid UTF-8 is refused")
    } catch .otherScheme(_, let found, let expected, _) {
      require(found != expected, "schemes differ")
    } catch .notText {
      require(isUTF16(bytes), "text is taken for another encoding")
    } catch {
      fatalError("an error without a cause in the bytes: \(error)")
    }
    return nil
  }
}
