// Classes of ASCII bytes, for all who look for marks in UTF-8.

extension UInt8 {
  /// A space or a tab.
  @inlinable package var isBlank: Bool { self == 0x20 || self == 0x09 }
  /// One of ASCII's six white-space characters.
  @inlinable package var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  /// 0 to 9.
  @inlinable package var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
  /// A to Z, a to z.
  @inlinable package var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
