// Arrow arrays for tests, as a program in C would make them, and tables as it would read them.

import CRefrain
import Testing

/// An Arrow array of strings with buffers of its own, which a test may spoil before it is imported.
final class TestArray {
  enum Layout: String {
    case offsets32 = "u"
    case offsets64 = "U"
    case views = "vu"
  }

  var schema = ArrowSchema()
  var array = ArrowArray()
  private var memory: [UnsafeMutableRawPointer] = []

  /// Told when an imported array is released.
  private let onRelease: () -> Void

  init(
    _ texts: [String?], _ layout: Layout = .offsets64, name: String = "text",
    onRelease: @escaping () -> Void = {}
  ) {
    self.onRelease = onRelease
    schema.format = UnsafePointer(copy(Array(layout.rawValue.utf8CString)))
    schema.name = UnsafePointer(copy(Array(name.utf8CString)))
    schema.release = { $0?.pointee.release = nil }
    var validity = [UInt8](repeating: 0, count: texts.count / 8 + 1)
    for (row, text) in texts.enumerated() where text != nil { validity[row / 8] |= 1 << (row % 8) }
    let bytes = texts.map { Array(($0 ?? "").utf8) }
    var starts = [0]
    for text in bytes { starts.append(starts[starts.count - 1] + text.count) }
    let data = raw(Array(bytes.joined()) + [0])
    let buffers: [UnsafeMutableRawPointer]
    switch layout {
    case .offsets32: buffers = [raw(validity), raw(starts.map { Int32($0) }), data]
    case .offsets64: buffers = [raw(validity), raw(starts.map { Int64($0) }), data]
    case .views:
      var views: [Int32] = []
      for (text, start) in zip(bytes, starts) {
        let short = text.count <= 12 ? text + [UInt8](repeating: 0, count: 12 - text.count) : []
        let words = stride(from: 0, to: short.count, by: 4).map { at in
          (0..<4).reduce(Int32(0)) {
            $0 | Int32(bitPattern: UInt32(short[at + $1]) << (8 * UInt32($1)))
          }
        }
        views += [Int32(text.count)] + (short.isEmpty ? [0, 0, Int32(start)] : words)
      }
      buffers = [raw(validity), raw(views), data, raw([Int64(starts[texts.count])])]
    }
    array.length = Int64(texts.count)
    array.null_count = -1
    array.n_buffers = Int64(buffers.count)
    let pointers: UnsafeMutablePointer<UnsafeRawPointer?> = copy(
      buffers.map { UnsafeRawPointer($0) })
    array.buffers = pointers
    array.release = { array in
      guard let array, let own = array.pointee.private_data else { return }
      let this = Unmanaged<TestArray>.fromOpaque(own).takeRetainedValue()
      this.onRelease()
      array.pointee.release = nil
    }
  }

  deinit { for stretch in memory { stretch.deallocate() } }

  func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let target = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    target.initialize(from: values, count: values.count)
    memory.append(UnsafeMutableRawPointer(target))
    return target
  }

  private func raw<Value>(_ values: [Value]) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(copy(values))
  }

  /// Writes a number into a buffer.
  func poke<Number>(_ buffer: Int, _ index: Int, _ value: Number) {
    let bytes = UnsafeMutableRawPointer(mutating: array.buffers[buffer])
    bytes?.storeBytes(
      of: value, toByteOffset: index * MemoryLayout<Number>.stride, as: Number.self)
  }

  /// Imports it; the library keeps this object until it releases the array.
  func texts(_ error: inout refrain_error) -> refrain_handle? {
    if array.release != nil { array.private_data = Unmanaged.passRetained(self).toOpaque() }
    var handle: refrain_handle = 0
    let status = refrain_texts_from_array(&schema, &array, nil, nil, &handle, &error)
    #expect(status == error.status || status == 0)
    return status == 0 ? handle : nil
  }

  /// Imports what must be sound.
  func texts() throws -> refrain_handle {
    var error = refrain_error()
    let handle = texts(&error)
    return try #require(handle, "\(error.words)")
  }
}

extension refrain_error {
  /// The sentence.
  var words: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// A table of the library.
struct TestTable {
  var schema = ArrowSchema()
  var array = ArrowArray()

  var rows: Int { Int(array.length) }

  /// The values of a column.
  func column<Value: BitwiseCopyable>(_ name: String, as: Value.Type = UInt64.self) -> [Value] {
    for index in 0..<Int(schema.n_children) {
      guard let own = schema.children[index]?.pointee, String(cString: own.name) == name,
        let values = array.children[index]?.pointee.buffers[1]
      else { continue }
      return Array(
        UnsafeBufferPointer(start: values.assumingMemoryBound(to: Value.self), count: rows))
    }
    Issue.record("no column \(name)")
    return []
  }

  mutating func release() {
    array.release(&array)
    schema.release(&schema)
    #expect(array.release == nil && schema.release == nil)
  }
}

/// Options as the library gives them.
func defaultOptions() -> refrain_options {
  var options = refrain_options()
  #expect(refrain_options_init(&options, MemoryLayout<refrain_options>.size) == 0)
  return options
}
