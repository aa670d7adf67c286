@_spi(Kernels) internal import SidikCore

/// Learns which word shingles are boilerplate.
///
/// A shingle is *common* where it stands in enough distinct texts of one source. That alone would
/// make boilerplate of every story that is reposted often enough, so a text bears witness only
/// if it has words of its own beside the common ones, and witnesses count only as long as
/// their own words do not stand in one another (see ``BoilerplateWitnesses``). Nothing is
/// clustered for this: boilerplate glues pages together, so clusters cannot tell it from a story.
struct BoilerplateLearner {
  private static let nodesPerPart = 512

  let configuration: PipelineConfiguration
  let texts: BoilerplateTexts

  /// Learns from all groups.
  ///
  /// - Complexity: O(n) in the bytes of the texts, in memory bounded by ``BoilerplateRule``.
  func learn() async throws -> BoilerplateKeys {
    var keys = BoilerplateKeys()
    for groups in texts.batches() { try await learn(groups, &keys) }
    return keys
  }

  private func learn(_ groups: [BoilerplateGroup], _ keys: inout BoilerplateKeys) async throws {
    let parts = groups.indices.flatMap { group in
      Parallel.ranges(groups[group].nodes.count, size: Self.nodesPerPart).map { (group, $0) }
    }
    let sieve = try await count(groups, parts)
    let met = try await gather(groups, parts, sieve)
    var common = CommonShingles()
    for (part, met) in zip(parts, met) { common.add(met.shingles, group: part.0) }
    common.finish(groups.map(\.least))
    if common.isEmpty { return }
    let reader = BoilerplateReader(texts: texts, common: common)
    let witnesses = try await findWitnesses(groups, parts, met, reader)
    let proven = try await BoilerplateWitnesses(
      configuration: configuration,
      reader: reader,
      groups: groups
    ).prove(witnesses)
    for (number, scope) in proven { keys.insert(common.key(number), scope) }
  }

  /// First reading: how often each shingle stands somewhere, at least; of edges only the
  /// outermost, without which none further in counts.
  private func count(
    _ groups: [BoilerplateGroup],
    _ parts: [(Int, Range<Int>)]
  ) async throws -> SharedCounters {
    let (texts, keys) = (texts, configuration.keys)
    // A word is seldom shorter than four letters and a space.
    let sieve = SharedCounters(expected: groups.reduce(0) { $0 + $1.bytes } / 5)
    _ = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: { BoilerplateShingler(keys) }
    ) { shingler, part in
      let (group, range) = (groups[parts[part].0], parts[part].1)
      for node in group.nodes[range] {
        for zone in group.zones {
          let place = zone.scope.place
          if place == .anywhere {
            unsafe sieve.add(shingler.shingles(texts.text(Int(node))), salt: zone.salt)
            continue
          }
          unsafe shingler.forEach(
            texts.text(Int(node)),
            place,
            mayBegin: { shingle in
              sieve.add(shingle ^ zone.salt)
              return false
            }
          ) { _, shingle in
            sieve.add(shingle ^ zone.salt)
            return true
          }
        }
      }
    }
    return sieve
  }

  /// Second reading: the shingles that passed the sieve, with their texts.
  private func gather(
    _ groups: [BoilerplateGroup],
    _ parts: [(Int, Range<Int>)],
    _ sieve: SharedCounters
  ) async throws -> [MetShingles] {
    let (texts, keys) = (texts, configuration.keys)
    return try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: { BoilerplateShingler(keys) }
    ) { shingler, part in
      let (group, range) = (groups[parts[part].0], parts[part].1)
      var met = MetShingles()
      var reached: [UInt32] = []
      for node in group.nodes[range] {
        let text = unsafe texts.text(Int(node))
        met.begin(node)
        for (number, zone) in group.zones.enumerated() {
          if zone.scope.place == .anywhere {
            let shingles = unsafe shingler.shingles(text)
            unsafe sieve.findReached(group.least, shingles, salt: zone.salt, into: &reached)
            for place in reached {
              unsafe met.add(shingles[Int(place)] ^ zone.salt, zone: number, at: Int(place))
            }
            continue
          }
          let mayReach = { sieve.mayReach(group.least, $0 ^ zone.salt) }
          unsafe shingler.forEach(text, zone.scope.place, mayBegin: mayReach) {
            met.add($1 ^ zone.salt, zone: number, at: $0)
            return true
          }
        }
        met.end { unsafe shingler.wordCount(text) }
      }
      return met
    }
  }

  /// For each common shingle the first texts that have words of their own beside it.
  private func findWitnesses(
    _ groups: [BoilerplateGroup],
    _ parts: [(Int, Range<Int>)],
    _ met: [MetShingles],
    _ reader: BoilerplateReader
  ) async throws -> WitnessLists {
    let found = try await Parallel.map(
      parts: parts.count,
      threads: configuration.threads,
      makeWorker: { () }
    ) { _, part in
      var found: [(number: Int32, node: Int32)] = []
      for text in met[part].texts {
        let places = met[part].places(text, reader.common)
        let read = reader.read(places, groups[parts[part].0])
        if !read.own.isEmpty { found += read.numbers.map { ($0, text.node) } }
      }
      return found
    }
    var lists = WitnessLists(count: reader.common.count)
    for (part, found) in zip(parts, found) {
      for (number, node) in found {
        lists.add(node, to: Int(number), group: part.0, most: 2 * groups[part.0].least)
      }
    }
    return lists
  }
}
