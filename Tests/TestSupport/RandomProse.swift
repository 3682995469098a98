// Prose without meaning: sentences of a made-up language with a large vocabulary, so that two texts
// have nothing in common unless a test plants it.

/// Makes texts and edited copies of them.
public struct RandomProse {
  public var random: SeededGenerator
  private let vocabulary: [String]

  /// Prose over `words` words; equal seeds give equal texts.
  public init(seed: UInt64, words: Int = 8000) {
    var random = SeededGenerator(seed: seed)
    let onsets = [
      "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl",
    ]
    let vowels = ["a", "e", "i", "o", "u", "ai", "ou"]
    var vocabulary: Set<String> = []
    // At least two syllables: nothing looks like an abbreviation.
    while vocabulary.count < words {
      let syllables = Int.random(in: 2...4, using: &random)
      vocabulary.insert(
        (0..<syllables).map { _ in random.pick(onsets) + random.pick(vowels) }.joined() + "ng")
    }
    self.vocabulary = vocabulary.sorted()
    self.random = random
  }

  public mutating func word() -> String { random.pick(vocabulary) }

  /// `count` words as they come, in lower case.
  public mutating func words(_ count: Int) -> [String] { (0..<count).map { _ in word() } }

  /// Words as sentences of `length` words, the last one of what is left.
  public static func text(_ words: [String], sentence length: Int = 14) -> String {
    var text = ""
    for (index, word) in words.enumerated() {
      let isFirst = index % length == 0
      if isFirst, index > 0 { text += ". " } else if index > 0 { text += " " }
      text += isFirst ? word.prefix(1).uppercased() + word.dropFirst() : word
    }
    return words.isEmpty ? "" : text + "."
  }

  /// A text of `count` words.
  public mutating func text(_ count: Int) -> String { Self.text(words(count)) }

  /// The words with `changes` of them replaced, at places drawn without repeats.
  public mutating func edited(_ words: [String], changes: Int) -> [String] {
    var words = words
    for place in Array(words.indices).shuffled(using: &random).prefix(changes) {
      words[place] = word()
    }
    return words
  }
}
