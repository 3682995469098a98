// Numbers for hashes: a dictionary of uniform 64-bit keys, which need no hashing once more.

/// Numbers distinct 64-bit hashes from 0 on, in the order in which they come.
///
/// The keys must be uniform, as XXH3 makes them: their upper bits are the place in an open-addressing
/// table, at most half full. 24 to 48 bytes a hash. `Dictionary` hashes its keys once more, against
/// attackers; whoever can choose texts so that their XXH3 hashes share upper
/// bits can make this table slow, but not wrong.
package struct HashNumbers: Sendable {
  private var keys: [UInt64]
  /// One more than the number of the key beside it; 0 is an empty slot.
  private var numbers: [UInt32]
  private var shift: UInt64
  /// How many hashes have a number.
  package private(set) var count = 0

  /// An empty table with room for `capacity` hashes before it grows.
  package init(capacity: Int = 16) {
    var bits: UInt64 = 5
    while 1 << bits < capacity * 2 { bits += 1 }
    shift = 64 - bits
    keys = [UInt64](repeating: 0, count: 1 << bits)
    numbers = [UInt32](repeating: 0, count: 1 << bits)
  }

  /// The number of a hash, if it has one.
  ///
  /// Expected O(1).
  @inline(__always)
  package func number(of hash: UInt64) -> Int? {
    let slot = slot(of: hash)
    return numbers[slot] == 0 ? nil : Int(numbers[slot]) - 1
  }

  /// The number of a hash, which gets the next one if it has none yet.
  ///
  /// Expected amortised O(1).
  @inline(__always)
  package mutating func insert(_ hash: UInt64) -> (number: Int, isNew: Bool) {
    let slot = slot(of: hash)
    if numbers[slot] != 0 { return (Int(numbers[slot]) - 1, false) }
    keys[slot] = hash
    count += 1
    numbers[slot] = UInt32(count)
    if count * 2 > keys.count { grow() }
    return (count - 1, true)
  }

  /// Calls `body` with each hash and its number, in no order.
  package func forEach(_ body: (UInt64, Int) -> Void) {
    for slot in numbers.indices where numbers[slot] != 0 {
      body(keys[slot], Int(numbers[slot]) - 1)
    }
  }

  /// Where a hash is, or the empty slot where it belongs: there is always one.
  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash >> shift)
    while numbers[slot] != 0, keys[slot] != hash { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private mutating func grow() {
    var larger = HashNumbers(capacity: keys.count)
    for slot in keys.indices where numbers[slot] != 0 {
      let target = larger.slot(of: keys[slot])
      larger.keys[target] = keys[slot]
      larger.numbers[target] = numbers[slot]
    }
    larger.count = count
    self = larger
  }
}
