// Sizes as people write them: 512M, 4G.

/// A number of bytes, as people write it.
struct ByteCount {
  let bytes: Int

  /// Reads `1048576`, `512K`, `512M`, `4G` or `1T`, in powers of 1024; nil for anything else.
  init?(_ text: String) {
    var digits = Substring(text.uppercased())
    if digits.hasSuffix("B") { digits.removeLast() }
    var factor = 1
    if let last = digits.last, let power = "KMGT".firstIndex(of: last) {
      factor = 1 << (10 * (1 + "KMGT".distance(from: "KMGT".startIndex, to: power)))
      digits.removeLast()
    }
    guard let number = Int(digits), number > 0, number <= Int.max / factor else { return nil }
    bytes = number * factor
  }
}
