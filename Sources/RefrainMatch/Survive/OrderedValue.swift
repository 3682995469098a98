// The values of a field that decide which record is newer: numbers as numbers, dates as instants.

import RefrainModel

/// A field's value as a policy compares it; only values of one kind compare.
struct OrderedValue: Comparable, Sendable {
  enum Kind: String, Sendable {
    case number
    case date
  }

  let kind: Kind
  /// The whole part of a number, exactly, or an instant in seconds since 1970.
  private let whole: Int128
  /// What a number has behind its point, from 0 to under 1; or the fraction of a second.
  private let fraction: Double

  static func < (a: Self, b: Self) -> Bool {
    a.whole != b.whole ? a.whole < b.whole : a.fraction < b.fraction
  }

  /// The value of a number, of a string that holds one, or of an ISO 8601 date; nil for any other.
  init?(_ id: RecordID) {
    switch id {
    case .integer(let value): self.init(number: Int128(value), 0)
    case .unsigned(let value): self.init(number: Int128(value), 0)
    case .number(let value): self.init(value)
    case .string(let text), .numeral(let text):
      let trimmed = text.trimmed
      if let number = Int128(trimmed) {
        self.init(number: number, 0)
      } else if let date = ISODate(trimmed) {
        self.init(kind: .date, whole: Int128(date.seconds), fraction: date.fraction)
      } else if let number = Double(trimmed) {
        self.init(number)
      } else {
        return nil
      }
    case .place: return nil
    }
  }

  private init(kind: Kind, whole: Int128, fraction: Double) {
    self.kind = kind
    self.whole = whole
    self.fraction = fraction
  }

  private init(number whole: Int128, _ fraction: Double) {
    self.init(kind: .number, whole: whole, fraction: fraction)
  }

  /// Beyond 2^100 a double stands for the largest or least value there is.
  private init?(_ value: Double) {
    guard !value.isNaN else { return nil }
    let limit = 0x1p100
    if value >= limit || value <= -limit {
      self.init(number: value > 0 ? Int128.max : Int128.min, 0)
    } else {
      let floor = value.rounded(.down)
      self.init(number: Int128(floor), value - floor)
    }
  }
}

/// A calendar date, with or without a time of day, as ISO 8601 writes it: `2024-02-01`,
/// `2024-02-01T09:30`, `2024-02-01 09:30:15.25Z`, `2024-02-01T09:30:15+02:00`.
///
/// A time without a zone is taken as UTC.
private struct ISODate {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  let seconds: Int
  let fraction: Double

  init?(_ text: some StringProtocol) {
    var digits = DigitReader(text)
    guard let year = digits.number(4), digits.take("-"), let month = digits.number(2),
      digits.take("-"), let day = digits.number(2), (1...12).contains(month),
      (1...Self.days(in: month, of: year)).contains(day)
    else { return nil }
    var seconds = Self.days(year, month, day) * 86_400
    var fraction = 0.0
    if digits.take("T") || digits.take("t") || digits.take(" ") {
      guard let hour = digits.number(2), digits.take(":"), let minute = digits.number(2),
        hour < 24, minute < 60
      else { return nil }
      seconds += hour * 3600 + minute * 60
      if digits.take(":") {
        guard let second = digits.number(2), second <= 60 else { return nil }
        seconds += second
        if digits.take(".") || digits.take(",") {
          guard let value = digits.fraction() else { return nil }
          fraction = value
        }
      }
      guard let offset = Self.offset(&digits) else { return nil }
      seconds -= offset
    }
    guard digits.isAtEnd else { return nil }
    self.seconds = seconds
    self.fraction = fraction
  }

  /// The distance to UTC in seconds; 0 where none is written.
  private static func offset(_ digits: inout DigitReader) -> Int? {
    if digits.isAtEnd || digits.take("Z") || digits.take("z") { return 0 }
    let sign = digits.take("+") ? 1 : -1
    guard sign == 1 || digits.take("-"), let hours = digits.number(2), hours < 24 else {
      return nil
    }
    if digits.isAtEnd { return sign * hours * 3600 }
    _ = digits.take(":")
    guard let minutes = digits.number(2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days since 1970-01-01.
  ///
  /// After H. Hinnant's "chrono-compatible low-level date algorithms": years
  /// begin in March, and eras of 400 of them have 146,097 days.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400 - (year < 0 && year % 400 != 0 ? 1 : 0)
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}

/// Reads digits and marks from the front of a text.
private struct DigitReader {
  private var rest: Substring.UTF8View

  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == mark.value else { return false }
    rest.removeFirst()
    return true
  }

  /// A number of exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// The digits behind a point, one at least.
  mutating func fraction() -> Double? {
    var (value, unit) = (0.0, 0.1)
    guard let first = digit() else { return nil }
    value = Double(first) * unit
    while let digit = digit() {
      unit /= 10
      value += Double(digit) * unit
    }
    return value
  }

  private mutating func digit() -> Int? {
    guard let first = rest.first, (0x30...0x39).contains(first) else { return nil }
    rest.removeFirst()
    return Int(first) - 0x30
  }
}

extension String {
  /// Without white space at either end.
  fileprivate var trimmed: Substring {
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return self[start...end]
  }
}
