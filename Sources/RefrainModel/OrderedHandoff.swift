// What many threads make in any order, taken in order.

import Synchronization

/// Hands numbered values on in the order of their numbers, whoever brings them when.
///
/// A value waits until those before it are there: pieces of work that are handed out in order come nearly in
/// order, and few wait.
package final class OrderedHandoff<Value: Sendable>: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: Value] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// Brings a value, and takes it and all that waited for it, if its turn has come; `take` runs on one thread at
  /// a time.
  package func bring(_ number: Int, _ value: Value, take: (Value) -> Void) {
    state.withLock { state in
      state.waiting[number] = value
      while let next = state.waiting.removeValue(forKey: state.next) {
        state.next += 1
        take(next)
      }
    }
  }
}
