// Prose out of files, in each format: what Tests/RefrainProseTests asserts of random pages, and
// that no offset cuts a character.

import RefrainModel
import RefrainProse

enum ProseTarget {
  static func run(_ bytes: [UInt8], _ format: TextFormat) {
    let isMarked = isUTF16(bytes)
    let valid = String(validating: bytes, as: UTF8.self) != nil
    let source: SourceText
    do {
      source = try SourceText(bytes, path: "fuzz")
    } catch .notUTF8(_, let line, let byte) {
      require(!valid && !isMarked, "valid UTF-8 is refused")
      require(line == bytes[..<byte].count { $0 == 0x0A } + 1, "the line of the wrong byte")
      require(
        String(validating: bytes[..<byte], as: UTF8.self) != nil, "what is before it is UTF-8")
      return
    } catch .notText {
      require(isMarked, "text is taken for another encoding")
      return
    } catch {
      fatalError("an error without a cause in the bytes: \(error)")
    }
    require(isMarked || valid, "what is read is UTF-8")
    require(isMarked || source.utf8 == bytes, "UTF-8 is read as it stands")
    require(String(validating: source.utf8, as: UTF8.self) != nil, "what is decoded is UTF-8")
    let prose: Prose
    do {
      prose = try Prose(source, format: format, path: "fuzz")
    } catch .notText(_, let line, _) {
      require(format == .notebook, "only a notebook may be none")
      require(line >= 1 && line <= LineIndex(source).lineCount, "the line of what is wrong")
      return
    } catch {
      fatalError("an error without a cause in the bytes: \(error)")
    }
    require(String(validating: prose.text, as: UTF8.self) != nil, "prose is UTF-8")
    checkBlocks(prose)
    checkSpans(prose)
    checkMap(prose, source.utf8)
    checkLookups(prose, source, bytes.count)
  }

  /// Spans are in order, not empty, and lie in a block each.
  private static func checkSpans(_ prose: Prose) {
    var end = 0
    var block = 0
    for span in prose.spans {
      require(!span.markup.isEmpty && !span.range.isEmpty, "a span is something")
      require(span.range.start >= end, "spans are in order")
      end = span.range.end
      while block < prose.blocks.count, prose.blocks[block].range.end <= span.range.start {
        block += 1
      }
      require(
        block < prose.blocks.count && prose.blocks[block].range.start <= span.range.start
          && span.range.end <= prose.blocks[block].range.end, "a span lies in a block")
    }
  }

  /// Blocks have no white space at either end, and one blank line between two.
  private static func checkBlocks(_ prose: Prose) {
    var end = 0
    for (number, block) in prose.blocks.enumerated() {
      if number > 0 {
        require(prose.text[end...].starts(with: [10, 10]), "a blank line between two blocks")
        end += 2
      }
      require(block.range.start == end, "blocks follow each other")
      require(block.range.end <= prose.text.count, "a block lies in the text")
      let text = prose.text[block.range.start..<block.range.end]
      require(text.first.map { !isSpace($0) } == true, "a block begins with no white space")
      require(text.last.map { !isSpace($0) } == true, "a block ends with no white space")
      end = block.range.end
    }
    require(end == prose.text.count, "the blocks are the text")
  }

  /// Segments are in order of text and source, and verbatim ones are the file's own bytes.
  private static func checkMap(_ prose: Prose, _ bytes: [UInt8]) {
    let inText = CharacterEdges(prose.text)
    let inSource = CharacterEdges(bytes)
    let segments = prose.map.segments
    require(prose.map.count == prose.text.count, "all of the text is mapped")
    require(segments.isEmpty || segments[0].text == 0, "the map begins with the text")
    var sourceEnd = 0
    for (index, segment) in segments.enumerated() {
      let next = index + 1 < segments.count ? segments[index + 1].text : prose.text.count
      require(segment.text < next, "segments are in order, and none is empty")
      require(segment.source.start >= sourceEnd, "their sources are in order")
      require(inSource.holds(segment.source), "a source lies in the file and cuts no character")
      require(inText.holds(segment.text), "a segment cuts no character")
      sourceEnd = segment.source.end
      if segment.isVerbatim {
        require(
          prose.text[segment.text..<next] == bytes[segment.source.start..<segment.source.end],
          "a verbatim segment is the file's own bytes")
      }
    }
  }

  /// Ranges of the text have places in the file, in the same order.
  private static func checkLookups(_ prose: Prose, _ text: SourceText, _ count: Int) {
    let edges = CharacterEdges(text.utf8)
    let lines = LineIndex(text)
    var last = ByteRange(0, 0)
    for block in prose.blocks {
      let source = prose.map.source(of: block.range)
      require(edges.holds(source), "a block's source lies in the file and cuts no character")
      require(source.start >= last.end, "blocks are in the file's order")
      let place = lines.place(of: source.start)
      require(
        text.encoding == .utf8 ? place.byte == source.start : place.byte < count,
        "a place is that of its byte")
      require(place.line >= 1 && place.line <= lines.lineCount, "its line is one of the file")
      require(place.column >= 1 && place.byteColumn >= place.column, "its columns are counted")
      last = source
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
