// Band keys come back as they were added, in memory and from disk.

import RefrainIndex
import RefrainModel
import TestSupport
import Testing

struct KeyStoreTests {
  /// Blocks of random keys: some records, several bands.
  private func blocks(_ bands: Int) -> [(records: Int, keys: [UInt64])] {
    var random = SeededGenerator(seed: 7)
    return (0..<40).map { number in
      let records = number % 5 == 0 ? 0 : Int.random(in: 1...50, using: &random)
      return (records, (0..<(records * bands)).map { _ in random.next() })
    }
  }

  /// The budget in bytes: nothing, a part, and all stay in memory.
  @Test(arguments: [0, 5_000, 1 << 20])
  func everyBandComesBack(budget: Int) throws {
    let bands = 6
    let blocks = blocks(bands)
    let store = KeyStore(budget: budget)
    // Several workers add at once.
    let added = Workers(threads: 3).map(blocks.count, state: {}) { _, index -> KeyStore.Keys? in
      try? store.add(blocks[index].keys)
    }
    try #require(added.count == blocks.count)
    #expect(store.hasSpilled == (budget < 1 << 20))
    let resident = added.count { if case .resident = $0 { true } else { false } }
    #expect(budget > 0 || resident == blocks.count { $0.keys.isEmpty })
    var scratch: [UInt64] = []
    for band in (0..<bands).reversed() {
      for (block, keys) in zip(blocks, added) {
        let stretch = block.keys[(band * block.records)..<((band + 1) * block.records)]
        store.withBand(band, of: keys, count: block.records, scratch: &scratch) { found in
          #expect(found.elementsEqual(stretch))
        }
      }
    }
    try store.requireRead()
  }

  /// Keys that were let go of cannot be read, and that is told.
  @Test func whatIsGoneIsAnError() throws {
    let store = KeyStore(budget: 0)
    let keys = try store.add([1, 2, 3])
    store.release()
    var scratch: [UInt64] = []
    store.withBand(0, of: keys, count: 3, scratch: &scratch) { #expect($0.isEmpty) }
    #expect(throws: RefrainError.self) { try store.requireRead() }
  }
}
