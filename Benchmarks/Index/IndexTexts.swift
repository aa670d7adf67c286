import Sidik

/// Texts to fill an index with, and changed copies to ask it for.
protocol IndexTexts: Sendable {
  /// How many documents there are.
  var count: Int { get }
  /// Some of them.
  func batch(_ range: Range<Int>) -> DocumentBatch
  /// A document with one word in forty replaced.
  func changed(_ number: Int) -> [UInt8]
}

/// The texts of a file; words that replace others are those of another text at the same place.
struct TextsOfFile: IndexTexts {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  /// Reads a file as `sidik index add` does.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - most: documents wanted, at most.
  /// - Throws: as ``InputReader``.
  init(_ path: String, most: Int) throws {
    let reader = try InputReader(InputOptions(paths: [path]))
    var batch = DocumentBatch()
    while count < most, let chunk = try reader.nextChunk() {
      batch.removeAll()
      try chunk.parse(into: &batch)
      for entry in batch.entries.prefix(most - count) {
        bytes += batch.bytes[entry.text]
        ends.append(bytes.count)
      }
    }
  }

  var count: Int { ends.count - 1 }

  private func text(_ number: Int) -> ArraySlice<UInt8> { bytes[ends[number]..<ends[number + 1]] }

  func batch(_ range: Range<Int>) -> DocumentBatch {
    var batch = DocumentBatch()
    for number in range {
      let text = batch.append(text(number))
      let id = batch.append("document-\(number)".utf8)
      batch.entries.append(DocumentBatch.Entry(text: text, id: id, line: number, record: 0..<0))
    }
    return batch
  }

  func changed(_ number: Int) -> [UInt8] {
    var generator = SplitMix64(seed: UInt64(number) + 1)
    var words = text(number).split(separator: 32)
    let others = text(generator.below(count)).split(separator: 32)
    guard !words.isEmpty, !others.isEmpty else { return Array(text(number)) }
    for _ in 0...words.count / 40 {
      words[generator.below(words.count)] = others[generator.below(others.count)]
    }
    return Array(words.joined(separator: [32]))
  }
}
