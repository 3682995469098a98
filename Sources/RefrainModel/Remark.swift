// What a check has to say about the inputs beside repetition: waivers that do nothing any more.

/// A remark on one place; it never fails a gate.
public struct Remark: Hashable, Sendable {
  /// What a remark is about.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// A waiver that covers no repetition.
    case unusedWaiver = "unused-waiver"
    /// A waiver whose last day is over: what it covers is reported again.
    case expiredWaiver = "expired-waiver"
    /// A waiver that cannot be read and so is not in force.
    case badWaiver = "bad-waiver"
  }

  public var rule: Rule
  /// The file, as the user named it.
  public var path: String
  public var start: Place
  public var end: Place
  /// One sentence.
  public var message: String

  package init(rule: Rule, path: String, start: Place, end: Place, message: String) {
    self.rule = rule
    self.path = path
    self.start = start
    self.end = end
    self.message = message
  }
}
