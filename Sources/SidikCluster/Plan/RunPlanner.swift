import Glibc
public import SidikCore
internal import Synchronization

/// Runs a pipeline on the beginning of its input to say what the whole would take.
public struct RunPlanner: Sendable {
  private let configuration: PipelineConfiguration

  /// Prepares a forecast for runs with a configuration.
  public init(_ configuration: PipelineConfiguration) { self.configuration = configuration }

  /// What was read and measured.
  public struct Answer: Sendable {
    /// The measured sample; its share is 1 where the input ended in it, else 0.
    public var sample: RunForecast.Sample
    /// What was wrong with records of the sample.
    public var problems: [RecordProblem]
    /// Whether the input ended within the sample.
    public var isWhole: Bool
  }

  /// Reads and clusters the beginning of a source.
  ///
  /// - Parameters:
  ///   - source: where documents come from; read as far as the sample goes.
  ///   - bytes: the sample ends with the chunk that reaches so many bytes of input.
  /// - Returns: what was measured.
  /// - Throws: as ``Pipeline/run(_:)``.
  public func measure(_ source: any DocumentSource, bytes: Int) async throws -> Answer {
    let clock = StageClock()
    var own = configuration
    own.keepsEdges = false
    own.memory = nil
    own.progress = { [progress = configuration.progress] in
      clock.take($0.stage)
      progress($0)
    }
    let part = SampledSource(source, bytes: bytes)
    let result = try await Pipeline(own).run(part)
    let (sketching, pairing) = clock.finish()
    let sample = RunForecast.Sample(
      documents: result.documents.count,
      textBytes: result.statistics.textBytes,
      share: part.isAtEnd ? 1 : 0,
      sketching: sketching,
      pairing: pairing,
      statistics: result.statistics
    )
    return Answer(sample: sample, problems: result.problems, isWhole: part.isAtEnd)
  }
}

/// The beginning of a source.
private final class SampledSource: DocumentSource {
  private let source: any DocumentSource
  private var left: Int

  /// Whether the source has ended.
  private(set) var isAtEnd = false

  init(_ source: any DocumentSource, bytes: Int) {
    self.source = source
    left = bytes
  }

  func nextChunk() throws -> (any DocumentChunk)? {
    guard left > 0 else { return nil }
    guard let chunk = try source.nextChunk() else {
      isAtEnd = true
      return nil
    }
    left -= chunk.byteCount
    return chunk
  }
}

/// CPU seconds of the stages of a run.
private final class StageClock: Sendable {
  private struct State: Sendable {
    var start = StageClock.now()
    var sketched: Double?
  }

  private let state = Mutex(State())

  func take(_ stage: PipelineProgress.Stage) {
    state.withLock { state in
      if stage != .sketch, state.sketched == nil { state.sketched = Self.now() }
    }
  }

  func finish() -> (sketching: Double, pairing: Double) {
    state.withLock { state in
      let end = Self.now()
      let middle = state.sketched ?? end
      return (middle - state.start, end - middle)
    }
  }

  private static func now() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
