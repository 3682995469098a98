// What the parts around the main text of a page are called, and by which names pages call them.

internal import RefrainModel

/// A part of a page that is not its main text.
package enum PagePart: String, Hashable, Sendable, CaseIterable {
  case navigation
  case header
  case footer
  case sidebar
  case cookieNotice = "cookie notice"
  case comments
  case sharing
  case related
  case advertisement
  case subscription
  case search
  case dialog
  /// Author, date, tags.
  case details
  case hidden
  /// Nothing calls it so, but it is mostly links.
  case links = "link list"
}

extension PagePart {
  /// What an element is by its own name, where that says so; a `header` may be the head of a text.
  static let elements: [String: PagePart] = [
    "nav": .navigation, "menu": .navigation, "footer": .footer, "aside": .sidebar,
  ]

  /// What the roles of ARIA say.
  static let roles: [String: PagePart] = [
    "navigation": .navigation, "menu": .navigation, "menubar": .navigation,
    "toolbar": .navigation, "tablist": .navigation, "banner": .header, "contentinfo": .footer,
    "complementary": .sidebar, "search": .search, "dialog": .dialog, "alertdialog": .dialog,
    "alert": .dialog,
  ]

  /// What the words in classes and ids hint at.
  private static let words: [Substring: PagePart] = {
    let lists: [(PagePart, Substring)] = [
      (
        .navigation,
        """
        nav navbar navigation menu breadcrumb breadcrumbs crumbs pagination pager toc skip \
        skiplink topbar tabs sitemap submenu dropdown megamenu
        """
      ),
      (.header, "masthead banner"),
      (.footer, "footer foot copyright colophon imprint disclaimer bottombar"),
      (.sidebar, "sidebar aside widget widgets rail sidenav"),
      (.cookieNotice, "cookie cookies consent gdpr ccpa"),
      (.comments, "comment comments commentlist disqus respond reply replies discussion"),
      (.sharing, "share sharing sharebar sharedaddy social addtoany addthis follow"),
      (
        .related,
        """
        related recommended recommendations recommend outbrain taboola popular trending teaser \
        teasers readmore upnext more also
        """
      ),
      (
        .advertisement,
        """
        ad ads advert advertisement advertising adsense dfp promo promotion sponsor sponsored
        """
      ),
      (.subscription, "newsletter subscribe subscription paywall signup signin login register"),
      (.search, "search searchform searchbox"),
      (.dialog, "modal popup overlay lightbox dialog tooltip"),
      (.details, "author byline bio metadata postmeta taglist tags timestamp"),
      (.hidden, "hidden hide invisible noprint screenreader sr visuallyhidden"),
    ]
    var words: [Substring: PagePart] = [:]
    for (part, names) in lists {
      for name in names.split(separator: " ") { words[name] = part }
    }
    return words
  }()

  /// What the classes and the id of an element hint at: the first word that means something counts.
  ///
  /// Words end at anything but letters and digits, and before a capital behind a small letter
  /// (`siteFooter`). Digits are part of words, since generated names are full of them. O(bytes).
  init?(names: [UInt8]) {
    var word: [UInt8] = []
    var last: UInt8 = 0
    func part() -> PagePart? {
      word.isEmpty ? nil : Self.words[Substring(decoding: word, as: UTF8.self)]
    }
    for byte in names {
      let isInWord = byte.isASCIILetter || byte.isASCIIDigit
      let isHump = (0x41...0x5A).contains(byte) && (0x61...0x7A).contains(last)
      if !isInWord || isHump {
        if let part = part() {
          self = part
          return
        }
        word.removeAll(keepingCapacity: true)
      }
      if isInWord { word.append(byte.lowered) }
      last = byte
    }
    guard let part = part() else { return nil }
    self = part
  }
}
