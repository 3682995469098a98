// How alike two texts are, exactly, and as sketches that can be stored.

public import RefrainModel
import RefrainSketch

/// How alike two texts are: the exact overlap of their sets of word n-grams inside sentences.
///
/// ```swift
/// let overlap = try similarity("The ship sailed on Monday.", "The ship sailed on Tuesday.", ngram: 2)
/// print(overlap.jaccard, overlap.containment)  // 0.6 0.75
/// ```
///
/// Linear in the texts. A text without a word has no n-gram, and resembles nothing.
///
/// - Parameter ngram: words in an n-gram, 1 to 64.
/// - Throws: `RefrainError.badSetting` for any other width.
public func similarity(
  _ a: String, _ b: String, ngram: Int = 5
) throws(RefrainError) -> Overlap {
  let sketcher = TextSketcher(width: try validated(ngram: ngram), plan: nil)
  let left = sketcher.shingleSet(a)
  let right = sketcher.shingleSet(b)
  return Overlap(
    shared: left.intersection(right).count, left: left.count, right: right.count)
}

/// A MinHash signature of a text: a few hundred bytes that estimate its similarity to others.
///
/// Store `bytes`, read them back, compare with `estimate(_:)`. An estimate has a standard error of at
/// most sqrt(J(1 - J) / slots), 0.044 with 128 slots; nothing is a duplicate on a sketch's word.
public struct Sketch: Hashable, Sendable {
  /// The rules and hashes that the sketch was made with; only sketches of one scheme compare.
  public let scheme: String
  /// The slots; empty for a text without a word.
  private let slots: [UInt32]

  /// The sketch of a text.
  ///
  /// Linear in the text.
  ///
  /// - Parameters:
  ///   - slots: how many 32-bit slots, 1 to 1,024.
  ///   - ngram: words in an n-gram, 1 to 64.
  /// - Throws: `RefrainError.badSetting` for values out of range.
  public init(_ text: String, slots: Int = 128, ngram: Int = 5) throws(RefrainError) {
    guard (1...MinHasher.maximumSlots).contains(slots) else {
      throw .badSetting(
        name: "slots", cause: "\(slots) is not between 1 and \(MinHasher.maximumSlots)")
    }
    let sketcher = TextSketcher(width: try validated(ngram: ngram), plan: nil)
    scheme = "\(SketchScheme.name(width: ngram))/\(slots)"
    self.slots = MinHasher(slots: slots).sketch(Array(sketcher.shingleSet(text)))
  }

  /// The estimated Jaccard similarity, from 0 to 1; 0 where either text has no word.
  ///
  /// O(slots).
  ///
  /// - Throws: `RefrainError.mismatch` where the sketches were made under different schemes.
  public func estimate(_ other: Sketch) throws(RefrainError) -> Double {
    guard scheme == other.scheme else {
      throw .mismatch(path: "sketch", found: other.scheme, expected: scheme)
    }
    if slots.isEmpty || other.slots.isEmpty { return 0 }
    let equal = zip(slots, other.slots).count { $0 == $1 }
    return Double(equal) / Double(slots.count)
  }

  private static let mark = Array("refrain-sketch\n".utf8)

  /// The sketch as bytes to store: a mark, the scheme and a line end, then the slots, little-endian.
  public var bytes: [UInt8] {
    var bytes = Self.mark + Array(scheme.utf8) + [0x0A]
    for slot in slots {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: slot >> shift))
      }
    }
    return bytes
  }

  /// The sketch that these bytes hold.
  ///
  /// - Throws: `RefrainError.damaged` where they hold none.
  public init(bytes: [UInt8]) throws(RefrainError) {
    let body = bytes.dropFirst(Self.mark.count)
    guard bytes.starts(with: Self.mark), let end = body.firstIndex(of: 0x0A),
      let scheme = String(validating: body[..<end], as: UTF8.self),
      let count = scheme.split(separator: "/").last.flatMap({ Int($0) })
    else { throw .damaged(path: "sketch", cause: "these bytes are not a sketch") }
    let data = body[(end + 1)...]
    guard data.isEmpty || data.count == 4 * count else {
      throw .damaged(
        path: "sketch", cause: "\(data.count) bytes of slots where \(4 * count) are expected")
    }
    self.scheme = scheme
    slots = stride(from: data.startIndex, to: data.endIndex, by: 4).map { start in
      (0..<4).reduce(0) { $0 | UInt32(data[start + $1]) << UInt32(8 * $1) }
    }
  }
}

extension TextSketcher {
  /// Reads a text.
  func read(_ text: String) {
    var text = text
    text.withUTF8 { read(UnsafeRawBufferPointer($0)) }
  }

  /// The distinct shingles of a text.
  func shingleSet(_ text: String) -> Set<UInt64> {
    read(text)
    return Set(shingles)
  }
}
