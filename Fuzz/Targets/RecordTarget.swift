// JSON Lines: lines are the file cut at its line ends, and the reader says of each what a plain
// reader of JSON says.

import RefrainModel
import RefrainRecords

enum RecordTarget {
  private static let file = ScratchFile(named: "records.jsonl")
  /// One for all inputs, as a worker has one for all lines; libFuzzer runs them on one thread.
  nonisolated(unsafe) private static let reader = RecordReader(
    textField: "text", idField: "id")

  static func run(_ bytes: [UInt8]) {
    // Compressed files have a target of their own.
    if bytes.starts(with: [0x1F, 0x8B]) { return }
    file.write(bytes)
    let source: RecordSource
    do {
      source = try RecordSource(path: file.path)
    } catch .unreadable(_, let cause) where cause.contains("which Refrain does not read") {
      // A container of another kind, which is told by how it begins.
      return
    } catch {
      fatalError("\(error)")
    }
    require(source.bytes.elementsEqual(bytes), "what is open is the file")
    var position = source.start
    for block in LineBlock.cut(source, size: 64) {
      require(block.start == position && !block.isEmpty, "blocks follow each other")
      var cursor = LineCursor(source.bytes, block)
      while let (line, content) = cursor.next() {
        require(line.start == position && !line.isEmpty, "lines follow each other")
        require(content.start == line.start && content.end <= line.end, "content is of its line")
        position = line.end
        check(content, source.bytes)
      }
      require(position == block.end, "the lines are the block")
    }
    require(position == max(bytes.count, source.start), "the blocks are the file")
  }

  private static func check(_ range: ByteRange, _ whole: UnsafeRawBufferPointer) {
    let line = UnsafeRawBufferPointer(rebasing: whole[range.start..<range.end])
    if isBlank(line) { return }
    let bytes = [UInt8](line)
    let (facts, members) = PlainJSON.read(bytes)
    let result = text(line)
    // SAFETY: a copy of exactly the line's length, so that the sanitizer sees reads behind it.
    let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: line.count, alignment: 1)
    defer { exact.deallocate() }
    exact.copyMemory(from: line)
    let alone = UnsafeRawBufferPointer(exact)
    require(text(alone) == result, "a line at the end of a file is read as elsewhere")
    let wanted = members?.first { $0.0 == Array("text".utf8) }?.1
    switch result {
    case .success(let text):
      guard case .string(let expected)? = wanted else {
        require(facts.isDeep, "a line without a text is none")
        return
      }
      require(text == expected, "a text is what the plain reader reads")
      checkID(members?.first { $0.0 == Array("id".utf8) }?.1)
      checkAgain(text)
    case .failure(.notUTF8(let byte)):
      require(byte < bytes.count, "the wrong byte lies in the line")
      require(String(validating: bytes, as: UTF8.self) == nil, "valid UTF-8 is refused")
      require(
        String(validating: bytes[..<byte], as: UTF8.self) != nil, "what is before it is UTF-8")
    case .failure:
      if facts.isDeep { return }
      if case .string? = wanted { fatalError("does not hold: a record is read") }
    }
  }

  private static func text(_ line: UnsafeRawBufferPointer) -> Result<[UInt8], RecordFault> {
    reader.read(line).map { [UInt8]($0) }
  }

  /// The id of the record that was read last.
  private static func checkID(_ wanted: PlainJSON.Value?) {
    let id = reader.id()
    require((id == nil) == (reader.idHash() == nil), "an id has a hash")
    switch wanted {
    case .string(let text): require(id == .string(String(decoding: text, as: UTF8.self)), "an id")
    case .number: require(id != nil, "a number is an id")
    default: require(id == nil, "nothing else is an id")
    }
  }

  /// A text that is written is the text that is read.
  private static func checkAgain(_ text: [UInt8]) {
    var json = JSONText()
    json.beginObject()
    json.key("text")
    json.string(String(decoding: text, as: UTF8.self))
    json.endObject()
    json.bytes.withUnsafeBytes { line in
      require(self.text(line) == .success(text), "a text is written as it is read")
    }
  }
}
