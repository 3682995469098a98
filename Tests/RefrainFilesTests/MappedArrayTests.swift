// Arrays that go to disk: the same elements for any budget.

import RefrainFiles
import TestSupport
import Testing

struct MappedArrayTests {
  @Test(arguments: [0, 1, 4096, 1 << 22, .max])
  func theBudgetChangesNothing(budget: Int) throws {
    var random = SeededGenerator(seed: UInt64(truncatingIfNeeded: budget))
    var writer = MappedArrayWriter<UInt32>(budget: budget)
    var expected: [UInt32] = []
    for size in [0, 1, 7, 1 << 20, 3, (1 << 20) + 5, 100_000] {
      let part = (0..<size).map { _ in UInt32(truncatingIfNeeded: random.next()) }
      try part.withUnsafeBufferPointer { part throws in try writer.append(part) }
      expected += part
    }
    let array = try writer.finish()
    #expect(withExtendedLifetime(array) { array.elements.elementsEqual(expected) })
  }

  @Test(arguments: [0, 100]) func nothingIsAnArray(budget: Int) throws {
    let array = try MappedArrayWriter<UInt32>(budget: budget).finish()
    #expect(array.elements.isEmpty)
  }
}
