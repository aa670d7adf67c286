import Sidik

/// Texts of invented words, each made by its number alone; one in four is a changed copy.
struct InventedTexts: IndexTexts {
  private let words: Int
  let count: Int
  private let vocabulary: [[UInt8]]

  init(words: Int, count: Int) {
    self.words = words
    self.count = count
    var generator = SplitMix64(seed: 5)
    let consonants = Array("bcdfghjklmnprst".utf8)
    let vowels = Array("aeiou".utf8)
    vocabulary = (0..<30_000).map { _ in
      (0...generator.below(4)).flatMap { _ in
        [consonants[generator.below(15)], vowels[generator.below(5)]]
      }
    }
  }

  /// A word; the rank is drawn evenly on a logarithmic scale, about as languages have it.
  private func word(_ generator: inout SplitMix64) -> Int {
    let exponent = generator.below(1500)
    var rank = 1.0
    for bit in 0..<11 where exponent >> bit & 1 == 1 { rank *= Self.powers[bit] }
    return min(vocabulary.count - 1, Int(rank) + generator.below(1 + Int(rank / 100)))
  }

  /// 30,000^(2^k / 1500).
  private static let powers: [Double] = {
    var power = 1.006896
    return (0..<11).map { _ in
      defer { power *= power }
      return power
    }
  }()

  private func list(_ number: Int) -> [Int] {
    // Mixed: seeds that differ by a multiple of the generator's step give one sequence, shifted.
    var generator = SplitMix64(seed: SplitMix64.mixed(UInt64(number)))
    if number % 4 == 3 {
      var copy = list(number - 1 - 4 * generator.below(max(1, number / 4)))
      for _ in 0...copy.count / 60 { copy[generator.below(copy.count)] = word(&generator) }
      return copy
    }
    return (0..<words / 2 + generator.below(words)).map { _ in word(&generator) }
  }

  private func text(_ list: [Int]) -> [UInt8] {
    Array(list.map { vocabulary[$0] }.joined(separator: [32]))
  }

  /// A document with one word in forty replaced.
  func changed(_ number: Int) -> [UInt8] {
    var generator = SplitMix64(seed: UInt64(number) + 1)
    var copy = list(number)
    for _ in 0...copy.count / 40 { copy[generator.below(copy.count)] = word(&generator) }
    return text(copy)
  }

  func batch(_ range: Range<Int>) -> DocumentBatch {
    var batch = DocumentBatch()
    for number in range {
      let text = batch.append(text(list(number)))
      let id = batch.append("document-\(number)".utf8)
      batch.entries.append(DocumentBatch.Entry(text: text, id: id, line: number, record: 0..<0))
    }
    return batch
  }
}
