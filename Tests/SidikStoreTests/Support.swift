import Foundation
import SidikCore
import SidikStore
import SidikTestSupport

/// Invented documents, the same for a seed.
struct DocumentMaker {
  private var generator: SeededGenerator
  private var made = 0
  /// Keys are drawn below this, so that documents share some.
  var keyRange: UInt64 = 200

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next(id: String? = nil) -> StoredDocument {
    made += 1
    func draw(_ below: UInt64, _ generator: inout SeededGenerator) -> UInt64 {
      UInt64.random(in: 0..<below, using: &generator)
    }
    let words = (0..<draw(40, &generator)).map { _ in "kata\(draw(50, &generator))" }
    return StoredDocument(
      id: Array((id ?? "dokumen-\(made)").utf8),
      source: draw(3, &generator) == 0 ? [] : Array("sumber\(draw(5, &generator))".utf8),
      time: Int64(draw(1000, &generator)) - 100,
      hasOwnTime: draw(2, &generator) == 0,
      length: Int(draw(5000, &generator)),
      isEmpty: draw(20, &generator) == 0,
      digest: draw(.max, &generator),
      signature: SignatureBits(low: draw(.max, &generator), high: draw(.max, &generator)),
      bandKeys: (0..<25).map { _ in Self.hash(draw(keyRange, &generator)) },
      samples: (0..<draw(12, &generator)).map { _ in draw(keyRange, &generator) },
      text: Array(words.joined(separator: " ").utf8)
    )
  }

  /// A uniform key for a small number.
  static func hash(_ number: UInt64) -> UInt64 {
    var generator = SplitMix64(seed: number)
    return generator.next()
  }

  mutating func number(below: Int) -> Int { Int.random(in: 0..<below, using: &generator) }
}

/// An index as plainly as it can be: what the real one is compared with.
struct NaiveIndex {
  var documents: [StoredDocument] = []

  /// Ids with the number of keys they share, in the order of adding.
  func bandHits(_ keys: [UInt64], times: ClosedRange<Int64>?) -> [String] {
    var shared = [Int](repeating: 0, count: documents.count)
    for key in keys {
      var left = IndexSnapshot.mostPerBand
      for (number, document) in documents.enumerated() {
        guard times?.contains(document.time) ?? true else { continue }
        // A document that has a key in two bands has it once.
        if left > 0, document.bandKeys.contains(where: { $0 >> 24 == key >> 24 }) {
          shared[number] += 1
          left -= 1
        }
      }
    }
    return describe(shared)
  }

  func sampleHits(_ samples: [UInt64], cap: Int) -> [String] {
    var shared = [Int](repeating: 0, count: documents.count)
    for sample in samples {
      let having = documents.indices.filter { documents[$0].samples.contains(sample) }
      if having.count <= cap { for number in having { shared[number] += 1 } }
    }
    return describe(shared)
  }

  private func describe(_ shared: [Int]) -> [String] {
    documents.indices.filter { shared[$0] > 0 }
      .map { String(decoding: documents[$0].id, as: UTF8.self) + " \(shared[$0])" }
  }
}

extension IndexSnapshot {
  /// Hits as ``NaiveIndex`` writes them.
  func described(_ hits: [KeyHit]) throws -> [String] {
    try hits.map { String(decoding: try id($0.place), as: UTF8.self) + " \($0.shared)" }
  }

  /// All ids, in the order of adding.
  func ids() throws -> [String] {
    var ids: [String] = []
    try forEach { place, _ in ids.append(String(decoding: try id(place), as: UTF8.self)) }
    return ids
  }
}

/// An index of a test's own.
struct TestIndex {
  let scratch: ScratchFolder
  let folder: String

  init(parameters: String = "test\n") throws {
    scratch = try ScratchFolder()
    folder = scratch.file("index").path
    try IndexWriter.create(folder, parameters: parameters)
  }

  func writer(keepsTexts: Bool = true) throws -> IndexWriter {
    try IndexWriter(folder) { _ in keepsTexts }
  }

  /// The names of its files.
  var files: [String] { scratch.files(in: "index") }
}
