// The rules of gitignore(5), a case each, told without a file system.

import RefrainFiles
import Testing

struct IgnoreRulesTests {
  /// A path that ends in a slash is a folder.
  private func verdict(_ file: String, _ path: String) -> Bool? {
    let isFolder = path.hasSuffix("/")
    let bytes = Array((isFolder ? String(path.dropLast()) : path).utf8)
    return IgnoreRules(Array(file.utf8)).verdict(on: bytes[...], isFolder: isFolder)
  }

  @Test(arguments: [
    ("foo", "foo"), ("foo", "a/b/foo"), ("foo", "foo/"), ("foo/", "foo/"), ("foo/", "a/foo/"),
    ("/foo", "foo"), ("a/foo", "a/foo"), ("*.txt", "a/b.txt"), ("*", "a"), ("f?o", "fxo"),
    ("[a-c]x", "bx"), ("[!a-c]x", "dx"), ("[^a]x", "bx"), ("[]]x", "]x"), ("[a-]", "-"),
    ("[\\]]", "]"), ("[[:digit:]]", "7"), ("[[:upper:]x]", "x"), ("[a\\-z]", "-"),
    ("**/foo", "foo"),
    ("**/foo", "a/b/foo"), ("**/a/b", "x/a/b"), ("foo/**", "foo/a/b"), ("a/**/b", "a/b"),
    ("a/**/b", "a/x/y/b"), ("a/*/b", "a/x/b"), ("a/*", "a/b"), ("**", "x/y"), ("***/foo", "a/foo"),
    ("\\#foo", "#foo"), ("\\!foo", "!foo"), ("foo\\ ", "foo "), ("foo  ", "foo"), ("fo\\o", "foo"),
    ("\\*", "*"), (" foo", " foo"), ("foo\r", "foo"), ("\u{FEFF}foo", "foo"), ("é*", "één"),
    ("foo\t", "foo\t"), ("a**b", "axxb"), ("*a*b*c*", "xaxbxcx"), ("doc/*.txt", "doc/a.txt"),
    ("!a\na", "a"), ("*.md\n!keep.md\nkeep.*", "keep.md"), ("/*", "a"), ("a/", "a/"),
    ("**/", "x/"), ("a/**/", "a/b/"), ("[[:alpha:]-z]", "-"), ("??", "é"),
  ])
  func ignored(file: String, path: String) {
    #expect(verdict(file, path) == true)
  }

  @Test(arguments: [
    ("foo", "foobar"), ("foo/", "foo"), ("/foo", "a/foo"), ("a/foo", "b/a/foo"),
    ("*.txt", "a.txt.b"),
    ("a/*", "a/b/c"), ("f?o", "f/o"), ("a?b", "a/b"), ("a[/]b", "a/b"), ("a[!x]b", "a/b"),
    ("[a-c]x", "dx"), ("[!a-c]x", "bx"), ("foo/**", "foo/"), ("a/**/b", "ab"), ("**/foo", "xfoo"),
    ("#foo", "#foo"), ("", "a"), ("   ", "a"), ("/", "a/"), ("foo\\", "foo"), ("[a", "[a"),
    ("[", "["), ("[[:nope:]]", "n"), ("a*b", "a/b"), ("a**b/c", "ax/yb/c"),
    ("doc/*.txt", "doc/x/a.txt"),
    ("?", "é"), ("Foo", "foo"), ("!", "a"), ("[b-a]", "a"),
  ])
  func notMatched(file: String, path: String) {
    #expect(verdict(file, path) == nil)
  }

  @Test(arguments: [
    ("*.md\n!keep.md", "keep.md"), ("!a", "a"), ("a\n!/a", "a"), ("*\n!*/", "x/"),
    ("/*\n!/foo", "foo/"),
  ])
  func broughtBack(file: String, path: String) {
    #expect(verdict(file, path) == false)
  }

  @Test func manyStarsTakeNoTime() {
    // Backtracking would take 2 to the power of the stars.
    let pattern = String(repeating: "a*", count: 40) + "b"
    #expect(verdict(pattern, String(repeating: "a", count: 200)) == nil)
    #expect(
      verdict(
        String(repeating: "**/a/", count: 30) + "b", String(repeating: "a/", count: 200) + "c")
        == nil)
  }
}
