public import SidikCluster
internal import SidikCore

/// How a family's wording went from source to source, as far as its documents tell.
///
/// It is an order of what is in this corpus: no source is said to have copied another.
public struct FamilyTrace: Sendable {
  /// What the order of documents rests on.
  public enum Order: String, Sendable, Hashable {
    /// Their times; documents without one come last, in input order.
    case time
    /// Their order in the input, as no time can be read.
    case input
  }

  /// One source, by its first document.
  public struct Stop: Sendable, Hashable {
    /// The source; nil for documents that name none.
    public var source: String?
    /// Its first document here, as an index into the table.
    public var first: Int
    /// Its last document here.
    public var last: Int
    /// Its documents.
    public var documents: Int
    /// Seconds between the family's first time and the source's; nil where one is not known.
    public var delay: Int?
  }

  /// Documents that followed each other closely.
  public struct Burst: Sendable, Hashable {
    /// The first of them.
    public var first: Int
    /// The last of them.
    public var last: Int
    /// How many they are.
    public var documents: Int
    /// Seconds from the first to the last.
    public var seconds: Int
  }

  /// Documents that make a burst at least.
  public static let leastBurst = 3

  /// The family.
  public let family: Family
  /// What the order rests on.
  public let order: Order
  /// The documents in order.
  public let documents: [Int]
  /// Documents without a time that can be read.
  public let untimed: Int
  /// Documents whose time names no zone and is read as UTC.
  public let zoneless: Int
  /// Seconds between the first time and the last; nil without times.
  public let span: Int?
  /// The sources in the order of their first documents.
  public let stops: [Stop]
  /// The longest time between two documents that follow each other, and the place of the second
  /// in ``documents``; nil below two times.
  public let longestGap: (seconds: Int, before: Int)?
  /// The bursts in order.
  public let bursts: [Burst]
  /// Documents after the first by an author who had one before, by another, and by an unknown one.
  public let reposts: (sameAuthor: Int, otherAuthor: Int, unknownAuthor: Int)

  /// Follows a family.
  ///
  /// - Parameters:
  ///   - family: the family.
  ///   - table: the run's documents.
  ///   - burstGap: seconds between two documents of one burst at most.
  /// - Complexity: O(n log n) in the members.
  public init(_ family: Family, in table: DocumentTable, burstGap: Int = 3600) {
    self.family = family
    let members = family.members.map(\.document).sorted()
    var times: [Int: Timestamp] = [:]
    for document in members {
      if let time = table.time(document).flatMap({ Timestamp($0) }) { times[document] = time }
    }
    let timed = members.filter { times[$0] != nil }.sorted { x, y in
      guard let first = times[x], let second = times[y], first != second else { return x < y }
      return first < second
    }
    order = timed.isEmpty ? .input : .time
    documents = timed + members.filter { times[$0] == nil }
    untimed = members.count - timed.count
    zoneless = times.values.count { !$0.hasZone }
    let seconds = timed.compactMap { times[$0]?.seconds }
    span = seconds.last.map { $0 - seconds[0] }
    stops = Self.stops(documents, times, start: seconds.first, table)
    longestGap = zip(seconds, seconds.dropFirst()).enumerated()
      .max { ($0.element.1 - $0.element.0, $1.offset) < ($1.element.1 - $1.element.0, $0.offset) }
      .map { ($0.element.1 - $0.element.0, $0.offset + 1) }
    bursts = Self.bursts(timed, seconds, gap: burstGap)
    reposts = Self.reposts(documents, table)
  }

  private static func stops(
    _ documents: [Int],
    _ times: [Int: Timestamp],
    start: Int?,
    _ table: DocumentTable
  ) -> [Stop] {
    var places: [String?: Int] = [:]
    var stops: [Stop] = []
    for document in documents {
      let source = table.source(document)
      if let place = places[source] {
        stops[place].last = document
        stops[place].documents += 1
        continue
      }
      places[source] = stops.count
      let delay = times[document].flatMap { time in start.map { time.seconds - $0 } }
      stops.append(
        Stop(source: source, first: document, last: document, documents: 1, delay: delay)
      )
    }
    return stops
  }

  private static func bursts(_ documents: [Int], _ seconds: [Int], gap: Int) -> [Burst] {
    var bursts: [Burst] = []
    var start = 0
    for end in 1..<max(2, seconds.count + 1)
    where end >= seconds.count || seconds[end] - seconds[end - 1] > gap {
      if end <= seconds.count, end - start >= leastBurst {
        bursts.append(
          Burst(
            first: documents[start],
            last: documents[end - 1],
            documents: end - start,
            seconds: seconds[end - 1] - seconds[start]
          )
        )
      }
      start = end
    }
    return bursts
  }

  private static func reposts(_ documents: [Int], _ table: DocumentTable) -> (Int, Int, Int) {
    var seen: Set<String> = []
    var counts = (0, 0, 0)
    for (place, document) in documents.enumerated() {
      guard let author = table.author(document) else {
        counts.2 += place > 0 ? 1 : 0
        continue
      }
      let isNew = seen.insert(author).inserted
      if place > 0, isNew { counts.1 += 1 }
      if place > 0, !isNew { counts.0 += 1 }
    }
    return counts
  }
}
