// The values of one array, read where they lie after all that can be checked was checked.

import CRefrain

/// A stretch of an Arrow array: the buffers of a column with their layout.
///
/// Pointers are those of the array, whose owner must live as long.
struct UnsafeArrowColumn {
  // SAFETY: within the rows that `init` was asked for, each access lies inside the stretches that it
  // checked. How long buffers are is known of views alone; of the others the producer's offsets say it.
  private let type: ColumnType
  private let first: Int
  private let rows: Int
  private let validity: UnsafeRawPointer?
  /// Offsets, views or numbers.
  private let main: UnsafeRawPointer?
  private let data: UnsafeRawPointer?
  private let variadic: UnsafeMutablePointer<UnsafeRawPointer?>?
  private let variadicSizes: UnsafeRawPointer?
  private let variadicCount: Int
  /// The strings that numbers stand for.
  private let dictionary: [UnsafeRawBufferPointer?]

  /// The rows `range` of an array, counted without its own offset.
  ///
  /// O(rows).
  /// - Throws: where the array is not what its type says.
  init(_ array: ArrowArray, _ type: ColumnType, rows range: Range<Int>, _ name: String)
    throws(Failure)
  {
    func broken(_ cause: String) -> Failure { .arrow("\(name): \(cause)") }
    guard array.release != nil else { throw broken("was already released") }
    guard array.length >= 0, array.offset >= 0, array.length <= 1 << 48, array.offset <= 1 << 48
    else { throw broken("has \(array.length) rows from \(array.offset)") }
    guard range.upperBound <= Int(array.length) else {
      throw broken("has \(array.length) rows where \(range.upperBound) are expected")
    }
    var count = Int(array.n_buffers)
    guard (0...1 << 24).contains(count), count == 0 || array.buffers != nil else {
      throw broken("has \(array.n_buffers) buffers")
    }
    let expected: ClosedRange<Int>
    switch type {
    case .strings(.views): expected = 3...(1 << 24)
    case .strings: expected = 3...3
    case .dictionary, .integers, .floats, .doubles: expected = 2...2
    }
    guard expected.contains(count) else {
      throw broken("has \(count) buffers where its type has \(expected.lowerBound)")
    }
    self.type = type
    self.first = Int(array.offset) + range.lowerBound
    rows = range.count
    validity = array.null_count == 0 ? nil : array.buffers[0]
    main = array.buffers[1]
    guard main != nil || rows == 0 else { throw broken("has a NULL buffer") }
    var values: [UnsafeRawBufferPointer?] = []
    if case .strings(.views) = type {
      count -= 3
      data = nil
      variadic = count == 0 ? nil : array.buffers + 2
      variadicSizes = array.buffers[2 + count]
      variadicCount = count
      guard variadicSizes != nil || count == 0 else { throw broken("has a NULL buffer") }
    } else {
      data = count == 3 ? array.buffers[2] : nil
      (variadic, variadicSizes, variadicCount) = (nil, nil, 0)
    }
    if case .dictionary(_, let layout) = type {
      guard let strings = array.dictionary?.pointee else { throw broken("has no dictionary") }
      guard (0...1 << 32).contains(strings.length) else {
        throw broken("its dictionary has \(strings.length) values")
      }
      let column = try UnsafeArrowColumn(
        strings, .strings(layout), rows: 0..<Int(strings.length), "\(name): its dictionary")
      values = (0..<Int(strings.length)).map { column.string($0) }
    }
    dictionary = values
    if let row = (0..<rows).first(where: { !isSound($0) }) {
      throw broken("row \(row + range.lowerBound) lies outside of its buffers")
    }
  }

  /// The validity of a struct's rows, and nothing else of it.
  init(validityOf array: ArrowArray) {
    type = .integers(.bytes)
    first = Int(array.offset)
    rows = Int(array.length)
    validity = array.buffers[0]
    (main, data, variadic, variadicSizes, variadicCount) = (nil, nil, nil, nil, 0)
    dictionary = []
  }

  /// Whether the row holds nothing.
  func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    let bit = first + row
    return validity.load(fromByteOffset: bit >> 3, as: UInt8.self) >> UInt8(bit & 7) & 1 == 0
  }

  /// A number at an index of a buffer, which need not be aligned.
  private func load<Number: BitwiseCopyable>(
    _ buffer: UnsafeRawPointer, _ index: Int, as type: Number.Type = Number.self
  ) -> Number {
    buffer.loadUnaligned(fromByteOffset: index * MemoryLayout<Number>.stride, as: type)
  }

  /// Whether what a row says lies where something is.
  private func isSound(_ row: Int) -> Bool {
    guard let main else { return false }
    let index = first + row
    switch type {
    case .strings(.offsets32):
      let (start, end): (Int32, Int32) = (load(main, index), load(main, index + 1))
      return start >= 0 && end >= start && (data != nil || end == start)
    case .strings(.offsets64):
      let (start, end): (Int64, Int64) = (load(main, index), load(main, index + 1))
      return start >= 0 && end >= start && end <= 1 << 48 && (data != nil || end == start)
    case .strings(.views):
      if isNull(row) { return true }
      let length: Int32 = load(main, index * 4)
      if length <= 12 { return length >= 0 }
      let (buffer, offset): (Int32, Int32) = (load(main, index * 4 + 2), load(main, index * 4 + 3))
      guard buffer >= 0, Int(buffer) < variadicCount, offset >= 0, let variadicSizes,
        variadic?[Int(buffer)] != nil
      else { return false }
      let size: Int64 = load(variadicSizes, Int(buffer))
      return Int64(offset) + Int64(length) <= size
    case .dictionary(let layout, _):
      if isNull(row) { return true }
      return integer(main, index, layout).map { dictionary.indices.contains($0) } ?? false
    case .integers, .floats, .doubles: return true
    }
  }

  /// The number at an index; nil where it exceeds an `Int`.
  private func integer(_ buffer: UnsafeRawPointer, _ index: Int, _ layout: IntegerLayout) -> Int? {
    switch (layout.width, layout.isSigned) {
    case (1, true): Int(load(buffer, index, as: Int8.self))
    case (1, false): Int(load(buffer, index, as: UInt8.self))
    case (2, true): Int(load(buffer, index, as: Int16.self))
    case (2, false): Int(load(buffer, index, as: UInt16.self))
    case (4, true): Int(load(buffer, index, as: Int32.self))
    case (4, false): Int(load(buffer, index, as: UInt32.self))
    case (_, true): Int(load(buffer, index, as: Int64.self))
    case (_, false): Int(exactly: load(buffer, index, as: UInt64.self))
    }
  }

  /// The string of a row; nil where it holds nothing, or no string.
  func string(_ row: Int) -> UnsafeRawBufferPointer? {
    guard let main, !isNull(row) else { return nil }
    let index = first + row
    switch type {
    case .strings(.offsets32):
      let (start, end): (Int32, Int32) = (load(main, index), load(main, index + 1))
      return bytes(data, Int(start), Int(end))
    case .strings(.offsets64):
      let (start, end): (Int64, Int64) = (load(main, index), load(main, index + 1))
      return bytes(data, Int(start), Int(end))
    case .strings(.views):
      let length = Int(load(main, index * 4, as: Int32.self))
      if length <= 12 { return bytes(main, index * 16 + 4, index * 16 + 4 + length) }
      let (buffer, offset): (Int32, Int32) = (load(main, index * 4 + 2), load(main, index * 4 + 3))
      return bytes(variadic?[Int(buffer)], Int(offset), Int(offset) + length)
    case .dictionary(let layout, _):
      return integer(main, index, layout).flatMap { dictionary[$0] }
    case .integers, .floats, .doubles: return nil
    }
  }

  private func bytes(_ base: UnsafeRawPointer?, _ start: Int, _ end: Int) -> UnsafeRawBufferPointer
  {
    UnsafeRawBufferPointer(start: base.map { $0 + start }, count: base == nil ? 0 : end - start)
  }

  /// A number of a row.
  enum Number {
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)
  }

  /// The number of a row; nil where it holds nothing, or no number.
  func number(_ row: Int) -> Number? {
    guard let main, !isNull(row) else { return nil }
    let index = first + row
    switch type {
    case .strings, .dictionary: return nil
    case .integers(let layout):
      guard let value = integer(main, index, layout) else { return .unsigned(load(main, index)) }
      return .integer(Int64(value))
    case .floats: return .double(Double(load(main, index, as: Float.self)))
    case .doubles: return .double(load(main, index))
    }
  }
}
