// Why a finding has its level: what was measured, what each measure counts, and the sentence that says it.

/// What some pages of a collection are for, where that makes their repetition rightful.
///
/// A class never fails a gate by itself: what belongs to one is a note at most.
public enum PassageClass: String, Hashable, Sendable, CaseIterable {
  /// Release notes, news, a history: what is said once for each version.
  case changelog
  /// The same page in another version of a manual.
  case version
  /// The same page in another language.
  case translation
  /// A page and what a program made of it.
  case generated
  /// Pages on one plan, such as those of commands: the same headings, other values; entries of one list on a page;
  /// what an index says of pages.
  case reference
  /// Licences, notices and terms.
  case legal
}

/// How the level of a finding came about.
public struct Judgement: Hashable, Sendable {
  /// One measure and what it counts.
  public struct Item: Hashable, Sendable {
    /// What was measured; the tables in the documentation say how.
    public var measure: String
    public var value: Int
    /// What the value adds to the sum; below zero where it speaks against the finding.
    public var points: Int

    package init(measure: String, value: Int, points: Int) {
      self.measure = measure
      self.value = value
      self.points = points
    }
  }

  /// Which table of points was asked: `page` or `text`.
  public var table: String
  public var items: [Item]
  /// The least sum of an error, and of a note.
  public var leastForError: Int
  public var leastForNote: Int
  /// What a person reads, without its stop.
  public var sentence: String

  /// What all measures count together.
  public var points: Int { items.reduce(0) { $0 + $1.points } }

  package init(
    table: String, items: [Item], leastForError: Int, leastForNote: Int, sentence: String = ""
  ) {
    self.table = table
    self.items = items
    self.leastForError = leastForError
    self.leastForNote = leastForNote
    self.sentence = sentence
  }
}
