// What the roles of reStructuredText make of their text: those of docutils and Sphinx, and of what
// many projects add.

import RefrainModel

/// The rules for the name of a role.
enum RestructuredRole {
  private static let code: Set<String> = [
    "code", "command", "file", "kbd", "literal", "makevar", "math", "mimetype", "newsgroup",
    "program", "regexp", "samp", "token",
  ]
  private static let links: Set<String> = [
    "any", "arxiv", "bpo", "commit", "cve", "cwe", "doc", "doi", "download", "external", "gh",
    "issue",
    "numref", "pep", "pr", "pull", "pypi",
    "ref", "rfc", "source", "term", "user",
  ]
  /// Names of parts of programs, which Sphinx links to where they are described.
  private static let objects: Set<String> = [
    "attr", "class", "confval", "const", "data", "envvar", "event", "exc", "fixture", "func",
    "globalvar", "hook", "keyword", "macro", "member", "meth", "mod", "obj", "option", "setting",
    "struct", "type", "var",
  ]
  /// Roles of which nothing can be read: keys of citations and equations, entries of an index.
  private static let silent: Set<String> = ["cite", "eq", "footcite", "index", "nbsp"]

  /// What text under the role is; nil where it is none, such as HTML as it stands.
  static func markup(of name: ArraySlice<UInt8>) -> InlineMarkup? {
    guard let colon = name.lastIndex(of: UInt8(ascii: ":")) else {
      let name = name.lowercased
      if objects.contains(name) { return [.code, .link] }
      if code.contains(name) { return .code }
      if links.contains(name) { return .link }
      return silent.contains(name) || name.hasPrefix("raw") ? nil : []
    }
    let base = name[(colon + 1)...].lowercased
    // The standard domain has labels and documents; all others have programs.
    if links.contains(base) { return .link }
    let domain = name[..<colon].lowercased
    if domain == "cite" || domain == "footcite" { return nil }
    return [.code, .link]
  }
}
