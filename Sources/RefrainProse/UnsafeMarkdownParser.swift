// The fence around md4c: its callbacks with raw pointers end here, behind it are only offsets.

internal import CMarkdown
internal import RefrainModel

/// Runs md4c over an array and hands its events to a reader.
///
/// A class, because the address of one object goes through C as the callbacks' user data.
final class UnsafeMarkdownParser {
  /// GitHub's dialect, but without links made of bare addresses: those are text as it stands.
  private static let dialect =
    UInt32(MD_FLAG_TABLES) | UInt32(MD_FLAG_STRIKETHROUGH) | UInt32(MD_FLAG_TASKLISTS)

  /// In memory of its own, since each of the many events would otherwise ask the runtime whether another one
  /// is under way.
  private let reader: UnsafeMutablePointer<MarkdownReader>
  private let hasIndentedCode: Bool
  /// The source's address and length while md4c runs; pieces outside of it are md4c's own.
  private var base: UnsafePointer<CChar>?
  private var count = 0
  /// Where in the file that address lies.
  private var offset = 0

  /// - Parameter hasIndentedCode: whether text that is indented by four columns is code.
  init(reader: MarkdownReader, hasIndentedCode: Bool) {
    self.reader = .allocate(capacity: 1)
    self.hasIndentedCode = hasIndentedCode
    // SAFETY: one reader, initialized here and deinitialized by `deinit` alone.
    self.reader.initialize(to: reader)
  }

  deinit {
    reader.deinitialize(count: 1)
    reader.deallocate()
  }

  /// The reader after the events.
  var result: MarkdownReader { reader.pointee }

  /// Parses `bytes` from `start` on; false when md4c gave up, which it does for want of memory
  /// alone.
  ///
  /// `bytes.count - start` must fit into 32 bits.
  func parse(_ bytes: [UInt8], from start: Int) -> Bool {
    var parser = MD_PARSER()
    parser.flags = Self.dialect
    if !hasIndentedCode { parser.flags |= UInt32(MD_FLAG_NOINDENTEDCODEBLOCKS) }
    parser.enter_block = { type, detail, data in
      // SAFETY: md4c describes each heading by such a value, which outlives the call.
      let level =
        type == MD_BLOCK_H
        ? detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level : nil
      return UnsafeMarkdownParser.receive(data) {
        $0.reader.pointee.enter(type, level: Int(level ?? 0))
      }
    }
    parser.leave_block = { type, _, data in
      UnsafeMarkdownParser.receive(data) { $0.reader.pointee.leave(type) }
    }
    parser.enter_span = { type, _, data in
      UnsafeMarkdownParser.receive(data) { $0.reader.pointee.enter(type) }
    }
    parser.leave_span = { type, _, data in
      UnsafeMarkdownParser.receive(data) { $0.reader.pointee.leave(type) }
    }
    parser.text = { type, text, size, data in
      UnsafeMarkdownParser.receive(data) { $0.receiveText(type, text, Int(size)) }
    }
    offset = start
    count = bytes.count - start
    let status = bytes.withUnsafeBytes { raw -> Int32 in
      // SAFETY: md4c reads `count` bytes from `base` and keeps neither pointer beyond the call;
      // `self` outlives it, for the caller holds it.
      base = raw.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
      return md_parse(base, MD_SIZE(count), &parser, Unmanaged.passUnretained(self).toOpaque())
    }
    base = nil
    return status == 0
  }

  /// Finds the parser behind the user data of a callback.
  ///
  /// 0 tells md4c to go on.
  private static func receive(
    _ data: UnsafeMutableRawPointer?, _ event: (UnsafeMarkdownParser) -> Void
  ) -> Int32 {
    guard let data else { return -1 }
    // SAFETY: `data` is the object that `parse` handed to md4c, which is alive while md4c runs.
    event(Unmanaged<UnsafeMarkdownParser>.fromOpaque(data).takeUnretainedValue())
    return 0
  }

  /// Tells a piece of the source from md4c's own by its address.
  private func receiveText(_ type: MD_TEXTTYPE, _ text: UnsafePointer<CChar>?, _ size: Int) {
    guard let text, let base else { return }
    // SAFETY: the addresses are compared as integers, and nothing is read through `text`.
    let at = Int(bitPattern: text) - Int(bitPattern: base)
    if at >= 0, size > 0, at + size <= count {
      reader.pointee.add(type, ByteRange(offset + at, offset + at + size))
    } else {
      reader.pointee.addMadeUp(type)
    }
  }
}
