// The fence around the TOML parser: events with raw pointers end here.

internal import CTOML

/// Runs toml++ over bytes and hands its events to a builder.
enum UnsafeTOMLParser {
  /// How long a description of an error may get, in bytes.
  private static let causeCapacity = 512

  /// Parses `bytes`, which must be UTF-8; nil, or what is wrong in which line.
  ///
  /// O(bytes x log keys).
  static func parse(_ bytes: [UInt8], into builder: TOMLBuilder) -> (line: Int, cause: String)? {
    var cause = [CChar](repeating: 0, count: causeCapacity)
    let line = bytes.withUnsafeBytes { raw in
      // SAFETY: toml++ reads `count` bytes and keeps no pointer; `builder` is held by the caller
      // during the call; `cause` has the capacity that is told.
      refrain_toml_parse(
        raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count,
        Unmanaged.passUnretained(builder).toOpaque(),
        { context, event in
          guard let context, let event else { return }
          let builder = Unmanaged<TOMLBuilder>.fromOpaque(context).takeUnretainedValue()
          UnsafeTOMLParser.receive(event.pointee, builder)
        }, &cause, causeCapacity)
    }
    guard line > 0 else { return nil }
    let text = cause.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (Int(line), String(decoding: text, as: UTF8.self))
  }

  private static func receive(_ event: refrain_toml_event, _ builder: TOMLBuilder) {
    let line = Int(event.line)
    switch event.kind {
    case REFRAIN_TOML_KEY: builder.key(text(event), line: line)
    case REFRAIN_TOML_TABLE: builder.begin(.table([]), line: line)
    case REFRAIN_TOML_ARRAY: builder.begin(.array([]), line: line)
    case REFRAIN_TOML_TABLE_END, REFRAIN_TOML_ARRAY_END: builder.end()
    case REFRAIN_TOML_STRING: builder.add(.string(text(event)), line: line)
    case REFRAIN_TOML_INTEGER: builder.add(.integer(Int(event.integer)), line: line)
    case REFRAIN_TOML_NUMBER: builder.add(.number(event.number), line: line)
    case REFRAIN_TOML_BOOLEAN: builder.add(.boolean(event.boolean), line: line)
    default: builder.add(.other, line: line)
    }
  }

  private static func text(_ event: refrain_toml_event) -> String {
    guard let base = event.bytes, event.length > 0 else { return "" }
    // SAFETY: the event's bytes are valid while it is being received, and are copied here.
    return String(
      decoding: UnsafeRawBufferPointer(start: base, count: event.length), as: UTF8.self)
  }
}
