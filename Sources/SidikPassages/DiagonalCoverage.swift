internal import SidikCore

/// How much of two documents stands in the same order in both.
///
/// Sets of character grams mislead where a short text meets a long one: the grams of 58
/// characters easily stand somewhere among 3,000. Copied wording keeps its order, so matches of
/// grams line up on a diagonal (place in one minus place in the other). A match counts when a
/// window of ``window`` characters holds at least ``leastMatches`` matches within ``drift`` of
/// its diagonal.
public struct DiagonalCoverage: Sendable, Hashable {
  /// Characters of the window.
  public static let window = 24
  /// Matches that a window must hold.
  public static let leastMatches = 7
  /// Width of a band of diagonals; insertions and deletions below it do not break a passage.
  public static let drift = 8
  /// A gram that stands oftener than this in the longer document is passed over.
  public static let mostPlaces = 8

  /// The share of the shorter document's places with a supported match.
  public var ofShorter: Double
  /// The share of the longer document's places with a supported match.
  public var ofLonger: Double
}

/// Measures ``DiagonalCoverage``, with scratch memory that is used again.
@safe
public final class CoverageMeter {
  private let heads = Scratch<UInt32>()
  private let links = Scratch<UInt32>()
  private let bins = Scratch<Int32>()
  private var matches: [Match] = []

  private struct Match {
    var place: Int32
    var other: Int32
    var previous: Int32
  }

  /// Makes a meter for one worker.
  public init() {}

  /// Measures two documents.
  ///
  /// - Parameters:
  ///   - shorter: the features of the shorter document in order.
  ///   - longer: those of the longer.
  /// - Returns: both shares.
  /// - Complexity: O(n) expected, with at most ``DiagonalCoverage/mostPlaces`` matches a place.
  public func measure(
    shorter: UnsafeBufferPointer<UInt64>, longer: UnsafeBufferPointer<UInt64>
  ) -> DiagonalCoverage {
    guard !shorter.isEmpty, !longer.isEmpty else {
      return DiagonalCoverage(ofShorter: 0, ofLonger: 0)
    }
    unsafe findMatches(shorter, longer)
    var inShorter = [Bool](repeating: false, count: shorter.count)
    var inLonger = [Bool](repeating: false, count: longer.count)
    // Bands of diagonals overlap by half, so that a passage near a border lies whole in one.
    for offset in [0, DiagonalCoverage.drift / 2] {
      support(offset, shorter.count, longer.count, &inShorter, &inLonger)
    }
    return DiagonalCoverage(
      ofShorter: Double(inShorter.count { $0 }) / Double(shorter.count),
      ofLonger: Double(inLonger.count { $0 }) / Double(longer.count))
  }

  private func findMatches(
    _ shorter: UnsafeBufferPointer<UInt64>, _ longer: UnsafeBufferPointer<UInt64>
  ) {
    let capacity = 1 << (Int.bitWidth - longer.count.leadingZeroBitCount)
    let shift = UInt64(64 - capacity.trailingZeroBitCount)
    let head = unsafe heads.reserve(capacity)
    let next = unsafe links.reserve(longer.count)
    for slot in 0..<capacity { unsafe head[slot] = UInt32.max }
    for place in stride(from: longer.count - 1, through: 0, by: -1) {
      let slot = unsafe Int(longer[place] >> shift)
      unsafe next[place] = head[slot]
      unsafe head[slot] = UInt32(place)
    }
    matches.removeAll(keepingCapacity: true)
    for place in shorter.indices {
      let feature = unsafe shorter[place]
      let before = matches.count
      var other = unsafe head[Int(feature >> shift)]
      while other != UInt32.max {
        if unsafe longer[Int(other)] == feature {
          matches.append(Match(place: Int32(place), other: Int32(other), previous: -1))
          if matches.count - before > DiagonalCoverage.mostPlaces { break }
        }
        other = unsafe next[Int(other)]
      }
      if matches.count - before > DiagonalCoverage.mostPlaces {
        matches.removeLast(matches.count - before)
      }
    }
  }

  /// Marks the places of matches that stand in a window with enough others of their band.
  private func support(
    _ offset: Int, _ shorterCount: Int, _ longerCount: Int, _ inShorter: inout [Bool],
    _ inLonger: inout [Bool]
  ) {
    let drift = DiagonalCoverage.drift
    let binCount = (shorterCount + longerCount + offset) / drift + 1
    let last = unsafe bins.reserve(binCount)
    for bin in 0..<binCount { unsafe last[bin] = -1 }
    for index in matches.indices {
      let place = Int(matches[index].place)
      let bin = (Int(matches[index].other) - place + shorterCount + offset) / drift
      matches[index].previous = unsafe last[bin]
      unsafe last[bin] = Int32(index)
      var member = index
      var count = 1
      while matches[member].previous >= 0 {
        let earlier = Int(matches[member].previous)
        if place - Int(matches[earlier].place) > DiagonalCoverage.window { break }
        member = earlier
        count += 1
      }
      guard count >= DiagonalCoverage.leastMatches else { continue }
      member = index
      for _ in 0..<count {
        inShorter[Int(matches[member].place)] = true
        inLonger[Int(matches[member].other)] = true
        member = Int(matches[member].previous)
      }
    }
  }
}
