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

/// The sets of the items that later ones are compared with.
///
/// 8 bytes a distinct shingle up to `budget` bytes; what does not fit is made anew whenever it is
/// asked for, so that the budget decides the time and never the result.
package final class ShingleStore: @unchecked Sendable {
  // SAFETY: written by `load` alone, which is called while nobody reads, each element by one worker.
  private let sets: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt64>>
  private let budget: Int
  private let used = Atomic<Int>(0)
  private var pieces: [UnsafeMutablePointer<UInt64>] = []
  /// Items that have been loaded or found not to be needed: those before this one.
  private(set) var loaded = 0

  /// An empty store; see `load`.
  package init(items: Int, budget: Int) {
    self.budget = budget
    // SAFETY: a set for each item, initialised here; the store frees them with the pieces that they
    // point into.
    sets = .allocate(capacity: items)
    sets.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0))
  }

  /// A store that holds the sets of all items for which `isNeeded`.
  package convenience init(
    items: Int, budget: Int, workers: Workers, loader: () -> any ShingleLoader,
    isNeeded: (Int) -> Bool
  ) {
    self.init(items: items, budget: budget)
    load(upTo: items, workers: workers, loader: loader, isNeeded: isNeeded)
  }

  /// Loads the sets of the items before `end` for which `isNeeded`, in parallel.
  package func load(
    upTo end: Int, workers: Workers, loader: () -> any ShingleLoader, isNeeded: (Int) -> Bool
  ) {
    let start = loaded
    guard start < end else { return }
    loaded = end
    let pieceSize = 256
    let sets = self.sets
    pieces += workers.map(
      (end - start + pieceSize - 1) / pieceSize,
      state: { (loader: loader(), table: UnsafeShingleTable(), buffer: GrowingBuffer()) }
    ) { state, piece -> UnsafeMutablePointer<UInt64>? in
      var spans: [(item: Int, start: Int, count: Int)] = []
      state.buffer.count = 0
      if used.load(ordering: .relaxed) < budget {
        let first = start + piece * pieceSize
        for item in first..<min(end, first + pieceSize) where isNeeded(item) {
          let shingles = state.loader.load(item)
          let target = state.buffer.reserve(shingles.count)
          state.table.fill(shingles, unique: target)
          spans.append((item, state.buffer.count, state.table.count))
          state.buffer.count += state.table.count
        }
      }
      // SAFETY: each span lies within the piece, which lives as long as the store; no two workers
      // have one item.
      let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, state.buffer.count))
      memory.initialize(from: state.buffer.base, count: state.buffer.count)
      for span in spans {
        sets[span.item] = UnsafeBufferPointer(start: memory + span.start, count: span.count)
      }
      used.wrappingAdd(state.buffer.count * 8, ordering: .relaxed)
      return memory
    }
  }

  deinit {
    for piece in pieces { piece.deallocate() }
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

  /// The shingles of an item, perhaps with repeats, valid until the next call.
  package func shingles(_ item: Int) -> UnsafeBufferPointer<UInt64> {
    store.resident(item) ?? loader.load(item)
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

/// Growing memory that never shrinks.
final class GrowingBuffer {
  // SAFETY: `base` has room for `capacity` elements, of which `count` are in use.
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
