// gzip streams to plain bytes, member by member, by isa-l.
//
// gzip itself and zlib's gzread pass over whatever stands behind the last member, and so over a download
// that was joined to another one in the wrong way. Here that is an error. Zeros are not: tapes and block
// devices are filled up with them.

import CISAL
import RefrainModel

/// Expands gzip members that follow each other.
struct GzipReader: ~Copyable {
  private static let outputSize = 1 << 20

  private let name: String
  private let inflater: OpaquePointer
  private let output: UnsafeMutableRawBufferPointer
  private var isInMember = false
  private var isPadding = false
  private var members = 0
  /// Where the member began.
  private var memberStart = 0
  /// How many of the bytes that each member begins with were seen.
  private var magicSeen = 0

  private static let magic: [UInt8] = [0x1F, 0x8B]

  private init(name: String) throws(RefrainError) {
    guard let inflater = refrain_inflater_create() else {
      throw .unreadable(path: name, cause: "out of memory")
    }
    self.name = name
    self.inflater = inflater
    output = .allocate(byteCount: Self.outputSize, alignment: 64)
  }

  deinit {
    refrain_inflater_destroy(inflater)
    output.deallocate()
  }

  /// Expands all of a stream, whose first bytes were read.
  static func expand(
    _ input: StreamInput, _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    var reader = try GzipReader(name: input.name)
    repeat { try reader.inflate(input.rest, at: input.offset, body) } while try input.readNext()
    if reader.isInMember {
      throw .damaged(path: input.name, cause: "gzip stream: unexpected end of file")
    }
  }

  /// Expands some bytes, which lie at this offset of the stream.
  private mutating func inflate(
    _ input: UnsafeRawBufferPointer, at offset: Int,
    _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    var position = 0
    while position < input.count || isInMember {
      if !isInMember {
        if isPadding || members > 0 && input[position] == 0 {
          isPadding = true
          guard let other = input[position...].firstIndex(where: { $0 != 0 }) else { return }
          throw junk(offset + other)
        }
        refrain_inflater_begin(inflater)
        isInMember = true
        memberStart = offset + position
        magicSeen = 0
      }
      // The library wants a whole header before it says that it is none.
      for byte in input[position...].prefix(Self.magic.count - magicSeen) {
        if members > 0, byte != Self.magic[magicSeen] { throw junk(memberStart) }
        magicSeen += 1
      }
      var used = 0
      var made = 0
      // SAFETY: the library reads within the input and writes within the output, and keeps no pointer.
      let rest = UnsafeRawBufferPointer(rebasing: input[position...]).bindMemory(to: UInt8.self)
      let status = refrain_inflate(
        inflater, rest.baseAddress, rest.count, &used,
        output.baseAddress?.assumingMemoryBound(to: UInt8.self), output.count, &made)
      position += used
      if made > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<made])) }
      switch status {
      case REFRAIN_INFLATE_END:
        isInMember = false
        members += 1
      case REFRAIN_INFLATE_MORE:
        // All that could be made of this input is made.
        if position == input.count, made < output.count { return }
      case REFRAIN_INFLATE_NO_HEADER where members > 0: throw junk(memberStart)
      default:
        // SAFETY: the words are a constant string of the fence, which ends with NUL.
        let cause = String(cString: refrain_inflate_cause(inflater))
        throw .damaged(path: name, cause: "gzip stream: \(cause)")
      }
    }
  }

  private func junk(_ offset: Int) -> RefrainError {
    .damaged(path: name, cause: "gzip stream: other bytes after its end, from offset \(offset)")
  }
}
