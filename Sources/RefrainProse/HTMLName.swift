// The names of elements as numbers, with what the rules of the HTML standard say of each: a page has a tag every
// few words, and to compare names letter by letter would take longer than to find them.

internal import RefrainModel

/// What the rules of the standard, and this reader, know of an element.
struct HTMLTraits: OptionSet {
  let rawValue: UInt16

  /// Changes how text looks, and is opened again and again where nothing closes it.
  static let formatting = HTMLTraits(rawValue: 1)
  static let tablePart = HTMLTraits(rawValue: 1 << 1)
  static let heading = HTMLTraits(rawValue: 1 << 2)
  /// Holds elements of another language.
  static let foreign = HTMLTraits(rawValue: 1 << 3)
  /// Ends a picture or a formula that it stands in.
  static let ending = HTMLTraits(rawValue: 1 << 4)
  /// Is never many deep: without content, one of a kind, or a part of a table, for these end each other.
  static let uncounted = HTMLTraits(rawValue: 1 << 5)
  /// Hides what is open around it from end tags; some of SVG and MathML do.
  ///
  /// In a `select`, most tags count for nothing.
  static let barrier = HTMLTraits(rawValue: 1 << 6)
  /// One of the others that the standard calls special and that have content.
  static let special = HTMLTraits(rawValue: 1 << 7)
  /// Holds text to the parser, whatever looks like a tag in it.
  static let rawText = HTMLTraits(rawValue: 1 << 8)
  /// Shows something though no text stands in it: a description, quotation marks.
  static let shown = HTMLTraits(rawValue: 1 << 9)
  /// Joins what stands at its sides in a paragraph of Markdown: `em<b>pha</b>sis` is one word.
  static let joining = HTMLTraits(rawValue: 1 << 10)

  fileprivate static let lists: [(HTMLTraits, String)] = [
    (.formatting, "a b big code em font i nobr s small strike strong tt u"),
    (.tablePart, "caption col colgroup tbody td tfoot th thead tr"),
    (.heading, "h1 h2 h3 h4 h5 h6"),
    (.foreign, "svg math"),
    (
      .ending,
      """
      b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li \
      listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
      """
    ),
    (
      .uncounted,
      """
      area base body br col colgroup embed frame head hr html img input keygen link meta option \
      param source tbody td tfoot th thead tr track wbr
      """
    ),
    (
      .barrier,
      """
      annotation applet caption desc foreignobject marquee mi mn mo ms mtext object select table \
      template
      """
    ),
    (
      .special,
      """
      address article aside blockquote button center dd details dir div dl dt fieldset figcaption \
      figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup iframe isindex li listing main \
      menu nav noembed noframes noscript ol p plaintext pre script section style summary textarea \
      title ul xmp
      """
    ),
    (.rawText, "iframe noembed noframes script style textarea title xmp"),
    (.shown, "area image img isindex q"),
    (
      .joining,
      """
      a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rb ruby s samp small span \
      strike strong sub sup time tt u var wbr
      """
    ),
  ]
}

/// The name of an element.
struct HTMLName: Hashable {
  /// From 1 on the names that rules are about, then the others of a page.
  let number: Int

  fileprivate init(number: Int) { self.number = number }

  /// A name that rules are about.
  init(_ name: StaticString) {
    number = name.withUTF8Buffer { HTMLNames.number(of: $0, ByteRange(0, $0.count)) } ?? 0
  }

  /// The name that stands at a place, in whatever case; nil for one that no rule is about.
  init?(_ bytes: [UInt8], _ range: ByteRange) {
    let number = bytes.withUnsafeBufferPointer { HTMLNames.number(of: $0, range) }
    guard let number else { return nil }
    self.number = number
  }

  var traits: HTMLTraits {
    number < HTMLNames.known.traits.count ? HTMLNames.known.traits[number] : []
  }
}

/// Gives the names of a page their numbers.
struct HTMLNames {
  /// The numbers of names that no rule is about.
  private var others: [String: Int] = [:]

  /// The name that stands in a tag, in whatever case: ASCII letters and digits.
  ///
  /// O(length).
  mutating func name(_ bytes: [UInt8], _ range: ByteRange) -> HTMLName {
    if let known = HTMLName(bytes, range) { return known }
    let name = bytes[range.start..<range.end].lowercased
    let number = others[name] ?? Self.known.traits.count + others.count
    others[name] = number
    return HTMLName(number: number)
  }

  /// The number of a name that rules are about; nil for any other.
  fileprivate static func number(
    of bytes: UnsafeBufferPointer<UInt8>, _ range: ByteRange
  ) -> Int? {
    guard let key = Key(bytes, range) else { return nil }
    var slot = key.slot
    while known.slots[slot] != 0 {
      let number = Int(known.slots[slot])
      if known.keys[number] == key { return number }
      slot = (slot + 1) & (Table.size - 1)
    }
    return nil
  }

  fileprivate static let known = Table()

  /// A name of up to 16 letters and digits, in lower case.
  fileprivate struct Key: Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init() {}

    init(_ name: Substring) { for byte in name.utf8 { append(byte) } }

    /// Nil for a longer one.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: ByteRange) {
      guard range.count <= 16 else { return nil }
      for at in range.start..<range.end { append(bytes[at]) }
    }

    private mutating func append(_ byte: UInt8) {
      high = high << 8 | low >> 56
      // Digits have this bit anyhow.
      low = low << 8 | UInt64(byte | 0x20)
    }

    var slot: Int {
      Int(((low ^ high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 55) & (Table.size - 1)
    }
  }

  /// All names that rules are about, to be found by their letters.
  fileprivate struct Table: Sendable {
    /// Several times as many as there are names.
    static let size = 512
    private(set) var slots = [UInt8](repeating: 0, count: size)
    private(set) var keys: [Key]
    private(set) var traits: [HTMLTraits] = [[]]

    init() {
      keys = [Key()]
      var numbers: [Substring: Int] = [:]
      for (trait, names) in HTMLTraits.lists {
        for name in names.split(separator: " ") {
          if let number = numbers[name] {
            traits[number].insert(trait)
            continue
          }
          numbers[name] = traits.count
          let key = Key(name)
          var slot = key.slot
          while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
          slots[slot] = UInt8(traits.count)
          keys.append(key)
          traits.append(trait)
        }
      }
    }
  }
}
