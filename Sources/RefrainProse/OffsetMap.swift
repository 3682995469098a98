// The way back from prose to file: which bytes on disk a stretch of decoded text stands for.
//
// Prose is mostly the file's own bytes with markup left out, so the map is a list of segments: a
// verbatim one stands for as many source bytes as it has, byte for byte; a decoded one (an entity,
// an escape, the gap between two blocks) stands as a whole for a source range of any length.
// Neighbouring verbatim segments are joined, so an untouched file is one segment whatever its size.

package import RefrainModel

/// A monotone map from offsets in a text to byte offsets in the source that it was taken from.
package struct OffsetMap: Hashable, Sendable {
  /// A stretch of text with the source that it stands for.
  package struct Segment: Hashable, Sendable {
    /// Where it begins in the text; it ends where the next one begins.
    package var text: Int
    /// The source bytes it stands for.
    package var source: ByteRange
    /// Whether text and source are the same bytes, so that offsets within move in step.
    package var isVerbatim: Bool
  }

  /// In order of the text and of the source; none is empty in the text.
  package private(set) var segments: [Segment] = []
  /// How many bytes of text are mapped.
  package private(set) var count = 0

  /// A map of no text.
  package init() {}

  /// The map of a text that is its source from byte `start` on.
  ///
  /// O(1) time and memory.
  package init(identity count: Int, from start: Int = 0) {
    appendVerbatim(ByteRange(start, start + count))
  }

  /// Where the source of the last byte ends; 0 for a map of no text.
  package var sourceEnd: Int { segments.last?.source.end ?? 0 }

  // MARK: Building

  /// Maps the next `source.count` bytes of text to `source`, byte for byte.
  ///
  /// Amortized O(1).
  package mutating func appendVerbatim(_ source: ByteRange) {
    guard !source.isEmpty else { return }
    defer { count += source.count }
    if let last = segments.indices.last, segments[last].isVerbatim,
      segments[last].source.end == source.start
    {
      segments[last].source.end = source.end
      return
    }
    segments.append(Segment(text: count, source: source, isVerbatim: true))
  }

  /// Maps the next `length` bytes of text to the whole of `source`.
  ///
  /// Amortized O(1).
  package mutating func appendDecoded(_ length: Int, source: ByteRange) {
    guard length > 0 else { return }
    segments.append(Segment(text: count, source: source, isVerbatim: false))
    count += length
  }

  /// Forgets the text from offset `length` on.
  ///
  /// O(segments forgotten).
  package mutating func truncate(to length: Int) {
    guard length < count else { return }
    while let last = segments.last, last.text >= length { segments.removeLast() }
    if let last = segments.indices.last, segments[last].isVerbatim {
      segments[last].source.end = segments[last].source.start + length - segments[last].text
    }
    count = max(0, length)
  }

  /// Makes room for the rest of a source of so many bytes, once it is known how many segments its beginning takes.
  ///
  /// An array that doubles as it grows is copied again and again, and the pages that it leaves behind are cleared.
  package mutating func makeRoom(forSourceOf length: Int) {
    guard segments.count == segments.capacity, segments.count >= Self.leastSegments else { return }
    let expected = Double(segments.count) * Double(length) / Double(max(sourceEnd, 1))
    // A beginning that is dense in markup says little of the rest.
    let most = 8 * segments.count
    segments.reserveCapacity(min(Int(expected * 1.125) + 1, most))
  }

  private static let leastSegments = 128

  // MARK: Looking up

  /// The least source range that covers the text in `range`.
  ///
  /// It starts where the source of the first byte starts and ends where that of the last byte ends,
  /// so that `em**pha**sis` reaches from `e` to `s` with the asterisks inside and none outside. An
  /// empty range gives the empty range before its byte. Offsets outside the text are clamped to it.
  ///
  /// Complexity: O(log segments).
  package func source(of range: ByteRange) -> ByteRange {
    let low = min(max(range.start, 0), count)
    let high = min(range.end, count)
    let start = low < count ? source(ofByte: low).start : sourceEnd
    guard high > low else { return ByteRange(start, start) }
    return ByteRange(start, source(ofByte: high - 1).end)
  }

  /// The source of the one byte at `offset`, which must lie in the text.
  private func source(ofByte offset: Int) -> ByteRange {
    let segment = segments[segmentIndex(at: offset)]
    guard segment.isVerbatim else { return segment.source }
    let start = segment.source.start + offset - segment.text
    return ByteRange(start, start + 1)
  }

  /// The last segment that begins at or before `offset`.
  private func segmentIndex(at offset: Int) -> Int {
    var low = 0
    var high = segments.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if segments[middle].text <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
