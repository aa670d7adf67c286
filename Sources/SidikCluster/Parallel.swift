internal import Synchronization

/// Work in numbered parts on several threads; the results come back in the order of the parts.
enum Parallel {
  /// Runs `body` for every part.
  ///
  /// - Parameters:
  ///   - parts: number of parts.
  ///   - threads: at most this many run at once.
  ///   - makeWorker: makes one worker, with scratch of its own, for each thread.
  ///   - body: the work of a part.
  /// - Returns: one result a part, in order.
  /// - Throws: what `body` throws, or `CancellationError`.
  /// - Note: What one thread does alone starts no task, so that searches of two short texts cost no more than the work.
  static func map<Worker, Output: Sendable>(
    parts: Int,
    threads: Int,
    makeWorker: @escaping @Sendable () -> Worker,
    body: @escaping @Sendable (Worker, Int) throws -> Output
  ) async throws -> [Output] {
    try await mapSearches(parts: parts, threads: threads, makeWorker: makeWorker) {
      (worker: Worker, part: Int) async throws -> Output in try body(worker, part)
    }
  }

  /// ``map(parts:threads:makeWorker:body:)`` for work that runs searches of its own.
  @concurrent static func mapSearches<Worker, Output: Sendable>(
    parts: Int,
    threads: Int,
    makeWorker: @escaping @Sendable () -> Worker,
    body: @escaping @Sendable (Worker, Int) async throws -> Output
  ) async throws -> [Output] {
    if min(threads, parts) <= 1 {
      let worker = makeWorker()
      var results: [Output] = []
      results.reserveCapacity(parts)
      for part in 0..<parts {
        try Task.checkCancellation()
        results.append(try await body(worker, part))
      }
      return results
    }
    let next = Ticket()
    return try await withThrowingTaskGroup(of: [(Int, Output)].self) { group in
      for _ in 0..<min(threads, parts) {
        group.addTask {
          let worker = makeWorker()
          var done: [(Int, Output)] = []
          while let part = next.take(below: parts) {
            try Task.checkCancellation()
            done.append((part, try await body(worker, part)))
          }
          return done
        }
      }
      var results = [Output?](repeating: nil, count: parts)
      for try await done in group {
        for (part, output) in done { results[part] = output }
      }
      return results.compactMap { $0 }
    }
  }

  /// The values for which a condition holds, in order, looked for on several threads.
  ///
  /// - Parameters:
  ///   - values: any number.
  ///   - threads: at most this many run at once.
  ///   - makeWorker: makes one worker for each thread.
  ///   - holds: the condition.
  /// - Returns: those for which it holds.
  /// - Throws: `CancellationError`.
  static func filter<Worker>(
    _ values: [UInt64],
    threads: Int,
    makeWorker: @escaping @Sendable () -> Worker,
    _ holds: @escaping @Sendable (Worker, UInt64) -> Bool
  ) async throws -> [UInt64] {
    let ranges = ranges(values.count, size: 1 << 14)
    let kept = try await map(parts: ranges.count, threads: threads, makeWorker: makeWorker) {
      worker,
      part in
      values[ranges[part]].filter { holds(worker, $0) }
    }
    return Array(kept.joined())
  }

  /// Cuts 0..<count into ranges of about `size`.
  static func ranges(_ count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }
}

/// Hands out numbers.
private final class Ticket: Sendable {
  private let value = Atomic<Int>(0)

  func take(below limit: Int) -> Int? {
    let ticket = value.add(1, ordering: .relaxed).oldValue
    return ticket < limit ? ticket : nil
  }
}

/// A sum that several threads add to.
final class Tally: Sendable {
  private let value = Atomic<Int>(0)

  /// Adds and returns the new sum.
  func add(_ amount: Int) -> Int { value.add(amount, ordering: .relaxed).newValue }
}
