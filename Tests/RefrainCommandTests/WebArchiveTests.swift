// Web archives of pages: main text out of answers in every way that crawlers store them, and archives again.

import Foundation
import TestSupport
import Testing

struct WebArchiveTests {
  private let folder: ScratchFolder
  private let article: String

  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 271)
    article = (0..<6).map { _ in "<p>\(prose.text(60))</p>" }.joined(separator: "\n")
  }

  /// A page with the navigation of its site.
  private func page(_ body: String, charset: String = "") -> [UInt8] {
    let links = (0..<12).map { "<li><a href='/\($0)'>Section number \($0)</a></li>" }.joined()
    return Array(
      """
      <!DOCTYPE html><html><head><title>T</title>\(charset)</head><body><nav><ul>\(links)</ul></nav>
      <article>\(body)</article><footer>Imprint of the site and its owners</footer></body></html>
      """.utf8)
  }

  private func answer(_ body: [UInt8], _ header: [String] = [], status: String = "200 OK")
    -> [UInt8]
  {
    let lines = ["HTTP/1.1 \(status)", "Server: none"] + header
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  private func record(
    _ id: String, _ type: String, _ block: [UInt8],
    content: String = "application/http; msgtype=response"
  ) -> [UInt8] {
    let header = [
      "WARC/1.0", "WARC-Type: \(type)", "WARC-Record-ID: <urn:\(id)>",
      "WARC-Target-URI: <https://example.org/\(id)>", "WARC-Date: 2025-01-02T03:04:05Z",
      "Content-Type: \(content)", "Content-Length: \(block.count)",
    ]
    return Array((header.joined(separator: "\r\n") + "\r\n\r\n").utf8) + block
      + Array("\r\n\r\n".utf8)
  }

  private func chunked(_ bytes: [UInt8], size: Int = 100) -> [UInt8] {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let part = bytes[start..<min(start + size, bytes.count)]
      out += Array("\(String(part.count, radix: 16));x=y\r\n".utf8) + part + Array("\r\n".utf8)
    }
    return out + Array("0\r\n\r\n".utf8)
  }

  private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    try folder.gzip("page.gz", String(decoding: bytes, as: UTF8.self))
    return try folder.read("page.gz")
  }

  private static let html = "Content-Type: text/html; charset=utf-8"

  /// However a page was sent and stored, it is the same text; and its navigation is no part of it.
  @Test func everyWayOfStoringAPageIsRead() throws {
    let page = page(article)
    let packed = try packed(page)
    let gzip = "Content-Encoding: gzip"
    let chunks = "Transfer-Encoding: chunked"
    let ways: [(String, [UInt8])] = [
      ("plain", record("plain", "response", answer(page, [Self.html]))),
      ("untyped", record("untyped", "response", answer(page))),
      ("gzip", record("gzip", "response", answer(packed, [Self.html, gzip]))),
      ("chunked", record("chunked", "response", answer(chunked(page), [Self.html, chunks]))),
      ("both", record("both", "response", answer(chunked(packed), [Self.html, chunks, gzip]))),
      // Stored expanded, under the header lines of what was sent.
      ("kept", record("kept", "response", answer(page, [Self.html, chunks, gzip]))),
      ("br", record("br", "response", answer(page, [Self.html, "content-encoding: br"]))),
      ("resource", record("resource", "resource", page, content: "text/html")),
    ]
    try folder.write("w.warc", ways.flatMap(\.1))
    let run = try folder.refrain("dedup", "w.warc", "-o", "w.jsonl", "--annotate")
    let records = try Records.parse(try folder.lines("w.jsonl"))
    #expect(records.map { $0["url"] as? String } == ways.map { "https://example.org/\($0.0)" })
    let texts = Set(records.map { $0["text"] as? String ?? "" })
    #expect(texts.count == 1, "\(run.errors)")
    let text = try #require(texts.first)
    #expect(!text.contains("Section number") && !text.contains("Imprint"))
    #expect(text.split(separator: "\n\n").count == 6)
    let left = try #require(records[0]["boilerplate"] as? [String: Int])
    #expect((left["navigation"] ?? 0) > 100 && (left["footer"] ?? 0) > 20)
  }

  @Test func whatIsNoPageIsCounted() throws {
    let bytes = [
      record(
        "info", "warcinfo", Array("software: none\r\n".utf8), content: "application/warc-fields"),
      record("ask", "request", Array("GET / HTTP/1.1\r\n\r\n".utf8)),
      record(
        "gone", "response", answer(page("<p>Not found</p>"), [Self.html], status: "404 Not Found")),
      record("image", "response", answer([0x89, 0x50], ["Content-Type: image/png"])),
      record("nothing", "response", []),
      record("again", "revisit", answer([])),
      record("text", "response", answer(Array("one two three".utf8), ["Content-Type: text/plain"])),
    ]
    try folder.write("w.warc", bytes.flatMap { $0 })
    let run = try folder.refrain("dedup", "w.warc", "-o", "w.jsonl")
    #expect(run.errors.contains("6 records of other kinds than texts passed over"), "\(run.errors)")
    let records = try Records.parse(try folder.lines("w.jsonl"))
    #expect(records.map { $0["text"] as? String } == ["one two three"])
    #expect(records[0]["boilerplate"] == nil)
  }

  /// The encodings that the server or the page names.
  @Test func pagesInOtherEncodings() throws {
    let latin = page("<p>caf\u{1}</p>").map { $0 == 1 ? 0xE9 : $0 }
    let marked = page("<p>caf\u{1}</p>", charset: "<meta charset=\"iso-8859-1\">").map {
      $0 == 1 ? 0xE9 : $0
    }
    try folder.write(
      "w.warc",
      record("a", "response", answer(latin, ["Content-Type: text/html; Charset=ISO-8859-1"]))
        + record("b", "response", answer(marked, ["Content-Type: text/html"])))
    _ = try folder.refrain("dedup", "w.warc", "-o", "w.jsonl", "--annotate")
    let records = try Records.parse(try folder.lines("w.jsonl"))
    #expect(records.map { $0["text"] as? String } == ["café", "café"])
  }

  @Test func damagedPagesAreToldByNumber() throws {
    let page = page(article)
    let packed = try packed(page)
    let gzip = "Content-Encoding: gzip"
    let chunks = "Transfer-Encoding: chunked"
    let good = record("good", "response", answer(page, [Self.html]))
    for (bad, words) in [
      (answer(packed.dropLast(20), [Self.html, gzip]), "the page: gzip stream: unexpected end"),
      (
        answer(chunked(page).dropLast(30), [Self.html, chunks]),
        "the chunks of the page are cut off"
      ),
      (answer([0x1B, 0x07, 0x00], [Self.html, "Content-Encoding: br"]), "encoding \"br\""),
    ] as [([UInt8], String)] {
      try folder.write("w.warc", good + record("bad", "response", bad))
      try folder.refrainFails(["dedup", "w.warc", "-o", "o.jsonl"], saying: ["w.warc:2: ", words])
      let run = try folder.refrain("dedup", "w.warc", "-o", "o.jsonl", "--on-error", "skip")
      #expect(run.errors.contains("1 record left out"))
      #expect(try folder.lines("o.jsonl").count == 1)
    }
  }

  /// An archive that is written packed has a member for each record, which is what other readers need; the
  /// bytes are the same for any number of threads.
  @Test func archivesAreWrittenByMembers() throws {
    let records = (0..<40).map { number in
      record("\(number)", "response", answer(page("<p>\(number)</p>" + article), [Self.html]))
    }
    try folder.write("in.warc", records.flatMap { $0 })
    var outputs: [[UInt8]] = []
    for threads in ["1", "3"] {
      _ = try folder.refrain(
        "dedup", "in.warc", "-o", "out.warc.gz", "--match", "identical", "--threads", threads)
      outputs.append(try folder.read("out.warc.gz"))
    }
    #expect(outputs[0] == outputs[1])
    let plain = try RefrainProgram.shell("gzip -dc out.warc.gz", in: folder)
    #expect(plain.output == records.flatMap { $0 })
    let magic: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    let starts = outputs[0].indices.filter { outputs[0][$0...].starts(with: magic) }
    #expect(starts.count == 40)
    // And it is read again as what it is.
    let again = try folder.refrain("dedup", "out.warc.gz", "-o", "-", "--match", "identical")
    #expect(again.output == records.flatMap { $0 })
  }
}
