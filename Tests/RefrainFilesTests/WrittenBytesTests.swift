// What is written to an output is in it, whatever way it goes there.

import Foundation
import RefrainFiles
import RefrainModel
import TestSupport
import Testing

struct WrittenBytesTests {
  /// Random writes of all lengths through the buffer, past it, and as line ends.
  @Test(arguments: 0..<12 as Range<UInt64>, ["out", "out.gz"])
  func theFileHoldsAllThatWasWritten(seed: UInt64, name: String) throws {
    let folder = try TestSupport.ScratchFolder()
    var random = SeededGenerator(seed: seed)
    var memory: [UnsafeMutableRawBufferPointer] = []
    defer { for bytes in memory { bytes.deallocate() } }
    var expected: [UInt8] = []
    let file = try OutputFile(OutputPlace(folder(name)), nameless: seed % 2 == 0)
    for _ in 0..<Int.random(in: 0...400, using: &random) {
      let length = random.pick([0, 1, 100, 511, 512, 5_000, 90_000])
      let byte = random.pick([0x0A, 0x61, 0x62] as [UInt8])
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        try file.write([UInt8](repeating: byte, count: length))
        expected += [UInt8](repeating: byte, count: length)
      case 1:
        // Such memory stays as it is until the end.
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 1)
        bytes.initializeMemory(as: UInt8.self, repeating: byte)
        memory.append(bytes)
        try file.write(direct: UnsafeRawBufferPointer(bytes))
        expected += [UInt8](repeating: byte, count: length)
      default:
        try file.endLine()
        if let last = expected.last, last != 0x0A { expected.append(0x0A) }
      }
    }
    try file.finish()
    #expect(!folder.exists(name))
    try OutputFile.publish([file])
    let isEqual = try InputOpener.read(folder(name)) == expected
    #expect(isEqual)
    if name.hasSuffix(".gz") { #expect(try folder.read(name).starts(with: [0x1F, 0x8B])) }
  }
}
