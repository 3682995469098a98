// The fixed set of workers that every parallel stage runs on: numbered pieces of work in, results
// in the order of the numbers out, whatever the number of threads.

import Dispatch
import Glibc
import Synchronization

/// Runs numbered pieces of work on a fixed number of threads.
package struct Workers: Sendable {
  /// How many threads work at most.
  package let threads: Int
  /// Once raised, no further piece is handed out, and results end early.
  private let stop: StopSignal?

  package init(threads: Int, stop: StopSignal? = nil) {
    self.threads = max(1, threads)
    self.stop = stop
  }

  /// As many threads as the process may use processors.
  package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Calls `body` once for each of `0 ..< count`, with a state of its thread's own, and returns the
  /// results in order.
  ///
  /// Pieces are handed out in ascending order. Once `body` returns nil for a piece, no further
  /// piece is handed out; those that were come to their end, so that the first nil by number is the
  /// same for any number of threads, and it and all behind it are missing from the result.
  ///
  /// - Parameter finish: given the state of each thread that has no more pieces to come.
  package func map<State, Result>(
    _ count: Int, state: () -> State, finish: (inout State) -> Void = { _ in },
    _ body: (inout State, Int) -> Result?
  ) -> [Result] {
    // SAFETY: each result is initialised, written by the one worker that took its number, and read
    // when all are done.
    let results = UnsafeMutableBufferPointer<Result?>.allocate(capacity: count)
    results.initialize(repeating: nil)
    defer {
      results.deinitialize()
      results.deallocate()
    }
    let next = Atomic<Int>(0)
    let stopped = Atomic<Bool>(false)
    let crew = min(threads, max(1, count))
    func work() {
      var mine = state()
      while !stopped.load(ordering: .relaxed), stop?.isRaised != true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if piece >= count { break }
        if let result = body(&mine, piece) {
          results[piece] = result
        } else {
          stopped.store(true, ordering: .relaxed)
        }
      }
      finish(&mine)
    }
    if crew == 1 {
      work()
    } else {
      // SAFETY: each piece's number is handed to one thread only, so no element is shared; what the
      // closures capture is the caller's to keep apart.
      withoutActuallyEscaping(work) { work in
        nonisolated(unsafe) let shared = work
        DispatchQueue.concurrentPerform(iterations: crew) { _ in shared() }
      }
    }
    var done: [Result] = []
    done.reserveCapacity(count)
    for result in results {
      guard let result else { break }
      done.append(result)
    }
    return done
  }

  /// Calls `body` once for each of `0 ..< count`, in no order, with a state of its thread's own.
  package func forEach<State>(
    _ count: Int, state: () -> State, finish: (inout State) -> Void = { _ in },
    _ body: (inout State, Int) -> Void
  ) {
    _ = map(count, state: state, finish: finish) { state, piece -> Bool? in
      body(&state, piece)
      return true
    }
  }
}
