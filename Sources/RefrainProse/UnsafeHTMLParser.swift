// The fence around gumbo: its tree of raw pointers is walked here, behind it are only names, bytes
// and offsets.

internal import CGumbo
internal import Glibc
internal import RefrainModel

/// What the walk over a parsed page tells, in the order of the tree.
protocol HTMLEvents {
  mutating func enter(_ element: HTMLElement)
  mutating func leave(_ element: HTMLElement)
  /// Text as the parser decoded it, and the source that it was made of, tags in the middle of it
  /// that the parser ignored included.
  mutating func text(_ decoded: [UInt8], from source: ByteRange)
  /// Whether `names` and `isUndisplayed` of elements are asked for.
  static var readsNames: Bool { get }
}

extension HTMLEvents {
  static var readsNames: Bool { false }
}

/// An element with the little that matters of it.
struct HTMLElement {
  /// The name in lower case; "" for one that HTML does not know, and "svg" for one of another language.
  var name: String
  var kind: HTMLElementKind
  /// Its tags in the source; nil where the parser made them up.
  var startTag: ByteRange?
  var endTag: ByteRange?
  /// Its `role` in lower case.
  var role = ""
  /// Whether its `class` makes it a box beside the running text.
  var isBox = false
  /// Whether `hidden` or `aria-hidden="true"` stands on it.
  var isHidden = false
  /// Its `class` and its `id` as they stand, and whether its style says `display: none`; where asked for.
  var names: [UInt8] = []
  var isUndisplayed = false
  /// The description of a picture: the decoded value of its `alt`, and where that stands.
  var alternative: (text: [UInt8], source: ByteRange)?
}

/// Runs gumbo over an array and hands its tree to a reader.
enum UnsafeHTMLParser {
  /// Parses a page and walks over it.
  ///
  /// The walk keeps its own stack, and the tree's memory is given back in one go, since gumbo's own
  /// way to do that calls itself once a level.
  /// - Parameters:
  ///   - bytes: what gumbo reads; the events' offsets are offsets into it.
  ///   - start: where the page begins, behind a byte order mark.
  static func parse(_ bytes: [UInt8], from start: Int, into events: inout some HTMLEvents) {
    let arena = UnsafeMutablePointer<Arena>.allocate(capacity: 1)
    // SAFETY: one arena, initialized here and deinitialized when the tree is no longer needed.
    arena.initialize(to: Arena())
    defer {
      arena.pointee.giveBack()
      arena.deinitialize(count: 1)
      arena.deallocate()
    }
    var options = GumboOptions()
    options.allocator = { data, size in
      // SAFETY: the user data is the arena above.
      data?.assumingMemoryBound(to: Arena.self).pointee.allocate(size)
    }
    options.deallocator = { _, _ in }
    options.userdata = UnsafeMutableRawPointer(arena)
    options.tab_stop = 8
    options.max_errors = 0
    options.fragment_context = GUMBO_TAG_LAST
    options.fragment_namespace = GUMBO_NAMESPACE_HTML
    bytes.withUnsafeBytes { raw in
      guard let base = raw.baseAddress, raw.count > start else { return }
      // SAFETY: gumbo reads `count` bytes from `text`; the tree points into them and into the arena,
      // and both outlive the walk.
      let text = (base + start).assumingMemoryBound(to: CChar.self)
      guard let output = gumbo_parse_with_options(&options, text, raw.count - start) else { return }
      let source = Source(base: base, count: raw.count)
      if let root = output.pointee.root { walk(root, source, &events) }
    }
  }

  /// The names of all tags that gumbo knows, and what they say, by its numbers.
  private static let known = (0...GUMBO_TAG_UNKNOWN.rawValue).map { number in
    let tag = GumboTag(number)
    let name = tag == GUMBO_TAG_UNKNOWN ? nil : gumbo_normalized_tagname(tag)
    let text = name.map { String(decoding: bytes($0), as: UTF8.self) } ?? ""
    return (name: text, kind: HTMLElementKind(text))
  }

  /// Visits all nodes below `root` in order.
  private static func walk<Events: HTMLEvents>(
    _ root: UnsafeMutablePointer<GumboNode>, _ source: Source, _ events: inout Events
  ) {
    var open: [(element: HTMLElement, children: GumboVector, next: Int)] = []
    var node: UnsafeMutablePointer<GumboNode>? = root
    while true {
      if let current = node {
        switch current.pointee.type {
        case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
          let raw = current.pointee.v.element
          var element = source.element(raw)
          if Events.readsNames { source.addNames(of: raw, to: &element) }
          events.enter(element)
          open.append((element, raw.children, 0))
        case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
          let raw = current.pointee.v.text
          if let range = source.range(raw.original_text), let text = raw.text {
            events.text(bytes(text), from: range)
          }
        default: break
        }
      }
      node = nil
      guard let top = open.indices.last else { return }
      if open[top].next < Int(open[top].children.length) {
        // SAFETY: the vector's elements are nodes, and the index is below its length.
        node = open[top].children.data[open[top].next]?.assumingMemoryBound(to: GumboNode.self)
        open[top].next += 1
      } else {
        events.leave(open.removeLast().element)
      }
    }
  }

  /// The bytes of a string of gumbo's, which never holds a NUL and ends with one.
  fileprivate static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// The array that the tree's pointers point into.
  private struct Source {
    let base: UnsafeRawPointer
    let count: Int

    /// The offsets of a piece; nil for one that lies elsewhere or is empty.
    func range(_ piece: GumboStringPiece) -> ByteRange? {
      guard let data = piece.data, piece.length > 0 else { return nil }
      let at = Int(bitPattern: data) - Int(bitPattern: base)
      guard at >= 0, at + piece.length <= count else { return nil }
      return ByteRange(at, at + piece.length)
    }

    func element(_ raw: GumboElement) -> HTMLElement {
      let isForeign = raw.tag_namespace != GUMBO_NAMESPACE_HTML
      let (name, kind) = UnsafeHTMLParser.known[
        Int((isForeign ? GUMBO_TAG_SVG : raw.tag).rawValue)]
      var element = HTMLElement(
        name: name, kind: kind,
        startTag: range(raw.original_tag), endTag: range(raw.original_end_tag))
      var attributes = raw.attributes
      if attributes.length == 0 { return element }
      element.role = value("role", &attributes)?.lowercased() ?? ""
      element.isHidden =
        value("hidden", &attributes) != nil || value("aria-hidden", &attributes) == "true"
      if kind.mayBeBox, let classes = value("class", &attributes), !classes.isEmpty {
        element.isBox = HTMLElements.isBox(classes: classes.lowercased())
      }
      if kind.isPicture { element.alternative = alternative(&attributes) }
      return element
    }

    /// Adds what only some readers ask for.
    func addNames(of raw: GumboElement, to element: inout HTMLElement) {
      var attributes = raw.attributes
      for name in ["class", "id"] {
        guard let value = value(name, &attributes), !value.isEmpty else { continue }
        element.names += value.utf8
        element.names.append(UInt8(ascii: " "))
      }
      let style = value("style", &attributes)?.utf8.filter { !$0.isWhiteSpace }.map(\.lowered)
      element.isUndisplayed = style?.contains("display:none".utf8) ?? false
    }

    /// The value of `alt`, with its place inside of the quotation marks.
    private func alternative(_ attributes: inout GumboVector) -> (text: [UInt8], source: ByteRange)?
    {
      guard attributes.length > 0, let alt = gumbo_get_attribute(&attributes, "alt"),
        let value = alt.pointee.value, var range = range(alt.pointee.original_value)
      else { return nil }
      let bytes = UnsafeRawBufferPointer(start: base, count: count)
      // SAFETY: the range lies in the source, and no empty one is given.
      if "\"'".utf8.contains(bytes[range.start]) {
        guard range.count > 2 else { return nil }
        range = ByteRange(range.start + 1, range.end - 1)
      }
      return (UnsafeHTMLParser.bytes(value), range)
    }

    private func value(_ name: String, _ attributes: inout GumboVector) -> String? {
      guard attributes.length > 0 else { return nil }
      guard let attribute = gumbo_get_attribute(&attributes, name) else { return nil }
      return attribute.pointee.value.map { String(decoding: bytes($0), as: UTF8.self) }
    }
  }

  /// Memory that is taken bit by bit and given back as a whole.
  ///
  /// No object, since gumbo asks for each node and each string, and each time its references would be counted.
  private struct Arena {
    /// A fragment in Markdown needs little, a page much.
    private static let leastChunk = 16 << 10
    private static let mostChunk = 256 << 10
    private var chunkSize = leastChunk
    private var chunks: [UnsafeMutableRawPointer] = []
    private var free = 0
    private var next: UnsafeMutableRawPointer?

    mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
      let size = (max(size, 1) + 15) & ~15
      if size > free {
        let chunk = UnsafeMutableRawPointer.allocate(
          byteCount: max(size, chunkSize), alignment: 16)
        chunks.append(chunk)
        // What is left of the chunk before is lost, unless this one is for one large piece alone.
        if size > chunkSize / 2 { return chunk }
        next = chunk
        free = chunkSize
        chunkSize = min(2 * chunkSize, Self.mostChunk)
      }
      defer {
        next = next.map { $0 + size }
        free -= size
      }
      return next
    }

    mutating func giveBack() {
      for chunk in chunks { chunk.deallocate() }
      chunks = []
    }
  }
}
