// What HTML's elements mean for prose: which are blocks, which are no prose, which join words.

/// The classes that an element may fall into.
enum HTMLRole: Hashable {
  /// A part of running text: `em<b>pha</b>sis` is one word.
  case inline
  /// Stands by itself: text before, in and behind it are different blocks.
  case block
  case heading
  case listItem
  case blockquote
  /// `<q>`: running text in quotation marks.
  case quotation
  case lineBreak
  /// A picture or a field in running text, which stands between words.
  case separator
  /// Scripts, forms, tables' figures, and all that surrounds the main text of a page.
  case excluded
  /// A cell of a table; paragraphs in it are what they are elsewhere.
  case cell
  /// What describes a picture or a table.
  case caption
  /// Inline code.
  case code
  /// A link that leads somewhere.
  case link
}

/// What a name says of an element: found once for each name, and asked at each of its tags.
struct HTMLElementKind {
  let role: HTMLRole
  /// How deep a heading lies.
  let level: Int
  let isText: Bool
  let isHeader: Bool
  let isMain: Bool
  let isParagraph: Bool
  let isListing: Bool
  /// Whether its classes may make a box of it.
  let mayBeBox: Bool
  /// Whether it may have a description.
  let isPicture: Bool

  /// - Parameter name: in lower case.
  init(_ name: String) {
    role = HTMLElements.roles[name] ?? .inline
    level = name.last?.wholeNumberValue ?? 0
    isText = HTMLElements.texts.contains(name)
    isHeader = name == "header"
    isMain = name == "main"
    isParagraph = name == "p"
    isListing = name == "pre"
    mayBeBox = name == "div" || name == "section"
    isPicture = name == "img" || name == "area"
  }
}

enum HTMLElements {
  fileprivate static let roles: [String: HTMLRole] = {
    var roles: [String: HTMLRole] = [
      "br": .lineBreak, "blockquote": .blockquote, "q": .quotation, "a": .link,
    ]
    let lists: [(HTMLRole, String)] = [
      (
        .block,
        """
        html body address article center details dialog dir div dl fieldset figure form header \
        hgroup hr legend main menu multicol ol p section summary table tbody tfoot thead tr ul
        """
      ),
      (.heading, "h1 h2 h3 h4 h5 h6"), (.listItem, "li dd dt"), (.cell, "td th"),
      (.caption, "caption figcaption"), (.code, "code kbd samp tt var"),
      (.separator, "img input embed area keygen param source track"),
      (
        .excluded,
        """
        head title script style template noscript noembed noframes iframe object applet audio video \
        canvas svg math pre listing plaintext xmp textarea select option optgroup datalist button \
        output progress meter nav footer aside frameset frame rp rt rtc
        """
      ),
    ]
    for (role, names) in lists {
      for name in names.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        roles[String(name)] = role
      }
    }
    return roles
  }()

  /// Roles of ARIA that mark what surrounds the main text.
  private static let excludedRoles: Set<String> = [
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar",
  ]

  /// Words of a `class` that make a box beside the running text.
  private static let boxes: Set<Substring> = [
    "admonition", "alert", "callout", "note", "tip", "warning",
  ]

  /// Whether classes, in lower case, make such a box of an element.
  static func isBox(classes: String) -> Bool {
    classes.split { $0 == " " || $0 == "-" || $0 == "_" }.contains(where: boxes.contains)
  }

  /// Elements in which a `header` is the head of a text, and not of the page.
  static let texts: Set<String> = ["article", "main", "section"]

  /// What an element means by itself.
  static func role(of element: HTMLElement) -> HTMLRole {
    let isExcluded = !element.role.isEmpty && excludedRoles.contains(element.role)
    return element.isHidden || isExcluded ? .excluded : element.kind.role
  }
}
