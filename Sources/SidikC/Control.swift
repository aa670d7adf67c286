internal import CSidik
internal import Dispatch
internal import Glibc
internal import Sidik
internal import Synchronization

/// Stops a run from another thread and says how far it is.
final class Control: Sendable {
  private struct State {
    var isCancelled = false
    var progress: PipelineProgress?
    var task: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Whether the run is to end.
  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// How far the run is; nil before the start.
  var progress: PipelineProgress? { state.withLock { $0.progress } }

  /// Ends the run, now or when it starts.
  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      state.task?.cancel()
    }
  }

  /// Takes how far the run is.
  func show(_ progress: PipelineProgress) { state.withLock { $0.progress = progress } }

  /// Takes the run, to end it when that is asked for.
  func follow(_ task: Task<Void, Never>?) {
    state.withLock { state in
      state.task = task
      if state.isCancelled { task?.cancel() }
    }
  }
}

/// Runs that take several threads, for callers that wait.
enum BlockingRun {
  /// The process that first used threads; another one has none of them after a fork.
  private static let owner = getpid()

  /// Runs to the end while the calling thread sleeps.
  ///
  /// - Parameters:
  ///   - control: ends the run; nil: nothing does.
  ///   - body: the run.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws; `CallFault` in a forked process.
  static func wait<Answer: Sendable>(
    _ control: Control?,
    _ body: @escaping @Sendable () async throws -> Answer
  ) throws -> Answer {
    guard owner == getpid() else { throw CallFault.forked }
    if control?.isCancelled == true { throw CancellationError() }
    let answer = Mutex<Result<Answer, any Error>?>(nil)
    let box = Box(answer)
    let done = DispatchSemaphore(value: 0)
    let task = Task.detached {
      do {
        let value = try await body()
        box.value.withLock { $0 = .success(value) }
      } catch {
        box.value.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
    control?.follow(task)
    done.wait()
    control?.follow(nil)
    return try box.value.withLock { try $0?.get() } ?? { throw CancellationError() }()
  }

  /// A place for an answer that two threads know.
  private final class Box<Answer: Sendable>: Sendable {
    let value: Mutex<Result<Answer, any Error>?>

    init(_ value: consuming sending Mutex<Result<Answer, any Error>?>) { self.value = value }
  }
}

/// Makes a control.
@c @implementation
public func sidik_control_create(
  _ control: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of { try unsafe Handle.give(control, "control") { Control() } }
}

/// Ends the run of a control.
@c @implementation
public func sidik_control_cancel(_ control: OpaquePointer?) {
  let control = unsafe try? Handle.object(control, "control", as: Control.self)
  control?.cancel()
}

/// Says how far a run is.
@c @implementation
public func sidik_control_progress(
  _ control: OpaquePointer?,
  _ stage: UnsafeMutablePointer<Int32>?,
  _ done: UnsafeMutablePointer<Int64>?,
  _ total: UnsafeMutablePointer<Int64>?
) {
  let control = unsafe try? Handle.object(control, "control", as: Control.self)
  let progress = control?.progress
  let place = progress.flatMap { PipelineProgress.Stage.allCases.firstIndex(of: $0.stage) }
  unsafe stage?.pointee = Int32(place ?? -1)
  unsafe done?.pointee = Int64(progress?.done ?? 0)
  unsafe total?.pointee = Int64(progress?.total ?? -1)
}

/// Gives a control back.
@c @implementation
public func sidik_control_free(_ control: OpaquePointer?) {
  unsafe Handle.free(control, Control.self)
}
