internal import Synchronization

/// Workers with scratch of their own, lent to one task at a time.
final class WorkerPool<Worker>: @unchecked Sendable {
  // Unchecked: a worker is in the hands of one task or in the locked list, never both.
  private let make: @Sendable () -> Worker
  private let idle = Mutex<Void>(())
  private var workers: [Worker] = []

  init(_ make: @escaping @Sendable () -> Worker) { self.make = make }

  func use<Result>(_ body: (Worker) throws -> Result) rethrows -> Result {
    let worker = idle.withLock { _ in workers.popLast() } ?? make()
    defer { idle.withLock { _ in workers.append(worker) } }
    return try body(worker)
  }
}
