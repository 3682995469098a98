// Times the stages one by one on seeded input: the best of many runs, in nanoseconds, one thread.
//
//   REFRAIN_BENCHMARKS=1 swift run -c release refrain-micro [STAGE ...] [CORPUS.jsonl]
//   REFRAIN_BENCHMARKS=1 swift run -c release refrain-micro readers FOLDER ...
//   REFRAIN_BENCHMARKS=1 swift run -c release refrain-micro maintext PAGE ...
//
// Stages are segment, shingle, sketch, verify, bucket and estimator; all of them where none is named.
// With a corpus, words come from its texts, otherwise from a generator.

import Glibc
import RefrainIndex
import RefrainMatch
import RefrainModel
import RefrainRecords
import RefrainSketch
import RefrainText

@main
struct Micro {
  static func main() throws {
    let stages = ["segment", "shingle", "sketch", "verify", "bucket", "estimator"]
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "readers" { return try Readers.run(Array(arguments.dropFirst())) }
    if arguments.first == "maintext" { return try MainTexts.run(Array(arguments.dropFirst())) }
    let named = arguments.filter(stages.contains)
    let texts = try arguments.first { !stages.contains($0) }.map(corpus) ?? generated()
    for stage in named.isEmpty ? stages : named {
      switch stage {
      case "segment": segment(texts)
      case "shingle": shingle(texts)
      case "sketch": sketch()
      case "verify": verify()
      case "bucket": bucket()
      default: Estimator.run()
      }
    }
  }

  /// The least time of many runs of `body`, in nanoseconds.
  static func best(_ runs: Int = 15, _ body: () -> Void) -> Double {
    var least = Double.infinity
    for _ in 0..<runs {
      var start = timespec()
      var end = timespec()
      clock_gettime(CLOCK_MONOTONIC, &start)
      body()
      clock_gettime(CLOCK_MONOTONIC, &end)
      let seconds = Double(end.tv_sec - start.tv_sec)
      least = min(least, seconds * 1e9 + Double(end.tv_nsec - start.tv_nsec))
    }
    return least
  }

  static func report(_ name: String, _ value: Double, _ unit: String) {
    let padded = name + String(repeating: " ", count: max(1, 28 - name.count))
    print("\(padded)\((value * 1000).rounded() / 1000) \(unit)")
  }

  static func segment(_ texts: [[UInt8]]) {
    let segmenter = Segmenter()
    let words = WordBuffer()
    let bytes = Double(texts.reduce(0) { $0 + $1.count })
    let time = best {
      for text in texts { text.withUnsafeBytes { segmenter.segment($0, into: words) } }
    }
    report("segment", time / bytes, "ns/byte")
  }

  static func shingle(_ texts: [[UInt8]]) {
    let segmenter = Segmenter()
    let shingler = Shingler(width: 5)
    let buffers = texts.prefix(200).map { text in
      let words = WordBuffer()
      text.withUnsafeBytes { segmenter.segment($0, into: words) }
      return words
    }
    let count = Double(buffers.reduce(0) { $0 + shingler.shingle($1).count })
    let time = best { for words in buffers { _ = shingler.shingle(words) } }
    report("shingle", time / count, "ns/shingle")
  }

  static func sketch() {
    let hasher = MinHasher(slots: 128)
    var random = SplitMix64(seed: 1)
    for n in [8, 25, 64, 128, 256, 512, 1024, 4096] {
      // One stretch of memory, so that the kernel is timed and not the way to it.
      let hashes = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 64 * n)
      let signature = UnsafeMutablePointer<UInt32>.allocate(capacity: 128)
      defer {
        hashes.deallocate()
        signature.deallocate()
      }
      for i in hashes.indices { hashes.initializeElement(at: i, to: random.next()) }
      let time = best(50) {
        for set in 0..<64 {
          let shingles = UnsafeBufferPointer(rebasing: hashes[set * n..<(set + 1) * n])
          hasher.sketch(shingles, into: signature)
        }
      }
      report("sketch m=128 n=\(n)", time / 64, "ns")
    }
  }

  static func verify() {
    var random = SplitMix64(seed: 2)
    let shared = (0..<300).map { _ in random.next() }
    let sets = (0..<64).map { _ in shared + (0..<40).map { _ in random.next() } }
    let table = UnsafeShingleTable()
    let time = best {
      sets[0].withUnsafeBufferPointer { table.fill($0) }
      for set in sets {
        set.withUnsafeBufferPointer { _ = table.overlap($0, reaching: .half) }
      }
    }
    report("verify 340 shingles", time / 64, "ns/pair")
  }

  static func bucket() {
    var random = SplitMix64(seed: 3)
    let n = 200_000
    let entries = (0..<UInt32(n)).map { KeyedEntry(key: random.next(), id: $0) }
    let sorter = RadixSorter()
    let time = best {
      var copy = entries
      copy.withUnsafeMutableBufferPointer { sorter.group($0) }
    }
    report("bucket 200,000 keys", time / Double(n), "ns/key")
  }

  static func corpus(_ path: String) throws -> [[UInt8]] {
    let source = try RecordSource(path: path)
    let reader = RecordReader(textField: "text", idField: "id")
    var lines = LineCursor(source.bytes, ByteRange(source.start, source.bytes.count))
    var texts: [[UInt8]] = []
    while texts.count < 4000, let (_, content) = lines.next() {
      let line = UnsafeRawBufferPointer(rebasing: source.bytes[content.start..<content.end])
      if case .success(let text) = reader.read(line) { texts.append([UInt8](text)) }
    }
    return texts
  }

  static func generated() -> [[UInt8]] {
    var random = SplitMix64(seed: 4)
    return (0..<1000).map { _ in
      var text = ""
      for word in 1...350 {
        let length = 1 + Int(random.next() % 9)
        text += String(
          (0..<length).map { _ in "etaoinshrdlu".randomElement(using: &random) ?? "e" })
        text += word % 23 == 0 ? ". The " : " "
      }
      return Array(text.utf8)
    }
  }
}
