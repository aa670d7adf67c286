import Foundation
import SidikCore
import SidikTestSupport

@testable import SidikPassages

/// Whether the long tests were asked for: `make torture` sets `SIDIK_SLOW=1`.
let runsSlowTests = ProcessInfo.processInfo.environment["SIDIK_SLOW"] == "1"

/// A word of letters and digits for each number, no two of them alike.
func word(_ number: Int) -> String {
  var generator = SeededGenerator(seed: UInt64(number))
  let count = Int(generator.next() % 4) + 2
  let letters = Array("abdegiklmnoprstu")
  return String((0..<count).map { _ in letters[Int(generator.next() % 16)] }) + "\(number)"
}

/// A text of random words.
func randomWords(_ count: Int, vocabulary: Int, _ generator: inout SeededGenerator) -> [Int] {
  (0..<count).map { _ in Int.random(in: 0..<vocabulary, using: &generator) }
}

func text(_ words: some Sequence<Int>) -> String { words.map(word).joined(separator: " ") }

/// What the finder says of a normalised text.
func repetition(
  _ text: String,
  _ finder: RepetitionFinder = RepetitionFinder(keys: HashKeys())
)
  -> Repetition
{
  unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe finder.find($0) }
}

/// The place-ordered character grams of a normalised text.
func grams(_ text: String) -> [UInt64] {
  let extractor = FeatureExtractor(unit: .characters(5), keys: HashKeys())
  return unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe Array(extractor.sequence($0)) }
}

/// What a meter says of two sequences of grams.
func coverage(
  shorter: [UInt64],
  longer: [UInt64],
  _ meter: PassageMeter = PassageMeter()
) -> PassageCoverage {
  unsafe longer.withUnsafeBufferPointer { unsafe meter.prepare(longer: $0) }
  return unsafe shorter.withUnsafeBufferPointer { unsafe meter.measure(shorter: $0) }
}
