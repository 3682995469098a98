// Which reader turns a file into prose: told by the file's name, never by guessing at its content.

/// The formats whose prose can be taken out with its places.
public enum TextFormat: Hashable, Sendable, CaseIterable {
  /// Paragraphs with blank lines between them; `.txt`, `.text`, or no extension.
  case plain
  /// Markdown in GitHub's dialect with what site generators add, Quarto and R Markdown; `.md`,
  /// `.markdown`, `.mdown`, `.mkd`, `.qmd`, `.Rmd`.
  case markdown
  /// Markdown with JSX; `.mdx`.
  case mdx
  /// reStructuredText; `.rst`, `.rest`.
  case restructuredText
  /// AsciiDoc; `.adoc`, `.asciidoc`, `.asc`.
  case asciiDoc
  /// Org; `.org`.
  case org
  /// The Markdown cells of a Jupyter notebook; `.ipynb`.
  case notebook
  /// HTML and XHTML; `.html`, `.htm`, `.xhtml`.
  case html

  /// The format that a file's extension tells, in any case; nil where it tells none of these.
  ///
  /// Complexity: O(length of the path).
  public init?(path: String) { self.init(FileName(path)) }

  package init?(_ name: FileName) { self.init(extension: name.extension) }

  /// The format of an extension, which is in lower case and without its dot; nil for any other.
  package init?(extension name: String) {
    switch name {
    case "", "txt", "text": self = .plain
    case "md", "markdown", "mdown", "mkd", "qmd", "rmd": self = .markdown
    case "mdx": self = .mdx
    case "rst", "rest": self = .restructuredText
    case "adoc", "asciidoc", "asc": self = .asciiDoc
    case "org": self = .org
    case "ipynb": self = .notebook
    case "html", "htm", "xhtml": self = .html
    default: return nil
    }
  }
}

/// The last component of a path, taken apart by bytes so that no Foundation is needed.
package struct FileName {
  /// What follows the last slash.
  package let name: Substring

  package init(_ path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    name = path[(slash.map { path.utf8.index(after: $0) } ?? path.startIndex)...]
  }

  /// What follows the last dot, ASCII letters in lower case; "" where there is no dot, or only one
  /// at the start (`.profile`) or the end.
  package var `extension`: String { Self.lastExtension(of: name.utf8) }

  /// The extension before the last one: `jsonl` of `news.jsonl.gz`; "" where there is none.
  package var innerExtension: String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return Self.lastExtension(of: name.utf8[..<dot])
  }

  private static func lastExtension(of name: Substring.UTF8View) -> String {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return "" }
    let bytes = name[name.index(after: dot)...]
    let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return String(decoding: lower, as: UTF8.self)
  }
}
