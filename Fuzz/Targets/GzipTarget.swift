// Compressed inputs: what opens is what zlib makes of the file at once, and all else is an error.
//
// Random bytes never have the right checksum, so most inputs say how a file is made: members of
// chunks, and a change behind.

import CZlib
import RefrainFiles
import RefrainModel

enum GzipTarget {
  private static let file = ScratchFile(named: "file.gz")

  static func run(_ input: [UInt8]) {
    guard let kind = input.first else { return check([]) }
    let rest = Array(input[1...])
    check(kind % 4 == 0 ? rest : made(of: rest))
  }

  private static func check(_ bytes: [UInt8]) {
    // What begins as another compression does is expanded as such.
    if let first = bytes.first, [0x28, 0x04, 0xFD, 0x42].contains(first) || first & 0xF0 == 0x50 {
      return
    }
    file.write(bytes)
    let expected = Self.expanded(bytes)
    do {
      let opened = try InputOpener.open(file.path).copy()
      require(expected != nil, "a file is open that zlib refuses")
      require(opened == expected, "what is open is what zlib makes of the file")
    } catch .damaged(let path, let cause) {
      require(expected == nil, "a file is refused that zlib expands: \(cause)")
      require(path == file.path, "the error names the file")
    } catch {
      fatalError("an error without a cause in the bytes: \(error)")
    }
  }

  // MARK: Making

  /// A file as the input says: a byte for a level or for what follows the members, a length, bytes.
  private static func made(of input: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var rest = input[...]
    while let order = rest.popFirst() {
      let count = Int(rest.popFirst() ?? 0)
      let chunk = Array(rest.prefix(count))
      rest = rest.dropFirst(count)
      switch order % 16 {
      case 15: out += chunk
      case 14 where !out.isEmpty: out.removeLast(min(out.count, count))
      case 13 where !out.isEmpty: out[(count << 3) % out.count] ^= order | 1
      case 12:
        out += compressed(Array(repeatElement(chunk, count: 300).joined()), level: 6)
      default: out += compressed(chunk, level: CInt(order % 10))
      }
    }
    return out
  }

  private static func compressed(_ bytes: [UInt8], level: CInt) -> [UInt8] {
    var stream = z_stream()
    let size = CInt(MemoryLayout<z_stream>.size)
    guard
      deflateInit2_(&stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        == Z_OK
    else { fatalError("no memory to compress") }
    defer { deflateEnd(&stream) }
    var input = bytes
    var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    input.withUnsafeMutableBufferPointer { from in
      out.withUnsafeMutableBufferPointer { to in
        // SAFETY: zlib reads and writes as many bytes as it is told, within this call.
        stream.next_in = from.baseAddress
        stream.avail_in = UInt32(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = UInt32(to.count)
        require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib compresses at once")
      }
    }
    return Array(out.prefix(Int(stream.total_out)))
  }

  // MARK: The oracle

  /// What a file holds: itself, or its gzip members one after the other; nil for any other.
  private static func expanded(_ bytes: [UInt8]) -> [UInt8]? {
    if bytes == [0x1F] { return nil }
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    var out: [UInt8] = []
    var rest = bytes[...]
    // Tapes are filled up with zeros, which are no member.
    while !rest.isEmpty, rest.count == bytes.count || rest.contains(where: { $0 != 0 }) {
      guard let (member, used) = member(Array(rest)) else { return nil }
      out += member
      rest = rest.dropFirst(used)
    }
    return out
  }

  /// The first member of some bytes, and how many of them it takes.
  private static func member(_ bytes: [UInt8]) -> ([UInt8], Int)? {
    var stream = z_stream()
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
      fatalError("no memory to expand")
    }
    defer { inflateEnd(&stream) }
    var input = bytes
    // Deflate makes at most 1032 bytes of one.
    var out = [UInt8](repeating: 0, count: bytes.count * 1032 + 64)
    let status = input.withUnsafeMutableBufferPointer { from in
      out.withUnsafeMutableBufferPointer { to in
        // SAFETY: zlib reads and writes as many bytes as it is told, within this call.
        stream.next_in = from.baseAddress
        stream.avail_in = UInt32(from.count)
        stream.next_out = to.baseAddress
        stream.avail_out = UInt32(to.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { return nil }
    return (Array(out.prefix(Int(stream.total_out))), Int(stream.total_in))
  }
}
