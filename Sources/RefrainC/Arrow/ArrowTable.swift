// Results as Arrow structs of fixed-width columns without nulls.

import CRefrain

/// A table that is handed to a caller in C.
struct ArrowTable {
  private struct Column {
    let name: String
    let format: String
    let bytes: UnsafeMutableRawPointer
  }

  // SAFETY: `export` hands the bytes of all columns over to the caller, who releases them.
  private var columns: [Column] = []
  private let rows: Int

  /// A table without columns.
  init(rows: Int) { self.rows = rows }

  mutating func add(_ name: String, _ values: [UInt64]) { add(name, "L", values) }
  mutating func add(_ name: String, _ values: [UInt32]) { add(name, "I", values) }
  mutating func add(_ name: String, _ values: [UInt8]) { add(name, "C", values) }
  mutating func add(_ name: String, _ values: [Double]) { add(name, "g", values) }

  private mutating func add<Value: BitwiseCopyable>(
    _ name: String, _ format: String, _ values: [Value]
  ) {
    let size = rows * MemoryLayout<Value>.stride
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(64, size), alignment: 64)
    values.withUnsafeBytes { source in
      if let base = source.baseAddress { bytes.copyMemory(from: base, byteCount: size) }
    }
    columns.append(Column(name: name, format: format, bytes: bytes))
  }

  /// Writes the table to where the caller wants it; once.
  func export(
    _ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>
  ) {
    var top = Self.schema(name: "", format: "+s")
    var whole = Self.array(rows: rows, buffers: [nil])
    let schemas = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(
      capacity: max(1, columns.count))
    let arrays = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(
      capacity: max(1, columns.count))
    for (index, column) in columns.enumerated() {
      let schema = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      schema.initialize(to: Self.schema(name: column.name, format: column.format))
      schemas[index] = schema
      let array = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
      array.initialize(to: Self.array(rows: rows, buffers: [nil, column.bytes]))
      arrays[index] = array
    }
    top.n_children = Int64(columns.count)
    top.children = schemas
    whole.n_children = Int64(columns.count)
    whole.children = arrays
    schema.initialize(to: top)
    array.initialize(to: whole)
  }

  private static func schema(name: String, format: String) -> ArrowSchema {
    var schema = ArrowSchema()
    schema.format = UnsafePointer(copy(format))
    schema.name = UnsafePointer(copy(name))
    schema.release = releaseSchema
    return schema
  }

  private static func array(rows: Int, buffers: [UnsafeMutableRawPointer?]) -> ArrowArray {
    var array = ArrowArray()
    array.length = Int64(rows)
    array.n_buffers = Int64(buffers.count)
    let memory = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: buffers.count)
    memory.initialize(from: buffers.map { UnsafeRawPointer($0) }, count: buffers.count)
    array.buffers = memory
    array.release = releaseArray
    return array
  }

  private static func copy(_ text: String) -> UnsafeMutablePointer<CChar> {
    let utf8 = Array(text.utf8CString)
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: utf8.count)
    memory.initialize(from: utf8, count: utf8.count)
    return memory
  }
}

// SAFETY: both get what `export` made, and clear what they release; a child that the caller moved
// elsewhere is released there.
private let releaseSchema: @convention(c) (UnsafeMutablePointer<ArrowSchema>?) -> Void = { schema in
  guard let schema, schema.pointee.release != nil else { return }
  for index in 0..<Int(schema.pointee.n_children) {
    guard let child = schema.pointee.children[index] else { continue }
    child.pointee.release?(child)
    child.deallocate()
  }
  schema.pointee.children?.deallocate()
  schema.pointee.format?.deallocate()
  schema.pointee.name?.deallocate()
  schema.pointee.release = nil
}

private let releaseArray: @convention(c) (UnsafeMutablePointer<ArrowArray>?) -> Void = { array in
  guard let array, array.pointee.release != nil else { return }
  for index in 0..<Int(array.pointee.n_children) {
    guard let child = array.pointee.children[index] else { continue }
    child.pointee.release?(child)
    child.deallocate()
  }
  array.pointee.children?.deallocate()
  for index in 0..<Int(array.pointee.n_buffers) { array.pointee.buffers[index]?.deallocate() }
  array.pointee.buffers.deallocate()
  array.pointee.release = nil
}

/// Where a caller wants a table.
struct TableTarget {
  private let schema: UnsafeMutablePointer<ArrowSchema>
  private let array: UnsafeMutablePointer<ArrowArray>

  /// - Throws: where one of them is NULL.
  init(
    _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?
  ) throws(Failure) {
    self.schema = try required(schema, "schema")
    self.array = try required(array, "array")
  }

  func write(_ table: ArrowTable) { table.export(schema, array) }
}
