// Numbers that belong to stems: a table of 28-bit hashes.

/// Values of stems by their hash.
///
/// Open addressing by the upper bits of the hash, at most half full; 8 bytes an entry and more.
struct StemTable: Sendable {
  /// A stem's hash with bit 0 set, since an entry of zero is free.
  private var keys: [UInt32]
  private var values: [UInt32]
  private var shift: UInt32
  private(set) var count = 0

  init(capacity: Int = 16) {
    var bits: UInt32 = 5
    while 1 << Int(bits) < capacity * 2 { bits += 1 }
    shift = 32 - bits
    keys = [UInt32](repeating: 0, count: 1 << Int(bits))
    values = [UInt32](repeating: 0, count: 1 << Int(bits))
  }

  /// The value of a stem, of whose column entry the lower bits do not count; nil where it has none.
  @inline(__always)
  func value(of stem: UInt32) -> UInt32? {
    let slot = slot(of: stem | 15)
    return keys[slot] == 0 ? nil : values[slot]
  }

  /// Changes the value of a stem, which is 0 if it has none yet.
  @inline(__always)
  mutating func update(_ stem: UInt32, _ change: (inout UInt32) -> Void) {
    let key = stem | 15
    var slot = slot(of: key)
    if keys[slot] == 0 {
      if (count + 1) * 2 > keys.count {
        grow()
        slot = self.slot(of: key)
      }
      keys[slot] = key
      count += 1
    }
    change(&values[slot])
  }

  @inline(__always)
  private func slot(of key: UInt32) -> Int {
    var slot = Int(key >> shift)
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private mutating func grow() {
    var larger = StemTable(capacity: keys.count)
    forEach { stem, value in larger.update(stem) { $0 = value } }
    self = larger
  }

  func forEach(_ body: (UInt32, UInt32) -> Void) {
    for slot in keys.indices where keys[slot] != 0 { body(keys[slot], values[slot]) }
  }
}
