// What class a finding belongs to: by the paths of its places, and by how its pages are built.

import RefrainMatch
import RefrainModel

/// Says of a finding what its pages are for.
///
/// Not thread-safe: it keeps what it found out of pages.
final class PassageClassifier {
  private let tokens: WordTokens
  private let trees: MirroredTrees
  private var headings: [Int: [UInt64]] = [:]
  private var shingles: [Int: [UInt64]] = [:]
  /// By path, of which an archive of any size has one.
  private var pathNames: [String: (names: PathNames, passageClass: PassageClass?)] = [:]

  init(_ tokens: WordTokens, _ trees: MirroredTrees) {
    self.tokens = tokens
    self.trees = trees
  }

  /// A place: its document and the path of that.
  struct Place {
    let document: Int
    let path: String
  }

  /// The class of a finding with these places; nil for none.
  ///
  /// A passage that two pages of one version share is not `version`, wherever else it stands. O(places), and
  /// once a page O(its words).
  func passageClass(_ places: [Place]) -> PassageClass? {
    for place in places {
      if let own = names(of: place.path).passageClass { return own }
    }
    guard places.contains(where: { $0.document != places[0].document }) else { return nil }
    if let mirrored = mirrored(places) { return mirrored }
    let (a, b) = (names(of: places[0].path).names, names(of: places[1].path).names)
    if places.count == 2, places[0].path != places[1].path, a.parts.dropLast() == b.parts.dropLast()
    {
      // One page, and what was made of it.
      if a.parts == b.parts { return .generated }
      let (own, other) = (a.numberless, b.numberless)
      if own.name == other.name, own.numbers > 1 { return .version }
    }
    let (first, second) = (places[0].document, places[1].document)
    return first != second && areOnOnePlan(first, second) ? .reference : nil
  }

  private func names(of path: String) -> (names: PathNames, passageClass: PassageClass?) {
    if let known = pathNames[path] { return known }
    let names = PathNames(path)
    let found = (names, names.passageClass)
    pathNames[path] = found
    return found
  }

  /// How many places there are, of those in mirrored trees the most that one has.
  func independentPlaces(_ places: [Place]) -> Int {
    let counts = places.reduce(into: [MirroredTrees.Tree?: Int]()) { counts, place in
      counts[trees.tree(of: place.path), default: 0] += 1
    }
    return counts.values.max() ?? 0
  }

  /// Whether all places are on one page or its versions.
  func areOnOnePage(_ places: [Place]) -> Bool {
    Set(places.map { $0.path.dropFirst(trees.tree(of: $0.path)?.folder.count ?? 0) }).count == 1
  }

  /// Version or translation, where each place is in a tree of its own, and all on one page, by its name or by what
  /// it says: where one page stands for its versions, a passage of it in another page is a copy.
  private func mirrored(_ places: [Place]) -> PassageClass? {
    var seen: Set<MirroredTrees.Tree> = []
    var pages: [MirroredPage] = []
    for place in places {
      guard let tree = trees.tree(of: place.path), seen.insert(tree).inserted else { return nil }
      let page = place.path.dropFirst(tree.folder.count)
      pages.append(MirroredPage(tree: tree, name: page, document: place.document))
    }
    if pages.allSatisfy({ $0.name == pages[0].name }) {
      return seen.contains(where: \.isLanguage) ? .translation : .version
    }
    return areOneRenamed(pages) ? .version : nil
  }

  /// A page of a mirrored tree.
  private struct MirroredPage {
    let tree: MirroredTrees.Tree
    /// Its path below the tree's folder.
    let name: Substring
    let document: Int
  }

  /// Whether pages are versions of one that was renamed: it has two names, no tree of these has both, and half of
  /// what the shorter one says stands in the other one.
  private func areOneRenamed(_ pages: [MirroredPage]) -> Bool {
    let first = pages[0]
    let others = pages.filter { $0.name != first.name }
    guard let second = others.first, others.allSatisfy({ $0.name == second.name }) else {
      return false
    }
    let isParted = pages.allSatisfy {
      !trees.holds($0.name == first.name ? second.name : first.name, in: $0.tree)
    }
    guard isParted else { return false }
    let (own, other) = (shingles(of: first.document), shingles(of: second.document))
    return own.commonCount(with: other) * 2 >= max(1, min(own.count, other.count))
  }

  private func shingles(of document: Int) -> [UInt64] {
    if let known = shingles[document] { return known }
    let found = tokens.text(document).shingles()
    shingles[document] = found
    return found
  }

  /// Whether two pages have the same headings: three, which are most of those of either, or six, which are a
  /// third of the lesser one's, where each names its parameters and examples besides.
  private func areOnOnePlan(_ a: Int, _ b: Int) -> Bool {
    let (own, other) = (headings(of: a), headings(of: b))
    let shared = own.commonCount(with: other)
    return shared >= Self.fewHeadings && shared * 3 > max(own.count, other.count) * 2
      || shared >= Self.manyHeadings && shared * 3 >= min(own.count, other.count)
  }

  private static let fewHeadings = 3
  private static let manyHeadings = 6

  private func headings(of document: Int) -> [UInt64] {
    if let known = headings[document] { return known }
    let found = tokens.text(document).headings()
    headings[document] = found
    return found
  }
}
