// How a run is told to stop: a flag that workers look at before they take the next piece of work.

import Synchronization

/// Asks a run to stop.
///
/// Whoever raises it waits for the pieces that are being worked on, some milliseconds each. What a stage
/// returns afterwards is incomplete, and `check` keeps it from being taken for a result.
package final class StopSignal: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  /// Whether the run is to stop.
  package var isRaised: Bool { flag.load(ordering: .relaxed) }

  /// Asks to stop; there is no way back.
  package func raise() { flag.store(true, ordering: .relaxed) }

  /// Ends a stage whose result may be incomplete.
  ///
  /// - Throws: `interrupted` where it was raised.
  package func check() throws(RefrainError) {
    if isRaised { throw .interrupted }
  }
}
