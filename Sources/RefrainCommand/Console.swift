// Writes generated texts to standard output, and messages, warnings and the progress bar to standard
// error.

import Glibc
import RefrainJobs
import RefrainModel
import Synchronization

/// Everything that a person at the terminal sees beside the results.
enum Console {
  /// Whether standard error is a terminal.
  static let isTerminal = isatty(2) == 1

  /// Writes a result to standard output; it is an error if that fails.
  static func result(_ text: String) throws(RefrainError) {
    try ResultFile.write(Array(text.utf8), to: "-")
  }

  static func error(_ message: String) { raw("refrain: \(VisibleText.line(message))") }
  static func warning(_ message: String) { raw("refrain: warning: \(VisibleText.line(message))") }

  /// Writes lines to standard error, without characters that control a terminal.
  static func raw(_ message: String) {
    let line = Array((VisibleText.lines(message) + "\n").utf8)
    // SAFETY: the system reads the bytes of the line, which outlive the call.
    _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }
}

/// A progress bar, shown only on a terminal and only once a run has taken half a second.
final class ProgressBar: Sendable {
  private struct State {
    var started = ProgressBar.now()
    var shown = 0.0
    var isDrawn = false
    /// The present stage, when it began, and what was done of it then.
    var stage: Progress.Stage?
    var stageStarted = 0.0
    var stageDone = 0
  }

  private let state = Mutex(State())
  private let isOn: Bool

  private init(quiet: Bool) { isOn = Console.isTerminal && !quiet }

  /// Runs a job with a bar, unless it is to be quiet.
  static func during<Result>(
    quiet: Bool, _ job: (@escaping Progress.Handler) throws(RefrainError) -> Result
  ) throws(RefrainError) -> Result {
    let bar = ProgressBar(quiet: quiet)
    defer { bar.finish() }
    return try job(bar.handler)
  }

  /// The handler that a job reports progress to.
  private var handler: Progress.Handler {
    if !isOn { return { _ in } }
    return { [self] in show($0) }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func show(_ progress: Progress) {
    state.withLock { state in
      let now = Self.now()
      if state.stage != progress.stage || progress.done < state.stageDone {
        state.stage = progress.stage
        state.stageStarted = now
        state.stageDone = progress.done
      }
      guard now - state.started > 0.5, now - state.shown > 0.1 else { return }
      state.shown = now
      state.isDrawn = true
      let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
      let filled = Int(share * 30)
      let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: 30 - filled)
      let name = progress.stage.rawValue
      let padded = name + String(repeating: " ", count: max(0, 10 - name.count))
      let pace = Self.pace(progress, from: state.stageDone, in: now - state.stageStarted)
      put(
        "\r\(padded) [\(bar)] \(Int(share * 100)) %  \(Int(now - state.started)) s\(pace)\u{1B}[K")
    }
  }

  /// How fast a stage goes, and how long it still takes at that; nothing while too little is done to tell.
  private static func pace(_ progress: Progress, from start: Int, in seconds: Double) -> String {
    let done = progress.done - start
    guard seconds > 1, done > 0 else { return "" }
    let left = Int((seconds * Double(progress.total - progress.done) / Double(done)).rounded())
    let rate = Double(done) / seconds / 1e6
    let speed =
      progress.stage == .reading ? ", \(Int(rate)).\(Int(rate * 10) % 10) MB/s" : ""
    return "\(speed), \(left) s left in this stage"
  }

  /// Removes the bar.
  private func finish() {
    state.withLock { state in
      if state.isDrawn { put("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    // SAFETY: the system reads the bytes, which outlive the call.
    _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
