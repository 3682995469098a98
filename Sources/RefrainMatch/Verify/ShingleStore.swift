// The shingle sets that verification compares: in memory as far as the budget goes, made again from
// the text beyond it.

package import RefrainModel
import Synchronization

/// Makes the shingles of an item, repeats included, from its text; valid until the next call.
///
/// One a worker.
package protocol ShingleLoader: AnyObject {
  func load(_ item: Int) -> UnsafeBufferPointer<UInt64>
}

/// How long an item's set is needed.
package enum SetUse: Sendable {
  case never
  /// Until the next load: no item after those that are loaded with it is compared with it.
  case now
  case always
}

/// The sets of the items that take part in a candidate pair.
///
/// 8 bytes a distinct shingle up to `budget` bytes; what does not fit is made anew whenever it is
/// asked for, so that the budget decides the time and never the result.
package final class ShingleStore: @unchecked Sendable {
  // SAFETY: written by `load` alone, which is called while nobody reads, each element by one worker.
  private let sets: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt64>>
  private let budget: Int
  private let used = Atomic<Int>(0)
  private var lasting: [Piece] = []
  private var passing: [Piece] = []
  /// Items that have been loaded or found not to be needed: those before this one.
  private(set) var loaded = 0

  /// Sets of neighbouring items in one stretch of memory.
  private struct Piece {
    var memory: UnsafeMutablePointer<UInt64>
    var count: Int
    var items: [Int]
  }

  /// An empty store; see `load`.
  package init(items: Int, budget: Int) {
    self.budget = budget
    sets = .allocate(capacity: items)
    sets.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0))
  }

  /// A store that holds the sets of all items for which `isNeeded`.
  package convenience init(
    items: Int, budget: Int, workers: Workers, loader: () -> any ShingleLoader,
    isNeeded: (Int) -> Bool
  ) {
    self.init(items: items, budget: budget)
    load(upTo: items, workers: workers, loader: loader) { isNeeded($0) ? .always : .never }
  }

  /// Loads the sets of the items before `end`, in parallel, and forgets those of earlier loads that
  /// were for their time only.
  package func load(
    upTo end: Int, workers: Workers, loader: () -> any ShingleLoader, use: (Int) -> SetUse
  ) {
    let start = loaded
    guard start < end else { return }
    loaded = end
    forgetPassing()
    let pieceSize = 256
    let pieces = workers.map(
      (end - start + pieceSize - 1) / pieceSize,
      state: { (loader: loader(), table: UnsafeShingleTable(), now: SetList(), always: SetList()) }
    ) { state, piece -> (now: Piece, always: Piece)? in
      state.now.removeAll()
      state.always.removeAll()
      if used.load(ordering: .relaxed) < budget {
        let first = start + piece * pieceSize
        for item in first..<min(end, first + pieceSize) {
          switch use(item) {
          case .never: continue
          case .now: state.now.append(item, state.loader.load(item), state.table)
          case .always: state.always.append(item, state.loader.load(item), state.table)
          }
        }
      }
      return (store(state.now), store(state.always))
    }
    passing = pieces.map(\.now)
    lasting += pieces.map(\.always)
  }

  private func store(_ list: SetList) -> Piece {
    let count = list.buffer.count
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
    memory.initialize(from: list.buffer.base, count: count)
    for span in list.spans {
      sets[span.item] = UnsafeBufferPointer(start: memory + span.start, count: span.count)
    }
    used.wrappingAdd(count * 8, ordering: .relaxed)
    return Piece(memory: memory, count: count, items: list.spans.map(\.item))
  }

  private func forgetPassing() {
    for piece in passing {
      for item in piece.items { sets[item] = UnsafeBufferPointer(start: nil, count: 0) }
      piece.memory.deallocate()
      used.wrappingSubtract(piece.count * 8, ordering: .relaxed)
    }
    passing = []
  }

  deinit {
    for piece in lasting + passing { piece.memory.deallocate() }
    sets.deallocate()
  }

  /// The distinct shingles of an item if they are in memory.
  @inline(__always)
  package func resident(_ item: Int) -> UnsafeBufferPointer<UInt64>? {
    let set = sets[item]
    return set.baseAddress == nil ? nil : set
  }
}

/// A worker's view of the store: resident sets as they lie, the others made by its own loader.
package final class ShingleCursor {
  private let store: ShingleStore
  private let loader: any ShingleLoader
  private let table = UnsafeShingleTable()
  private let buffer = GrowingBuffer()

  package init(_ store: ShingleStore, _ loader: any ShingleLoader) {
    self.store = store
    self.loader = loader
  }

  /// The distinct shingles of an item, valid until the next call.
  package func set(_ item: Int) -> UnsafeBufferPointer<UInt64> {
    if let set = store.resident(item) { return set }
    let shingles = loader.load(item)
    buffer.count = 0
    let target = buffer.reserve(shingles.count)
    table.fill(shingles, unique: target)
    return UnsafeBufferPointer(start: target, count: table.count)
  }
}

/// Sets on their way into the store.
private final class SetList {
  let buffer = GrowingBuffer()
  private(set) var spans: [(item: Int, start: Int, count: Int)] = []

  func removeAll() {
    buffer.count = 0
    spans.removeAll(keepingCapacity: true)
  }

  func append(_ item: Int, _ shingles: UnsafeBufferPointer<UInt64>, _ table: UnsafeShingleTable) {
    table.fill(shingles, unique: buffer.reserve(shingles.count))
    spans.append((item, buffer.count, table.count))
    buffer.count += table.count
  }
}

/// Growing memory that never shrinks.
final class GrowingBuffer {
  private(set) var base: UnsafeMutablePointer<UInt64> = .allocate(capacity: 1024)
  private var capacity = 1024
  /// How many elements are in use.
  var count = 0

  deinit { base.deallocate() }

  /// Room for `extra` more elements behind those in use.
  func reserve(_ extra: Int) -> UnsafeMutablePointer<UInt64> {
    if count + extra > capacity {
      capacity = (count + extra) * 2
      let new = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
      new.moveInitialize(from: base, count: count)
      base.deallocate()
      base = new
    }
    return base + count
  }
}
