// Values from many threads, taken in order.

import RefrainModel
import Synchronization
import Testing

struct OrderedHandoffTests {
  @Test(arguments: [1, 2, 7]) func valuesComeInOrder(threads: Int) {
    let handoff = OrderedHandoff<Int>()
    let taken = Mutex<[Int]>([])
    Workers(threads: threads).forEach(500, state: {}) { _, number in
      handoff.bring(number, number * number) { value in taken.withLock { $0.append(value) } }
    }
    #expect(taken.withLock { $0 } == (0..<500).map { $0 * $0 })
  }
}
