// What the passage jobs hand to the reports.

/// What kind of repetition a finding is.
public enum FindingKind: String, Hashable, Sendable, CaseIterable {
  /// The same words in the same order.
  case exactRepeat = "exact-repeat"
  /// Edited, shortened or retold.
  case nearRepeat = "near-repeat"
  /// Stands in many documents.
  case boilerplate
  /// Repeats what stands in quotation marks or a block quotation.
  case quotation
  /// Whole documents that repeat each other.
  case duplicateDocument = "duplicate-document"

  /// Whether a finding of the kind fails a gate unless asked otherwise.
  public var gates: Bool {
    switch self {
    case .exactRepeat, .nearRepeat, .duplicateDocument: true
    case .boilerplate, .quotation: false
    }
  }
}

/// Where the places of a finding lie.
public enum FindingScope: String, Hashable, Sendable, CaseIterable {
  /// All in one document.
  case within
  /// In two documents or more.
  case across
}

/// How much a finding asks of a person.
public enum FindingLevel: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Fails a gate.
  case error
  /// Is told, and fails nothing.
  case note
  /// Is true, and told only where all is asked for.
  case hint

  /// Whether one level asks less of a person than another.
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .hint: 0
    case .note: 1
    case .error: 2
    }
  }
}

/// One place of a finding.
public struct Occurrence: Hashable, Sendable {
  /// The file, as the user named it.
  public var path: String
  /// The record's id; nil for a file that is one document.
  public var id: RecordID?
  /// The record's line in its container.
  public var recordLine: Int?
  /// Places in the file, or in the record's decoded text.
  public var start: Place
  public var end: Place
  /// The passage as it reads there.
  public var text: String
  /// Where each sentence begins, as offsets into the UTF-8 of `text`; the first, 0, is left out.
  public var sentenceStarts: [Int] = []
  /// What stands before and behind the passage, shortened to about a line.
  public var before = ""
  public var after = ""
  /// The overlap of word bigrams with the first place; nil for the first.
  public var overlap: Overlap?
  /// The first place's text beside this one, stretch by stretch; empty for the first, where both read
  /// the same, and beyond the first few dozen that do not.
  package var alignment: [AlignedSpan] = []
  /// What its words lie in; nil for a whole document.
  public var makeup: PassageMakeup?
  /// The longest stretch of its lines that changed, where that was asked for and some did.
  public var changedLines: ClosedRange<Int>?
  /// Words of the passage.
  package var words = 0
  /// Whether a baseline holds the passage, but not in this document.
  public var isAdded = false

  /// A place without sentences, context or changes, which are set where they are known.
  package init(
    path: String, id: RecordID?, recordLine: Int?, start: Place, end: Place, text: String,
    overlap: Overlap?
  ) {
    self.path = path
    self.id = id
    self.recordLine = recordLine
    self.start = start
    self.end = end
    self.text = text
    self.overlap = overlap
  }
}

/// How a finding relates to a baseline.
public enum FindingState: String, Hashable, Sendable {
  case new
  /// In the baseline, with the same words in as many places or fewer, wherever they are now.
  case known
  /// In the baseline with other words, but most of them the same.
  case changed
  /// In the baseline, but in fewer places.
  case grown

  /// Whether a finding in this state holds repetition that was not accepted.
  public var isNew: Bool { self == .new || self == .grown }
}

/// A passage that is said more than once, with all its places.
public struct Finding: Hashable, Sendable {
  /// Sixteen hexadecimal digits, from the words of the first place: stable under edits elsewhere.
  public var id: String
  public var kind: FindingKind
  public var scope: FindingScope
  /// Word bigrams shared by the first two places; each place has its own overlap with the first.
  public var overlap: Overlap
  /// Words of the first place.
  public var words: Int
  /// The same with two characters of a script without spaces as one word: what a least number of words
  /// asks for.
  package var measuredWords: Int
  /// Words of the longest unbroken run that the first two places share.
  public var longestRun: Int
  public var occurrences: [Occurrence]
  /// From the first place to the second.
  public var difference: WordDifference
  /// What the first two places share, stretch by stretch: those that hold a content word.
  ///
  /// Empty for equal passages, which share all.
  public var shared: [String]
  /// Repeated words, discounted by how much differs: what findings are ordered by.
  public var weight: Int
  /// What the words weigh that the first two places share, in bits: how unlikely they are to stand in one
  /// place by themselves.
  public var bits = 0.0
  /// How many findings of so many bits chance alone would bring forth in a collection of this size.
  public var expect = 0.0
  /// Its number by its first place in the collection, among all that were made.
  package var number = 0
  /// How much it asks of a person, before a gate is asked: it gates if it is an error and its kind does.
  public var level = FindingLevel.error
  /// How the level came about; nil where nobody judged.
  public var judgement: Judgement?
  /// What its pages are for, where that makes the repetition rightful.
  public var passageClass: PassageClass?
  /// nil without a baseline.
  public var state: FindingState?
  /// Names all the words of all the places: what a baseline knows a finding by.
  public var fingerprint = ""
  /// The least hashes of the word bigrams of all the places, sorted: what tells an edited finding from
  /// a new one.
  public var sketch: [UInt64] = []

  /// A finding that no baseline was asked about.
  package init(
    id: String, kind: FindingKind, scope: FindingScope, overlap: Overlap, words: Int,
    longestRun: Int, occurrences: [Occurrence], difference: WordDifference, shared: [String],
    weight: Int
  ) {
    self.id = id
    self.kind = kind
    self.scope = scope
    self.overlap = overlap
    self.words = words
    measuredWords = words
    self.longestRun = longestRun
    self.occurrences = occurrences
    self.difference = difference
    self.shared = shared
    self.weight = weight
  }

  /// Whether it is true and no more: it is told only where all is asked for, and never gates.
  public var isHint: Bool { level == .hint }
}
