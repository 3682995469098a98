// The workers: results in order, and the same end for any number of threads.

import RefrainModel
import Synchronization
import Testing

struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8, 64])
  func resultsComeInOrder(threads: Int) {
    for count in [0, 1, 2, 7, 500] {
      let squares = Workers(threads: threads).map(count, state: { 0 }) { _, i -> Int? in i * i }
      #expect(squares == (0..<count).map { $0 * $0 })
    }
  }

  @Test(arguments: [1, 2, 8])
  func theFirstNilByNumberEndsTheResult(threads: Int) {
    for round in 0..<50 {
      let done = Workers(threads: threads).map(200, state: {}) { _, i -> Int? in
        i == 40 + round || i % 50 == 49 && i > 40 + round ? nil : i
      }
      #expect(done == Array(0..<(40 + round)))
    }
  }

  @Test func eachPieceIsWorkedOnOnceWithAStateOfTheThread() {
    let states = Atomic<Int>(0)
    let sum = Atomic<Int>(0)
    Workers(threads: 4).forEach(
      1000, state: { states.wrappingAdd(1, ordering: .relaxed).newValue }
    ) { _, i in sum.wrappingAdd(i, ordering: .relaxed) }
    #expect(sum.load(ordering: .relaxed) == 499_500)
    #expect((1...4).contains(states.load(ordering: .relaxed)))
  }

  @Test func atLeastOneThreadWorks() {
    #expect(Workers(threads: 0).threads == 1)
    #expect(Workers.processors >= 1)
  }
}
