public import SidikCluster
internal import SidikFormats

/// Writes the forecast of a run, for people and as the contract in `Documentation/Formats/plan.md`
/// says.
public struct ForecastWriter {
  private let forecast: RunForecast
  private let provenance: Provenance
  private let threads: Int
  private let folder: String
  private let free: Int?

  /// Two threads do what one does in so much of half the time.
  private static let threadShare = 0.85

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - forecast: what to write.
  ///   - provenance: the run's parameters.
  ///   - threads: threads of the run.
  ///   - folder: where its temporary files would stand.
  ///   - free: bytes that are free there, where known.
  public init(
    _ forecast: RunForecast,
    provenance: Provenance,
    threads: Int,
    folder: String,
    free: Int?
  ) {
    self.forecast = forecast
    self.provenance = provenance
    self.threads = threads
    self.folder = folder
    self.free = free
  }

  private var wall: ClosedRange<Double> {
    let speed = threads > 1 ? Double(threads) * Self.threadShare : 1
    return forecast.seconds.lowerBound / speed...forecast.seconds.upperBound / speed
  }

  /// One JSON object and a line feed.
  public func json() -> [UInt8] {
    JSONWriter.line { json in
      json.member("sidik", provenance.stamp)
      json.member("parameters", provenance.parameters)
      json.key("sample")
      json.beginObject()
      json.member("documents", forecast.sample.documents)
      json.member("text_bytes", forecast.sample.textBytes)
      json.member("share", forecast.sample.share, decimals: 6)
      json.endObject()
      json.member("documents", forecast.documents)
      json.member("text_bytes", forecast.textBytes)
      json.key("cpu_seconds")
      json.array([forecast.seconds.lowerBound, forecast.seconds.upperBound]) {
        $0.number($1, decimals: 1)
      }
      json.key("seconds")
      json.array([wall.lowerBound, wall.upperBound]) { $0.number($1, decimals: 1) }
      json.member("threads", threads)
      json.integers("memory", [forecast.memory.lowerBound, forecast.memory.upperBound])
      json.member("least_memory_limit", forecast.leastMemory)
      json.member("disk", forecast.disk)
      json.integers(
        "disk_with_limit",
        [forecast.boundedDisk.lowerBound, forecast.boundedDisk.upperBound]
      )
      if let free { json.member("disk_free", free) }
      json.integers(
        "candidates",
        [forecast.candidates.lowerBound, forecast.candidates.upperBound]
      )
      json.member("largest_bucket", forecast.largestBucket)
      json.member("large_buckets", forecast.largeBuckets)
    }
  }

  /// A few lines for people.
  public func lines() -> [String] {
    let sample = forecast.sample
    let part = Int((sample.share * 1000).rounded())
    let room = free.map { " (\(Self.size($0)) free)" } ?? ""
    return [
      "sample      \(sample.documents) documents, \(Self.size(sample.textBytes)) of text"
        + (part >= 1000 ? ", all there is" : ", \(part / 10).\(part % 10) % of the input"),
      "documents   \(forecast.documents), \(Self.size(forecast.textBytes)) of text",
      "candidates  \(Self.range(forecast.candidates)) pairs",
      "buckets     the largest of \(forecast.largestBucket) documents; "
        + "\(forecast.largeBuckets) too large for all their pairs",
      "time        \(Self.seconds(forecast.seconds)) of CPU time, \(Self.seconds(wall)) on "
        + "\(threads) \(threads == 1 ? "thread" : "threads")",
      "memory      \(Self.sizes(forecast.memory)), or --memory from "
        + "\((forecast.leastMemory + (1 << 20) - 1) >> 20)M on",
      "disk        \(Self.size(forecast.disk)) in \(folder)\(room); with --memory "
        + Self.sizes(forecast.boundedDisk),
    ]
  }

  private static func size(_ bytes: Int) -> String {
    for (unit, shift) in [("GB", 30), ("MB", 20), ("KB", 10)] where bytes >= 1 << shift {
      let tenths = (bytes * 10) >> shift
      return tenths >= 1000 ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
    }
    return "\(bytes) bytes"
  }

  private static func sizes(_ range: ClosedRange<Int>) -> String {
    let (low, high) = (size(range.lowerBound), size(range.upperBound))
    return low == high ? low : "\(low) to \(high)"
  }

  private static func range(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func seconds(_ range: ClosedRange<Double>) -> String {
    let (low, high) = (Int(range.lowerBound.rounded(.up)), Int(range.upperBound.rounded(.up)))
    return low == high ? "\(low) s" : "\(low) to \(high) s"
  }
}
