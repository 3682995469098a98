// A call that its caller can end: the work is done on a thread of its own, while the calling one asks
// ten times a second whether to go on.

import CRefrain
import Dispatch
import Glibc
import RefrainModel
import Synchronization

/// What becomes of the work when the caller asks to stop.
enum Interruption {
  /// The work looks at the signal, and the call waits for it to end: it may use memory of the caller.
  case awaited
  /// The work owns all that it uses, and goes on to its end without anybody.
  case abandoned
}

extension CallOptions {
  /// How long the caller is left alone, in milliseconds.
  private static let interval = 100

  /// Does work, and asks the caller whether to go on if it wants to be asked.
  ///
  /// The thread is a plain one: those of a dispatch queue are gone in a child after a fork.
  func run<Result: Sendable>(
    _ interruption: Interruption = .awaited,
    _ work: @escaping @Sendable (StopSignal, @escaping Progress.Handler) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let stop = StopSignal()
    guard let watch else { return try work(stop) { _ in } }
    let position = CallPosition()
    let state = CallState { () throws(Failure) in try work(stop) { position.move(to: $0) } }
    guard DetachedThread({ state.run() }).start() else { return try work(stop) { _ in } }
    // A short call is over before anybody is asked.
    var patience = 2
    while state.done.wait(timeout: .now() + .milliseconds(patience)) == .timedOut {
      patience = Self.interval
      let (stage, done, total) = position.values
      if watch.poll(watch.context, stage, done, total) == 0 { continue }
      stop.raise()
      if interruption == .awaited { state.done.wait() }
      throw Failure(.interrupted)
    }
    switch state.takeResult() {
    case .success(let result): return result
    case .failure(let failure): throw failure
    case nil: throw Failure(.interrupted)
    }
  }
}

/// The work of a call and what comes of it, handed from the thread that does it to the one that waits.
private final class CallState<Value: Sendable>: @unchecked Sendable {
  let done = DispatchSemaphore(value: 0)
  // SAFETY: both are the worker's until it signals, and then the waiting thread's.
  private var result: Result<Value, Failure>?
  private var work: (@Sendable () throws(Failure) -> Value)?

  init(_ work: @escaping @Sendable () throws(Failure) -> Value) { self.work = work }

  /// Does the work.
  ///
  /// Who waits finds that nothing of the caller's is held by the work any more.
  func run() {
    result = outcome()
    done.signal()
  }

  /// What came of the work, once, for whoever waited until it was done.
  func takeResult() -> Result<Value, Failure>? { result.take() }

  private func outcome() -> Result<Value, Failure>? {
    let work = self.work.take()
    do throws(Failure) {
      return try work.map { work throws(Failure) in .success(try work()) }
    } catch {
      return .failure(error)
    }
  }
}

/// How far a call is, written by the thread that works and read by the one that waits.
///
/// It is apart from the result: results may hold on to whom they report to, and would hold themselves.
private final class CallPosition: Sendable {
  private let stage = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let total = Atomic<Int>(0)

  func move(to progress: Progress) {
    let code =
      switch progress.stage {
      case .reading: REFRAIN_STAGE_READING
      case .bucketing, .matching, .rereading: REFRAIN_STAGE_BUCKETING
      case .verifying, .writing: REFRAIN_STAGE_VERIFYING
      }
    stage.store(code, ordering: .relaxed)
    done.store(progress.done, ordering: .relaxed)
    total.store(progress.total, ordering: .relaxed)
  }

  /// The stage, and what of it is done; the three may be of different moments.
  var values: (stage: Int32, done: Int64, total: Int64) {
    (
      Int32(stage.load(ordering: .relaxed)), Int64(done.load(ordering: .relaxed)),
      Int64(total.load(ordering: .relaxed))
    )
  }
}

/// A thread that nobody joins.
private final class DetachedThread: @unchecked Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Whether it could be started.
  func start() -> Bool {
    var thread: pthread_t = 0
    // SAFETY: the thread takes the reference over, or it is given back right here.
    let own = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<DetachedThread>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, own.toOpaque())
    if failed != 0 {
      own.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
