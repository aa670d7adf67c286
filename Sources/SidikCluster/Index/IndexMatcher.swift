public import SidikCore
internal import SidikIndex
public import SidikStore

/// Finds the documents of an index that share wording with a text.
///
/// Band keys and, where texts are kept, shared samples propose; where texts are kept the texts
/// decide, by the rule of the profile. Where they are not, signatures estimate, and nothing is
/// called verified.
public struct IndexMatcher: Sendable {
  /// So many candidates are compared on their texts, the most alike by their sketches.
  public static let mostVerified = 64
  /// Standard errors granted to an estimate before a candidate is dropped unread.
  private static let grantedErrors = 4.0

  let parameters: IndexParameters
  let configuration: PipelineConfiguration
  let sketcher: IndexSketcher
  private let banding: LSHBanding
  private let tools: WorkerPool<VerifierTools>
  /// Candidates of bands with fewer agreeing bits are dropped.
  private let leastAgreeing: Int

  /// Makes a matcher.
  ///
  /// - Parameters:
  ///   - parameters: those of the index.
  ///   - keys: the hash constants.
  ///   - sketcher: makes the signatures of texts that are compared.
  public init(_ parameters: IndexParameters, keys: HashKeys, sketcher: IndexSketcher) {
    self.parameters = parameters
    self.sketcher = sketcher
    configuration = PipelineConfiguration(profile: parameters.profile, keys: keys, threads: 1)
    tools = WorkerPool { VerifierTools(parameters.profile, keys, nil) }
    banding = LSHBanding(shape: parameters.profile.bands, threshold: parameters.profile.threshold)
    let slots = Double(OnePermutationMinHash.slots)
    let share = (1 + Double(banding.leastEqualSlots) / slots) / 2
    let error = (share * (1 - share) / slots).squareRoot()
    leastAgreeing = Int((slots * (share - Self.grantedErrors * error)).rounded(.down))
  }

  /// A document that sketches propose.
  struct Candidate {
    var place: DocumentPlace
    var record: StoredRecord
    /// Agreeing bits of the signatures.
    var agreeing: Int
    /// Whether bands propose it.
    var isByBands = false
    /// Whether samples propose it, and how many are shared.
    var samples = 0
    var hasEqualDigest: Bool
  }

  /// Everything that shares wording with a text, the closest first.
  ///
  /// - Parameters:
  ///   - text: what is asked for.
  ///   - snapshot: the index.
  ///   - times: documents of other times are passed over; nil takes all.
  ///   - most: matches wanted, at most.
  /// - Returns: matches by level, then similarity, then the order of adding.
  /// - Throws: ``SidikError`` where the index is damaged.
  /// - Complexity: O(keys * segments) and the comparison of at most ``mostVerified`` texts.
  public func matches(
    _ text: SketchedText,
    in snapshot: IndexSnapshot,
    times: ClosedRange<Int64>? = nil,
    most: Int = .max
  ) throws -> [IndexMatch] {
    let candidates = try candidates(text, in: snapshot, times: times)
    let findings =
      parameters.keepsTexts
      ? try verified(text, candidates, snapshot)
      : candidates.compactMap { estimated(text, $0) }
    let ranks = findings.map(\.rank)
    let order = findings.indices.sorted { a, b in
      ranks[a] != ranks[b]
        ? ranks[a] < ranks[b] : findings[a].candidate.place < findings[b].candidate.place
    }
    return try order.prefix(most).map { try match(findings[$0], snapshot) }
  }

  /// What is known of a candidate that is told.
  struct Finding {
    var candidate: Candidate
    var level: Level?
    var scores: PairScores?
    var similarity: Double

    var rank: MatchRank {
      MatchRank(
        level,
        scores,
        similarity: similarity,
        hasEqualDigest: candidate.hasEqualDigest
      )
    }
  }

  /// A finding with the names of its document.
  func match(_ finding: Finding, _ snapshot: IndexSnapshot) throws -> IndexMatch {
    let candidate = finding.candidate
    let source = try snapshot.source(candidate.record, candidate.place)
    return IndexMatch(
      id: String(decoding: try snapshot.id(candidate.record, candidate.place), as: UTF8.self),
      source: source.isEmpty ? nil : String(decoding: source, as: UTF8.self),
      time: candidate.record.hasOwnTime ? candidate.record.time : nil,
      level: finding.level,
      scores: finding.scores,
      similarity: finding.similarity,
      hasEqualDigest: candidate.hasEqualDigest
    )
  }

  /// What sketches propose, in any order.
  ///
  /// - Throws: ``SidikError`` where the index is damaged.
  func candidates(
    _ text: SketchedText,
    in snapshot: IndexSnapshot,
    times: ClosedRange<Int64>?
  ) throws -> [Candidate] {
    let bits = text.bits
    var found: [Candidate] = []
    try snapshot.forEachBandHit(text.bandKeys, times: times) { hit, record in
      let candidate = candidate(text, bits, hit, record, isByBands: true)
      if candidate.agreeing >= leastAgreeing || candidate.hasEqualDigest {
        found.append(candidate)
      }
    }
    guard !text.samples.isEmpty else { return found }
    return try adding(bySamples: text, bits, snapshot, times, to: found)
  }

  private func candidate(
    _ text: SketchedText,
    _ bits: SignatureBits,
    _ hit: KeyHit,
    _ record: StoredRecord,
    isByBands: Bool
  ) -> Candidate {
    Candidate(
      place: hit.place,
      record: record,
      agreeing: text.isEmpty || record.isEmpty ? 0 : bits.agreeing(record.signature),
      isByBands: isByBands,
      hasEqualDigest: record.digest == text.digest.high && record.isEmpty == text.isEmpty
    )
  }

  /// Candidates with those that share enough samples among them.
  private func adding(
    bySamples text: SketchedText,
    _ bits: SignatureBits,
    _ snapshot: IndexSnapshot,
    _ times: ClosedRange<Int64>?,
    to candidates: [Candidate]
  ) throws -> [Candidate] {
    let (hits, known) = try snapshot.sampleHits(
      text.samples,
      cap: SampledHashes.documentFrequencyCap,
      least: SampledHashes.leastShared,
      times: times
    )
    var found = candidates
    let places = Dictionary(
      uniqueKeysWithValues: candidates.enumerated().map { ($1.place, $0) }
    )
    for hit in hits {
      let record = try snapshot.record(hit.place)
      let own = min(
        max(SampledHashes.leastSamples, record.length / Int(IndexParameters.sampleRate)),
        record.length
      )
      let least = SampledHashes.leastSamples(shorter: min(known, own), longer: max(known, own))
      guard Double(hit.shared) >= least else { continue }
      if let place = places[hit.place] {
        found[place].samples = hit.shared
      } else {
        var candidate = candidate(text, bits, hit, record, isByBands: false)
        candidate.samples = hit.shared
        found.append(candidate)
      }
    }
    return found
  }

  /// What signatures alone say; nil where they do not say that it is a copy.
  private func estimated(_ text: SketchedText, _ candidate: Candidate) -> Finding? {
    let rule = parameters.profile.rule
    let shorter = min(text.scalars, candidate.record.length)
    let similarity =
      candidate.hasEqualDigest ? 1 : SignatureBits.jaccard(agreeing: candidate.agreeing)
    let least =
      shorter < rule.exactBelow ? 1 : shorter < rule.strictBelow ? rule.strictJaccard : rule.jaccard
    guard candidate.hasEqualDigest || (similarity >= least && shorter >= rule.exactBelow) else {
      return nil
    }
    return Finding(candidate: candidate, similarity: similarity)
  }

  /// What the texts of candidates say; those that the rule makes no edge are left out.
  private func verified(
    _ text: SketchedText,
    _ candidates: [Candidate],
    _ snapshot: IndexSnapshot
  ) throws -> [Finding] {
    var chosen = candidates
    if chosen.count > Self.mostVerified {
      chosen.sort { ($0.promise, $1.place) > ($1.promise, $0.place) }
      chosen.removeLast(chosen.count - Self.mostVerified)
    }
    let texts = try chosen.map { try snapshot.text($0.place) ?? [] }
    let scores = try tools.use { tools in
      try IndexVerification(self, banding, text, chosen, texts, tools).scores
    }
    return zip(chosen, scores).compactMap { candidate, scores in
      guard let scores, let level = scores.level else { return nil }
      return Finding(
        candidate: candidate,
        level: level,
        scores: scores,
        similarity: scores.jaccard
      )
    }
  }
}

extension IndexMatcher.Candidate {
  /// The more, the sooner it is compared.
  fileprivate var promise: Int { (hasEqualDigest ? 1 << 20 : 0) + max(2 * agreeing - 128, samples) }
}
