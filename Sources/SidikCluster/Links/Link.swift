public import SidikCore

/// What an analyst decided about two documents.
public struct Link: Sendable, Hashable {
  /// The decision.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// They belong to one family, whatever their texts say.
    case same
    /// They belong to different families.
    case different
  }

  /// The id of the one document.
  public var a: String
  /// The id of the other.
  public var b: String
  /// The decision.
  public var verdict: Verdict
  /// Why, for people.
  public var note: String?
  /// Who decided.
  public var by: String?
  /// When, as the file says it.
  public var time: String?
  /// Where it stands in its file, from 1; 0 where it was in none.
  public var line: Int

  /// Makes a link.
  public init(_ a: String, _ b: String, _ verdict: Verdict, line: Int = 0) {
    self.a = a
    self.b = b
    self.verdict = verdict
    self.line = line
  }
}

/// Links that do not contradict each other.
public struct LinkList: Sendable, Hashable {
  /// The name of the file, for messages.
  public let file: String
  /// The links, as they stood.
  public let links: [Link]

  /// Takes links.
  ///
  /// - Parameters:
  ///   - links: in any order; a link may stand several times.
  ///   - file: the name of their file, for messages.
  /// - Throws: ``SidikError`` where a pair is told to be different that other links make the same.
  /// - Complexity: O(n log n).
  public init(_ links: [Link], file: String) throws(SidikError) {
    self.links = links
    self.file = file
    try LinkContradiction.check(links, file: file)
  }

  /// 16 hexadecimal digits made from the pairs and their verdicts, in any order.
  var fingerprint: String {
    let lines = Set(
      links.map { "\(min($0.a, $0.b))\0\(max($0.a, $0.b))\0\($0.verdict.rawValue)\0" }
    )
    return Hexadecimal.string(ClusteringBasis.fingerprint(of: lines.sorted().joined()))
  }
}

/// Finds pairs that are told to be different, but are the same by other links.
private enum LinkContradiction {
  static func check(_ links: [Link], file: String) throws(SidikError) {
    var numbers: [String: Int] = [:]
    for link in links {
      for id in [link.a, link.b] where numbers[id] == nil { numbers[id] = numbers.count }
    }
    func number(_ id: String) -> Int { numbers[id] ?? 0 }
    var sets = UnionFind(numbers.count)
    var neighbours: [Int: [(Int, Int)]] = [:]
    for link in links where link.verdict == .same {
      let (a, b) = (number(link.a), number(link.b))
      sets.join(a, b)
      neighbours[a, default: []].append((b, link.line))
      neighbours[b, default: []].append((a, link.line))
    }
    let wrong = links.filter {
      $0.verdict == .different && sets.root(number($0.a)) == sets.root(number($0.b))
    }
    guard let first = wrong.first else { return }
    let lines = path(from: number(first.a), to: number(first.b), neighbours)
    let which = lines.count == 1 ? "line \(lines[0]) says" : "lines \(list(lines)) together say"
    let more = wrong.count > 1 ? "; \(wrong.count - 1) more such contradictions" : ""
    throw SidikError(
      .data,
      "'\(first.a)' and '\(first.b)' are different here, but \(which) that they are the same\(more)",
      file: file,
      line: first.line
    )
  }

  private static func list(_ lines: [Int]) -> String {
    lines.dropLast().map { String($0) }.joined(separator: ", ") + " and \(lines.last ?? 0)"
  }

  /// The lines of a shortest chain of links.
  private static func path(
    from start: Int,
    to end: Int,
    _ neighbours: [Int: [(Int, Int)]]
  ) -> [Int] {
    var came: [Int: (from: Int, line: Int)] = [start: (start, 0)]
    var queue = [start]
    var next = 0
    while next < queue.count, came[end] == nil {
      for (other, line) in neighbours[queue[next]] ?? [] where came[other] == nil {
        came[other] = (queue[next], line)
        queue.append(other)
      }
      next += 1
    }
    var lines: [Int] = []
    var place = end
    while place != start, let step = came[place] {
      lines.append(step.line)
      place = step.from
    }
    return lines.sorted()
  }
}
