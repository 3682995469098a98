internal import RefrainModel

struct OrgReader {
  private let source: MaskedSource
  init(_ source: MaskedSource) { self.source = source }
  consuming func read() -> Prose { PlainReader(source).read() }
}
