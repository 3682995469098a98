// Options as the caller gave them to options that hold: every value is checked here.

public import CRefrain
import Refrain
import RefrainCorpus
import RefrainMatch
import RefrainModel
import RefrainSketch
import RefrainText

/// What a call is asked for.
struct CallOptions: Sendable {
  var corpus = CorpusSettings()
  var keep = KeepPolicy.first
  /// Whether large classes of equal texts are listed pair by pair.
  var listsAllPairs = false
  /// Asks the caller whether to go on; nil where nobody is to be asked.
  var watch: Watch?

  /// The caller's function, and what it is to be given.
  struct Watch: @unchecked Sendable {
    // SAFETY: called on the caller's thread alone, during its call.
    let poll: @convention(c) (UnsafeMutableRawPointer?, Int32, Int64, Int64) -> Int32
    let context: UnsafeMutableRawPointer?
  }

  /// The options behind a pointer; the defaults where it is NULL.
  ///
  /// - Throws: for values out of range.
  init(_ pointer: UnsafePointer<refrain_options>?) throws(Failure) {
    guard let pointer else { return }
    // SAFETY: the caller says how much of the struct there is, and the rest is not looked at.
    let size = UnsafeRawPointer(pointer).load(as: Int.self)
    guard size >= MemoryLayout<refrain_options>.size else {
      throw .argument("options.size is \(size); begin with refrain_options_init")
    }
    let options = pointer.pointee
    corpus.threshold = try engine { () throws(RefrainError) in
      try validated(threshold: options.threshold)
    }
    corpus.recall = try engine { () throws(RefrainError) in try validated(recall: options.recall) }
    corpus.shingleWidth = try engine { () throws(RefrainError) in
      try validated(ngram: Int(options.ngram))
    }
    corpus.threads = try engine { () throws(RefrainError) in
      try validated(threads: options.threads == 0 ? nil : Int(options.threads))
    }
    corpus.plan = try Self.plan(Int(options.bands), Int(options.rows))
    corpus.match = try Self.match(Int(options.match))
    corpus.exhaustive = options.exhaustive != 0
    if corpus.exhaustive, corpus.plan != nil {
      throw Self.setting("exhaustive", "cannot be used with bands and rows")
    }
    if corpus.match != .near, corpus.exhaustive || corpus.plan != nil {
      throw Self.setting("match", "finds every pair and takes no exhaustive, bands or rows")
    }
    corpus.onError = options.skip_bad_rows == 0 ? .fail : .skip
    guard (1 << 20...1 << 50).contains(options.memory) else {
      throw Self.setting("memory", "\(options.memory) is not between 1 MiB and 1 PiB")
    }
    corpus.memory = Int(options.memory)
    if let keep = try string(options.keep, "keep") {
      guard let policy = KeepPolicy(keep) else {
        throw Self.setting(
          "keep",
          "\(keep) is not first, last, longest, newest:COLUMN, oldest:COLUMN, score:COLUMN or "
            + "priority:COLUMN=v1,v2")
      }
      self.keep = policy
    }
    listsAllPairs = options.all_pairs != 0
    watch = options.poll.map { Watch(poll: $0, context: options.context) }
  }

  private static func setting(_ name: String, _ cause: String) -> Failure {
    Failure(.badSetting(name: name, cause: cause))
  }

  private static func plan(_ bands: Int, _ rows: Int) throws(Failure) -> BandPlan? {
    if bands == 0, rows == 0 { return nil }
    guard let plan = BandPlan(bands: bands, rows: rows) else {
      throw setting("bands and rows", "\(bands) x \(rows) is not between 1 and 1024 slots")
    }
    return plan
  }

  private static func match(_ value: Int) throws(Failure) -> MatchLevel {
    switch value {
    case REFRAIN_MATCH_NEAR: return .near
    case REFRAIN_MATCH_WORDS: return .words
    case REFRAIN_MATCH_IDENTICAL: return .identical
    default: throw setting("match", "\(value) is none of REFRAIN_MATCH_...")
    }
  }
}

@c @implementation
public func refrain_options_init(
  _ options: UnsafeMutablePointer<refrain_options>?, _ size: Int
) -> Int32 {
  guard let options, size >= MemoryLayout<refrain_options>.size else {
    return Int32(REFRAIN_BAD_ARGUMENT)
  }
  var defaults = refrain_options()
  defaults.size = size
  defaults.threshold = Threshold.documents.value
  let settings = CorpusSettings()
  defaults.recall = settings.recall
  defaults.ngram = Int32(settings.shingleWidth)
  defaults.memory = Int64(settings.memory)
  options.pointee = defaults
  return Int32(REFRAIN_OK)
}

@c @implementation
public func refrain_abi_version() -> UInt32 { UInt32(REFRAIN_ABI_VERSION) }

/// A string that lives as long as the process.
private struct ConstantString: @unchecked Sendable {
  // SAFETY: never written to, and never freed.
  let bytes: UnsafePointer<CChar>

  init(_ text: String) {
    let utf8 = Array(text.utf8CString)
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: utf8.count)
    memory.initialize(from: utf8, count: utf8.count)
    bytes = UnsafePointer(memory)
  }
}

private let version = ConstantString(RefrainVersion.current)
private let scheme = ConstantString(SketchScheme.name(width: CorpusSettings().shingleWidth))

@c @implementation
public func refrain_version() -> UnsafePointer<CChar>! { version.bytes }

@c @implementation
public func refrain_scheme() -> UnsafePointer<CChar>! { scheme.bytes }
