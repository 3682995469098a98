// What a server answered, as a web archive keeps it: an HTTP/1 message, from which a page's bytes and what is
// known of them are taken.
//
// Crawlers differ in what they keep. Some store a body as it was sent, in chunks and compressed; some store it
// expanded and leave the header lines that said otherwise. So the lines are believed only where the body begins
// as they say.

import RefrainFiles
import RefrainModel

/// The answer to a request, or a page that was stored without one.
struct WebResponse {
  /// What the answer holds, as far as texts are concerned.
  enum Content: Equatable {
    case page
    case text
    /// An image, a redirection, an error: nothing to compare.
    case other
  }

  let content: Content
  /// The encoding that the server names.
  let charset: String?
  private let chunked: Bool
  private let coding: String
  private let body: UnsafeRawBufferPointer

  /// Bytes of an expanded page: more is no page but an attack.
  static let largestPage = 256 << 20

  /// Reads the status and the header of a message; O(their bytes).
  init(message: UnsafeRawBufferPointer) {
    var lines = LineCursor(message, ByteRange(0, message.count))
    var status = 0
    var fields: [String: String] = [:]
    var end = message.count
    var isFirst = true
    while let (line, content) = lines.next() {
      if content.count == 0 {
        end = line.end
        break
      }
      let text = String(
        decoding: UnsafeRawBufferPointer(rebasing: message[content.start..<content.end]),
        as: UTF8.self)
      if isFirst {
        isFirst = false
        let words = text.split(separator: " ")
        if words.count > 1, text.hasPrefix("HTTP/") { status = Int(words[1]) ?? 0 }
      } else if let colon = text.firstIndex(of: ":") {
        let name = text[..<colon].lowercased()
        if fields[name] == nil { fields[name] = Self.trimmed(text[text.index(after: colon)...]) }
      }
    }
    let body = UnsafeRawBufferPointer(rebasing: message[end...])
    self.init(
      body: body, type: fields["content-type"], isDone: (200..<300).contains(status),
      chunked: fields["transfer-encoding"]?.lowercased().contains("chunked") ?? false,
      coding: fields["content-encoding"]?.lowercased() ?? "")
  }

  /// A page of a type that is known otherwise.
  init(page: UnsafeRawBufferPointer, type: String?) {
    self.init(body: page, type: type, isDone: true, chunked: false, coding: "")
  }

  private init(
    body: UnsafeRawBufferPointer, type: String?, isDone: Bool, chunked: Bool, coding: String
  ) {
    self.body = body
    self.chunked = chunked
    self.coding = coding
    let parts = (type ?? "").split(separator: ";").map(Self.trimmed)
    let label = parts.dropFirst().first { $0.lowercased().hasPrefix("charset=") }
    charset = label.map { String($0.dropFirst("charset=".count)) }
    switch parts.first?.lowercased() {
    case _ where !isDone: content = .other
    case "text/html", "application/xhtml+xml": content = .page
    case "text/plain": content = .text
    case nil: content = body.first { !$0.isWhiteSpace } == UInt8(ascii: "<") ? .page : .other
    default: content = .other
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  /// The bytes of the page, out of their chunks and expanded.
  ///
  /// - Throws: a fault of the record for what is cut or packed in a way that is not read.
  func bytes(name: String) throws(RecordFault) -> [UInt8] {
    var bytes = [UInt8](body)
    if chunked { bytes = try Self.joined(bytes) }
    switch coding {
    case "gzip", "x-gzip":
      guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
      do throws(RefrainError) {
        return try Compression.gzip.expand(bytes, name: name, limit: Self.largestPage)
      } catch {
        if case .damaged(_, let cause) = error { throw .malformed("the page: \(cause)", column: 0) }
        throw .placed(error)
      }
    case "", "identity", "none": return bytes
    default:
      // Expanded already, as crawlers do and do not say.
      if bytes.first(where: { !$0.isWhiteSpace }) == UInt8(ascii: "<") { return bytes }
      throw .malformed("a page in the encoding \"\(coding)\", which is not read", column: 0)
    }
  }

  /// The bytes in chunks (RFC 9112, section 7.1) put together; as they are where they are not in any.
  private static func joined(_ bytes: [UInt8]) throws(RecordFault) -> [UInt8] {
    var joined: [UInt8] = []
    var position = 0
    while true {
      var size = 0
      var digits = 0
      while position < bytes.count,
        let value = Character(UnicodeScalar(bytes[position])).hexDigitValue,
        digits < 8
      {
        size = size * 16 + value
        digits += 1
        position += 1
      }
      let lineEnd = bytes[position...].firstIndex(of: 0x0A)
      // Extensions stand behind a semicolon.
      let isSize =
        digits > 0 && position < bytes.count && [0x0D, 0x0A, 0x3B, 0x20].contains(bytes[position])
      guard isSize, let lineEnd else {
        if joined.isEmpty, position < 9 { return bytes }
        throw .malformed("the chunks of the page are cut off", column: 0)
      }
      if size == 0 { return joined }
      position = lineEnd + 1
      guard size <= bytes.count - position else {
        throw .malformed("the chunks of the page are cut off", column: 0)
      }
      joined += bytes[position..<position + size]
      position += size
      if position < bytes.count, bytes[position] == 0x0D { position += 1 }
      if position < bytes.count, bytes[position] == 0x0A { position += 1 }
    }
  }
}
