// What touches the process as a whole: its signals, its stacks, its standard streams. As a library
// Refrain does none of it; a program that is Refrain's alone does all of it first.

import CSystem
import Glibc
package import RefrainModel

/// The process, for its owner.
package enum OwnedProcess {
  /// Descriptors that a job opens at a time, roughly: inputs are closed once they are mapped.
  private static let descriptors: Int32 = 16
  /// The deepest code wants some hundred kilobytes; this is what Linux gives by default.
  private static let stack = 8 << 20

  /// Runs a program's body in a process that is ready for it.
  ///
  /// Standard streams that are closed are filled, so that no file becomes one. Signals that end the
  /// process remove temporary names first; those that were ignored stay ignored. A file that shrinks
  /// while it is read is an error and no crash, and so inputs are mapped instead of copied. Where the
  /// stack is smaller than usual, the body and all threads get the usual one.
  /// - Parameter failed: is told why the body could not be run.
  package static func run(
    _ body: @convention(c) () -> Void, failed: (RefrainError) -> Void
  ) {
    refrain_process_fill_standard_streams()
    let spare = refrain_process_spare_descriptors(descriptors)
    if spare < descriptors {
      return failed(
        .limited(
          cause:
            "only \(spare) more files can be opened, but \(descriptors) are needed; raise ulimit -n"
        ))
    }
    refrain_process_install_handlers()
    let status = refrain_process_with_stack(stack, body)
    if status != 0 {
      // SAFETY: the system's words end with NUL, and are copied at once.
      failed(.limited(cause: "cannot start a thread: \(String(cString: strerror(status)))"))
    }
  }
}
