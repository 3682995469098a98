// Numbers in hexadecimal digits, of a fixed length.

extension FixedWidthInteger {
  /// The number in lower-case hexadecimal digits, with zeros in front up to `digits` of them.
  package func hexadecimal(digits: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
  }
}
