// The sketcher, held to the stages that it composes.

import RefrainModel
import RefrainSketch
import RefrainText
import TestSupport
import Testing

struct TextSketcherTests {
  private func texts() -> [String] {
    var prose = RandomProse(seed: 31)
    return ["", "...", "One.", "日本語の文。"]
      + (0..<40).map { RandomProse.text(prose.words($0 * 7)) }
  }

  @Test func itIsItsStages() throws {
    let plan = try #require(BandPlan(bands: 9, rows: 4))
    let sketcher = TextSketcher(width: 5, plan: plan)
    let (segmenter, words, shingler) = (Segmenter(), WordBuffer(), Shingler(width: 5))
    let hasher = MinHasher(slots: plan.slots)
    for text in texts() {
      var keys: [UInt64] = [7]
      Array(text.utf8).withUnsafeBytes { bytes in
        segmenter.segment(bytes, into: words)
        sketcher.read(bytes)
        sketcher.appendKeys(to: &keys)
      }
      let shingles = Array(shingler.shingle(words))
      #expect(Array(sketcher.shingles) == shingles)
      var expected = [UInt64](repeating: 0, count: plan.bands)
      if !shingles.isEmpty {
        hasher.referenceSketch(shingles).withUnsafeBufferPointer { signature in
          expected.withUnsafeMutableBufferPointer { keys in
            if let slots = signature.baseAddress, let target = keys.baseAddress {
              plan.writeKeys(of: slots, to: target)
            }
          }
        }
      }
      #expect(keys == [7] + expected)
    }
  }

  /// Case and punctuation inside a sentence leave the wording; another word or another cut does not.
  @Test func wordingsAreWordsAndCuts() {
    let sketcher = TextSketcher(width: 5, plan: nil)
    func wording(_ text: String) -> Wording {
      Array(text.utf8).withUnsafeBytes { sketcher.read($0) }
      return sketcher.wording
    }
    let one = wording("Alpha beta, gamma delta.")
    #expect(wording("ALPHA beta - gamma (delta)") == one)
    #expect(wording("Alpha beta. Gamma delta.") != one)
    #expect(wording("Alpha beta. Gamma delta.").words == one.words)
    #expect(wording("Alpha beta, gamma deltas.").words != one.words)
  }

  /// Without a plan there are no keys.
  @Test func keysAreMadeOnRequest() {
    let sketcher = TextSketcher(width: 3, plan: nil)
    var keys: [UInt64] = []
    Array("Some words that are here".utf8).withUnsafeBytes { sketcher.read($0) }
    sketcher.appendKeys(to: &keys)
    #expect(keys.isEmpty)
    #expect(SketchScheme.name(width: 3).contains("xxh3-n3"))
  }
}
