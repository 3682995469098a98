// The fence around md4c: its callbacks with raw pointers end here, behind it are only offsets.

internal import CMarkdown
internal import RefrainModel

/// Runs md4c over an array and hands its events to a reader.
enum UnsafeMarkdownParser {
  /// GitHub's dialect, but without links made of bare addresses: those are text as it stands.
  private static let dialect =
    UInt32(MD_FLAG_TABLES) | UInt32(MD_FLAG_STRIKETHROUGH) | UInt32(MD_FLAG_TASKLISTS)

  /// What the callbacks find behind their user data.
  ///
  /// In memory of its own and no object: each of the many events would otherwise count references, or ask the
  /// runtime whether another one is under way.
  private struct Run {
    var reader: MarkdownReader
    /// The source's address and length; pieces outside of it are md4c's own.
    var base: UnsafePointer<CChar>?
    let count: Int
    /// Where in the file that address lies.
    let offset: Int

    /// Tells a piece of the source from md4c's own by its address.
    mutating func receiveText(_ type: MD_TEXTTYPE, _ text: UnsafePointer<CChar>?, _ size: Int) {
      guard let text, let base else { return }
      // SAFETY: the addresses are compared as integers, and nothing is read through `text`.
      let at = Int(bitPattern: text) - Int(bitPattern: base)
      if at >= 0, size > 0, at + size <= count {
        reader.add(type, ByteRange(offset + at, offset + at + size))
      } else {
        reader.addMadeUp(type)
      }
    }
  }

  /// Parses `bytes` from `start` on and gives the reader after the events; nil when md4c gave up, which it does
  /// for want of memory alone.
  ///
  /// `bytes.count - start` must fit into 32 bits.
  /// - Parameter hasIndentedCode: whether text that is indented by four columns is code.
  static func parse(
    _ bytes: [UInt8], from start: Int, hasIndentedCode: Bool, into reader: consuming MarkdownReader
  ) -> MarkdownReader? {
    var parser = MD_PARSER()
    parser.flags = Self.dialect
    if !hasIndentedCode { parser.flags |= UInt32(MD_FLAG_NOINDENTEDCODEBLOCKS) }
    parser.enter_block = { type, detail, data in
      // SAFETY: md4c describes each heading by such a value, which outlives the call.
      let level =
        type == MD_BLOCK_H
        ? detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level : nil
      return UnsafeMarkdownParser.receive(data) { $0.reader.enter(type, level: Int(level ?? 0)) }
    }
    parser.leave_block = { type, _, data in
      UnsafeMarkdownParser.receive(data) { $0.reader.leave(type) }
    }
    parser.enter_span = { type, _, data in
      UnsafeMarkdownParser.receive(data) { $0.reader.enter(type) }
    }
    parser.leave_span = { type, _, data in
      UnsafeMarkdownParser.receive(data) { $0.reader.leave(type) }
    }
    parser.text = { type, text, size, data in
      UnsafeMarkdownParser.receive(data) { $0.receiveText(type, text, Int(size)) }
    }
    let run = UnsafeMutablePointer<Run>.allocate(capacity: 1)
    defer { run.deallocate() }
    // SAFETY: one value, initialized here and moved out below.
    run.initialize(
      to: Run(reader: reader, base: nil, count: bytes.count - start, offset: start))
    let status = bytes.withUnsafeBytes { raw -> Int32 in
      // SAFETY: md4c reads so many bytes from there and keeps neither pointer beyond the call, which both
      // outlive.
      let base = raw.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
      run.pointee.base = base
      return md_parse(base, MD_SIZE(raw.count - start), &parser, run)
    }
    let result = run.move().reader
    return status == 0 ? result : nil
  }

  /// Finds what lies behind the user data of a callback.
  ///
  /// 0 tells md4c to go on.
  @inline(__always)
  private static func receive(_ data: UnsafeMutableRawPointer?, _ event: (inout Run) -> Void)
    -> Int32
  {
    guard let data else { return -1 }
    // SAFETY: `data` is what `parse` handed to md4c, which is there while md4c runs, on this thread alone.
    event(&data.assumingMemoryBound(to: Run.self).pointee)
    return 0
  }
}
