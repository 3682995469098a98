// How far a long run is: told to whoever wants to show it.

/// What a run is at.
public struct Progress: Sendable {
  /// The stages of a run, in order.
  public enum Stage: String, Sendable {
    case reading
    case bucketing
    case verifying
    case writing
  }

  public var stage: Stage
  /// What is done, of `total`: bytes while reading, records afterwards.
  public var done: Int
  public var total: Int

  package init(stage: Stage, done: Int, total: Int) {
    self.stage = stage
    self.done = done
    self.total = total
  }

  /// Receives progress from any thread, as often as a block of work is done.
  public typealias Handler = @Sendable (Progress) -> Void
}
