// How far a long run is: told to whoever wants to show it.

/// What a run is at.
package struct Progress: Sendable {
  /// The stages of a run, in order.
  package enum Stage: String, Sendable {
    case reading
    case bucketing
    /// Passages that texts share.
    case matching
    /// Passages that a text says twice.
    case rereading
    case verifying
    case writing
  }

  package var stage: Stage
  /// What is done, of `total`: bytes while reading, records or pieces of work afterwards.
  package var done: Int
  package var total: Int

  package init(stage: Stage, done: Int, total: Int) {
    self.stage = stage
    self.done = done
    self.total = total
  }

  /// Receives progress from any thread, as often as a block of work is done.
  package typealias Handler = @Sendable (Progress) -> Void
}
