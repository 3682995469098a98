// The index of texts in memory: many may ask at once, one at a time may change it.

public import CRefrain
import Glibc
import Refrain
import RefrainCorpus
import RefrainModel

/// An index with a lock.
private final class SharedIndex: @unchecked Sendable {
  // SAFETY: the index is only touched under the lock, which lives as long as this object.
  private let lock: UnsafeMutablePointer<pthread_rwlock_t>
  private var index: SimilarityIndex<UInt64>

  init(_ index: SimilarityIndex<UInt64>) {
    self.index = index
    lock = .allocate(capacity: 1)
    pthread_rwlock_init(lock, nil)
  }

  deinit {
    pthread_rwlock_destroy(lock)
    lock.deallocate()
  }

  func read<Result>(_ body: (borrowing SimilarityIndex<UInt64>) throws(Failure) -> Result)
    throws(Failure) -> Result
  {
    pthread_rwlock_rdlock(lock)
    defer { pthread_rwlock_unlock(lock) }
    return try body(index)
  }

  func write<Result>(_ body: (inout SimilarityIndex<UInt64>) throws(Failure) -> Result)
    throws(Failure) -> Result
  {
    pthread_rwlock_wrlock(lock)
    defer { pthread_rwlock_unlock(lock) }
    return try body(&index)
  }
}

@c @implementation
public func refrain_index_new(
  _ options: UnsafePointer<refrain_options>?, _ index: UnsafeMutablePointer<refrain_handle>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let settings = try CallOptions(options).corpus
    let target = try required(index, "index")
    let index = try engine { () throws(RefrainError) in
      try SimilarityIndex<UInt64>(
        threshold: settings.threshold.value, recall: settings.recall, ngram: settings.shingleWidth)
    }
    target.pointee = Handles.add(SharedIndex(index))
  }
}

@c @implementation
public func refrain_index_count(
  _ index: refrain_handle, _ count: UnsafeMutablePointer<Int64>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let index: SharedIndex = try Handles.find(index, "index")
    let target = try required(count, "count")
    target.pointee = Int64(try index.read { index in index.count })
  }
}

/// The ids that a caller gave.
private func ids(_ pointer: UnsafePointer<UInt64>?, _ count: Int64) throws(Failure) -> [UInt64] {
  guard count >= 0 else { throw .argument("count is \(count)") }
  if count == 0 { return [] }
  return Array(UnsafeBufferPointer(start: try required(pointer, "ids"), count: Int(count)))
}

@c @implementation
public func refrain_index_insert(
  _ index: refrain_handle, _ texts: refrain_handle, _ own: UnsafePointer<UInt64>?, _ count: Int64,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let index: SharedIndex = try Handles.find(index, "index")
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let ids = try ids(own, count)
    guard ids.count == texts.count else {
      throw .argument("there are \(ids.count) ids for \(texts.count) texts")
    }
    try texts.requireSound()
    try index.write { index throws(Failure) in
      for (row, id) in ids.enumerated() {
        let text = texts.text(row).map { String(decoding: $0, as: UTF8.self) } ?? ""
        do throws(RefrainError) {
          try index.insert(id, text)
        } catch {
          for earlier in ids[..<row] { index.remove(earlier) }
          throw Failure(
            status: REFRAIN_BAD_ARGUMENT, message: error.description, row: Int64(row))
        }
      }
    }
  }
}

@c @implementation
public func refrain_index_remove(
  _ index: refrain_handle, _ own: UnsafePointer<UInt64>?, _ count: Int64,
  _ removed: UnsafeMutablePointer<Int64>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let index: SharedIndex = try Handles.find(index, "index")
    let ids = try ids(own, count)
    let gone = try index.write { index in ids.reduce(0) { $0 + (index.remove($1) ? 1 : 0) } }
    removed?.pointee = Int64(gone)
  }
}

@c @implementation
public func refrain_index_query(
  _ index: refrain_handle, _ texts: refrain_handle, _ limit: Int64,
  _ options: UnsafePointer<refrain_options>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let index: SharedIndex = try Handles.find(index, "index")
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    guard limit >= 0 else { throw .argument("limit is \(limit)") }
    try texts.requireSound()
    let columns = try options.run { stop, progress throws(Failure) in
      let workers = Workers(threads: options.corpus.threads, stop: stop)
      return try index.read { index throws(Failure) in
        let asked = copy index
        let found = workers.map(texts.count, state: { () }) {
          _, row -> [SimilarityIndex<UInt64>.Match]? in
          progress(Progress(stage: .verifying, done: row, total: texts.count))
          let text = texts.text(row).map { String(decoding: $0, as: UTF8.self) } ?? ""
          return asked.query(text, limit: Int(limit))
        }
        try engine { () throws(RefrainError) in try stop.check() }
        var columns = PairColumns("query", "id")
        for (row, matches) in found.enumerated() {
          for match in matches {
            columns.append(UInt64(row), match.id, match.overlap, match.reason)
          }
        }
        return columns
      }
    }
    target.write(columns.table)
  }
}
