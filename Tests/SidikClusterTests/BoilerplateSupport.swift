import SidikCore
import SidikTestSupport

@testable import SidikCluster

/// Lists the boilerplate of records.
func boilerplate(
  of documents: [TestDocument],
  profile: Profile = .auto,
  threads: Int = 2
) async throws -> Boilerplate {
  try await BoilerplateListing(PipelineConfiguration(profile: profile, threads: threads))
    .run(RecordSource(documents)).boilerplate
}

extension Profile {
  /// The same profile with another policy.
  func with(_ boilerplate: BoilerplatePolicy) -> Profile {
    var profile = self
    profile.boilerplate = boilerplate
    return profile
  }
}

extension Boilerplate {
  /// Every run of five words of the passages, with source and place.
  var shingles: Set<String> {
    Set(
      passages.flatMap { passage in
        runs(of: passage.text).map { "\(passage.source ?? "*") \(passage.place): \($0)" }
      }
    )
  }
}

/// Every run of five words of a text.
func runs(of text: String) -> [String] {
  let words = text.split(separator: " ").map { String($0) }
  guard words.count >= 5 else { return [] }
  return (0...words.count - 5).map { words[$0..<$0 + 5].joined(separator: " ") }
}

/// What is to be learnt, with dictionaries and strings, of texts whose own words are all unrelated.
struct NaiveBoilerplate {
  private(set) var shingles: Set<String> = []

  init(_ documents: [TestDocument]) {
    var sources: [String: Set<String>] = [:]
    for document in documents {
      if let source = document.source { sources[source, default: []].insert(document.text) }
    }
    sources = sources.filter { $0.value.count >= 4 }
    for (source, texts) in sources {
      add(texts, least: 4, "\(source) anywhere", Self.witnessed)
    }
    let pool = Set(documents.filter { $0.source.map { sources[$0] == nil } ?? true }.map(\.text))
    add(pool, least: 8, "* start") { words, common, _ in
      Self.atEdge(words, common)
    }
    add(Set(pool.map(Self.reversed)), least: 8, "* end") { words, common, _ in
      Self.atEdge(words, common)
    }
    // Shingles of reversed texts are read forwards again.
    shingles = Set(
      shingles.map { line in
        guard line.hasPrefix("* end: ") else { return line }
        return "* end: " + Self.reversed(String(line.dropFirst(7)))
      }
    )
  }

  static func reversed(_ text: String) -> String {
    text.split(separator: " ").reversed().joined(separator: " ")
  }

  private mutating func add(
    _ texts: Set<String>,
    least: Int,
    _ scope: String,
    _ witnessed: ([String], [Bool], [Int]) -> [Int]
  ) {
    let isEdge = scope.hasPrefix("*")
    var counts: [String: Int] = [:]
    let zones = texts.map { text -> [String] in
      isEdge ? Array(runs(of: text).prefix(36)) : runs(of: text)
    }
    let firsts = Dictionary(zones.compactMap { $0.first.map { ($0, 1) } }, uniquingKeysWith: +)
    for zone in zones where !isEdge || zone.first.map({ firsts[$0] ?? 0 >= least }) == true {
      for shingle in Set(zone) { counts[shingle, default: 0] += 1 }
    }
    var witnesses: [String: Int] = [:]
    for (text, zone) in zip(texts, zones) {
      let numbers = zone.map { counts[$0] ?? 0 }
      let words = text.split(separator: " ").map { String($0) }
      let frequent = max(least, texts.count / 20)
      let common = numbers.map { $0 >= least }
      for place in Set(
        witnessed(words, common, numbers.map { $0 >= frequent ? 1 : 0 }).map { zone[$0] }
      ) {
        witnesses[place, default: 0] += 1
      }
    }
    for (shingle, count) in witnesses where count >= least {
      shingles.insert("\(scope): \(shingle)")
    }
  }

  /// Places of long or frequent chains, if twenty words in a row are uncovered.
  private static func witnessed(_ words: [String], _ common: [Bool], _ frequent: [Int]) -> [Int] {
    var covered = [Bool](repeating: false, count: words.count)
    for place in common.indices where common[place] {
      for word in place..<place + 5 { covered[word] = true }
    }
    let longest = covered.split(separator: true).map(\.count).max() ?? 0
    guard longest >= 20 else { return [] }
    return common.indices.filter { place in
      guard common[place] else { return false }
      var (first, last) = (place, place)
      while first > 0, common[first - 1] { first -= 1 }
      while last + 1 < common.count, common[last + 1] { last += 1 }
      return last - first + 5 >= 10 || frequent[place] == 1
    }
  }

  /// Places from the edge without a gap, if eight words are left.
  ///
  /// The other edge takes no words in the tests' texts.
  private static func atEdge(_ words: [String], _ common: [Bool]) -> [Int] {
    var (end, places) = (0, [Int]())
    for place in common.indices where common[place] && place <= end {
      places.append(place)
      end = place + 5
    }
    return words.count - end >= 8 ? places : []
  }
}
