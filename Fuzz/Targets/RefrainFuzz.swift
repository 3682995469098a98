// The fuzz program: one parser, named by the first argument, under libFuzzer.
//
//   refrain-fuzz markdown [LIBFUZZER'S OPTIONS] [CORPUS FOLDERS | FILES TO RUN ONCE]
//
// A target gets bytes and asserts what holds for any bytes whatever; what does not hold ends the
// process, and libFuzzer writes the input to a file.

import Glibc

/// libFuzzer's loop, from the compiler's own runtime.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The target of this process: set once, before libFuzzer begins, which runs it on one thread.
nonisolated(unsafe) private var target = FuzzTarget.plain

@main
enum RefrainFuzz {
  /// Tells the target to the processes that libFuzzer starts itself, for jobs and merges.
  private static let variable = "REFRAIN_FUZZ_TARGET"

  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    let names = FuzzTarget.allCases.map(\.rawValue)
    if count > 1, let name = arguments[1].map({ String(cString: $0) }), names.contains(name) {
      setenv(variable, name, 1)
      // libFuzzer sees the arguments behind the name, and the program before them.
      arguments[1] = arguments[0]
      arguments += 1
      count -= 1
    }
    // SAFETY: getenv gives a string that ends with NUL, and no other thread runs yet.
    guard let name = getenv(variable).map({ String(cString: $0) }),
      let chosen = FuzzTarget(rawValue: name)
    else {
      print("refrain-fuzz TARGET [LIBFUZZER'S OPTIONS]; targets: \(names.joined(separator: " "))")
      exit(2)
    }
    target = chosen
    let status = runDriver(&count, &arguments) { bytes, count in
      // SAFETY: libFuzzer's input is `count` bytes, which are copied.
      target.run([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    }
    exit(status)
  }
}

/// Whether bytes begin with the mark of UTF-16 or UTF-32.
func isUTF16(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    || bytes.starts(with: [0, 0, 0xFE, 0xFF])
}

/// Ends the process, which libFuzzer counts as a crash, unless the condition holds.
func require(_ condition: Bool, _ claim: @autoclosure () -> String) {
  if !condition { fatalError("does not hold: \(claim())") }
}
