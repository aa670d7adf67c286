internal import SidikCore

/// Chunks of records on several threads, their results taken in input order.
enum OrderedChunks {
  /// Reads a source to its end.
  ///
  /// At most `threads` chunks are worked on at once and at most four times as many wait to be
  /// taken in order, so memory is bounded whatever the input.
  ///
  /// - Parameters:
  ///   - source: read on the calling task.
  ///   - threads: chunks that are worked on at once.
  ///   - makeWorker: makes the tools of a thread.
  ///   - work: turns a chunk into a result, on any thread.
  ///   - take: receives the results in order, on the calling task.
  /// - Throws: what reading, working or taking throws, or `CancellationError`.
  static func map<Worker, Output: Sendable>(
    _ source: any DocumentSource,
    threads: Int,
    makeWorker: @escaping @Sendable () -> Worker,
    work: @escaping @Sendable (Worker, any DocumentChunk) throws -> Output,
    take: (Output) throws -> Void
  ) async throws {
    let workers = WorkerPool(makeWorker)
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var (submitted, taken, running) = (0, 0, 0)
      var waiting: [Int: Output] = [:]
      var atEnd = false
      while true {
        while !atEnd, running < threads, submitted - taken < 4 * threads {
          guard let chunk = try source.nextChunk() else {
            atEnd = true
            break
          }
          let number = submitted
          group.addTask {
            try Task.checkCancellation()
            return (number, try workers.use { try work($0, chunk) })
          }
          submitted += 1
          running += 1
        }
        guard let (number, output) = try await group.next() else { break }
        running -= 1
        waiting[number] = output
        while let next = waiting.removeValue(forKey: taken) {
          try take(next)
          taken += 1
        }
      }
    }
  }
}
