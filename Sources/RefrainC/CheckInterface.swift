// What texts say more than once, as a report of the check.

public import CRefrain
import Refrain
import RefrainCorpus
import RefrainModel
import RefrainReport

/// What to look for, as given and checked.
private struct CheckRequest: Sendable {
  var scope: FindingScope?
  var markup: TextFormat?
  var report = ReportFormat.json
  var leastWords = 5
  var boilerplate = 10
  var all = false

  init(_ pointer: UnsafePointer<refrain_check_options>?) throws(Failure) {
    guard let pointer else { return }
    // SAFETY: as with the options of every call.
    let size = UnsafeRawPointer(pointer).load(as: Int.self)
    guard size >= MemoryLayout<refrain_check_options>.size else {
      throw .argument("check.size is \(size)")
    }
    let options = pointer.pointee
    scope = try Self.named(options.scope, "scope", FindingScope.init(rawValue:))
    markup = try Self.named(options.markup, "markup") { Self.markups[$0] }
    report = try Self.named(options.report, "report") { ReportFormat(name: $0) } ?? .json
    leastWords = Int(options.min_words)
    boilerplate = Int(options.boilerplate)
    all = options.all != 0
  }

  private static let markups: [String: TextFormat] = [
    "plain": .plain, "markdown": .markdown, "mdx": .mdx, "rst": .restructuredText,
    "asciidoc": .asciiDoc, "org": .org, "notebook": .notebook, "html": .html,
  ]

  private static func named<Value>(
    _ pointer: UnsafePointer<CChar>?, _ option: String, _ find: (String) -> Value?
  ) throws(Failure) -> Value? {
    guard let name = try string(pointer, option) else { return nil }
    guard let value = find(name) else {
      throw Failure(.badSetting(name: option, cause: "there is no \"\(name)\""))
    }
    return value
  }
}

@c @implementation
public func refrain_check(
  _ texts: refrain_handle, _ names: refrain_handle,
  _ check: UnsafePointer<refrain_check_options>?, _ options: UnsafePointer<refrain_options>?,
  _ report: UnsafeMutablePointer<refrain_bytes>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let names: ArrowTexts = try Handles.find(names, "names")
    let request = try CheckRequest(check)
    let options = try CallOptions(options)
    let target = try required(report, "report")
    try requirePairs(texts, names)
    // Copied here, since the work may go on after the call.
    func copy(_ bytes: UnsafeRawBufferPointer?) -> String {
      bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    let pages = (0..<texts.count).map { (copy(names.text($0)), copy(texts.text($0))) }
    let bytes = try options.run(.abandoned) { _, _ throws(Failure) in
      try engine { () throws(RefrainError) in
        try Checker(
          scope: request.scope, minWords: request.leastWords, boilerplate: request.boilerplate,
          all: request.all, threads: options.corpus.threads
        ).check(pages, format: request.markup).report(request.report)
      }
    }
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    memory.initialize(from: bytes, count: bytes.count)
    target.pointee = refrain_bytes(data: memory, size: bytes.count)
  }
}

@c @implementation
public func refrain_bytes_free(_ bytes: UnsafeMutablePointer<refrain_bytes>?) {
  guard let bytes else { return }
  bytes.pointee.data?.deallocate()
  bytes.pointee = refrain_bytes(data: nil, size: 0)
}
