// Texts come in: from a stream of arrays or from one.

public import CRefrain

/// Imports all arrays of a stream.
private func texts(
  _ stream: ArrowStreamOwner, _ column: String?, _ policy: String?
) throws(Failure) -> ArrowTexts {
  let schema = try stream.schema()
  let texts = ArrowTexts(try ColumnChoice(schema.schema, text: column, policy: policy))
  while let array = try stream.next() { try texts.append(array) }
  return texts
}

@c @implementation
public func refrain_texts_from_stream(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ column: UnsafePointer<CChar>?,
  _ policy: UnsafePointer<CChar>?, _ result: UnsafeMutablePointer<refrain_handle>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let owner = try ArrowStreamOwner(moving: required(stream, "stream"))
    let result = try required(result, "texts")
    let column = try string(column, "column")
    result.pointee = Handles.add(try texts(owner, column, try string(policy, "policy")))
  }
}

@c @implementation
public func refrain_texts_from_array(
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ column: UnsafePointer<CChar>?, _ policy: UnsafePointer<CChar>?,
  _ result: UnsafeMutablePointer<refrain_handle>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    // Both are taken over before anything can fail.
    let array = try array.map { array throws(Failure) in try ArrowOwner(moving: array) }
    let type = try ArrowSchemaOwner(moving: required(schema, "schema"))
    let result = try required(result, "texts")
    let column = try string(column, "column")
    let texts = ArrowTexts(
      try ColumnChoice(type.schema, text: column, policy: try string(policy, "policy")))
    try texts.append(required(array, "array"))
    result.pointee = Handles.add(texts)
  }
}

@c @implementation
public func refrain_texts_from_utf8(
  _ data: UnsafePointer<CChar>?, _ offsets: UnsafePointer<Int64>?,
  _ validity: UnsafePointer<UInt8>?, _ count: Int64,
  _ result: UnsafeMutablePointer<refrain_handle>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let result = try required(result, "texts")
    let offsets = try required(offsets, "offsets")
    guard (0..<Int64(UInt32.max)).contains(count) else { throw .argument("count is \(count)") }
    let (count, size) = (Int(count), offsets[Int(count)])
    guard offsets[0] >= 0, (offsets[0]...1 << 48).contains(size) else {
      throw .argument("the texts lie from \(offsets[0]) to \(size)")
    }
    let bytes = size == 0 ? nil : try required(data, "data")
    let texts = ArrowTexts(.strings)
    try texts.append(
      ArrowOwner(
        copying: UnsafeRawBufferPointer(start: bytes, count: Int(size)),
        UnsafeBufferPointer(start: offsets, count: count + 1), validity))
    result.pointee = Handles.add(texts)
  }
}

@c @implementation
public func refrain_texts_count(
  _ texts: refrain_handle, _ count: UnsafeMutablePointer<Int64>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    try required(count, "count").pointee = Int64(texts.count)
  }
}
