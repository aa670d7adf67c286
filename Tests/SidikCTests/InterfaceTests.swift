import CSidik
import Sidik
import SidikTestSupport
import Testing

@testable import SidikC

/// Columns and answers of the interface against plain arrays and the library itself.
@Suite struct InterfaceTests {
  /// Calls `body` with strings as one Arrow array.
  private func withColumn<Result>(
    _ strings: [String?],
    wide: Bool,
    _ body: (UnsafePointer<sidik_column>) throws -> Result
  ) rethrows -> Result {
    var narrow: [Int32] = [0]
    var data: [UInt8] = []
    var validity = [UInt8](repeating: 0, count: strings.count / 8 + 1)
    for (row, string) in strings.enumerated() {
      data += (string ?? "").utf8
      narrow.append(Int32(data.count))
      if string != nil { validity[row / 8] |= 1 << UInt8(row % 8) }
    }
    let offsets = narrow.map(Int64.init)
    return try unsafe narrow.withUnsafeBytes { narrow in
      try unsafe offsets.withUnsafeBytes { offsets in
        try unsafe data.withUnsafeBufferPointer { data in
          try unsafe validity.withUnsafeBufferPointer { validity in
            var array = unsafe sidik_array()
            unsafe array.length = Int64(strings.count)
            unsafe array.offsets = wide ? offsets.baseAddress : narrow.baseAddress
            unsafe array.offset_bits = wide ? 64 : 32
            unsafe array.data = data.baseAddress
            unsafe array.data_length = Int64(data.count)
            unsafe array.validity = validity.baseAddress
            return try unsafe withUnsafePointer(to: array) { array in
              var column = unsafe sidik_column()
              unsafe (column.arrays, column.count) = (array, 1)
              return try unsafe withUnsafePointer(to: column) { try unsafe body($0) }
            }
          }
        }
      }
    }
  }

  @Test(arguments: [true, false])
  func rowsAreThoseOfTheArray(_ wide: Bool) throws {
    let strings = ["satu", nil, "", "dua tiga", "新闻", nil, "x", "y", "z", "akhir"]
    try unsafe withColumn(strings, wide: wide) { column in
      let read = try unsafe Column(column, "texts")
      #expect(read.count == strings.count)
      for (row, string) in strings.enumerated() {
        let text = unsafe read[row].map { unsafe String(decoding: $0, as: UTF8.self) }
        #expect(text == string)
        #expect(read.length(row) == string?.utf8.count ?? 0)
      }
    }
  }

  @Test func documentsAreThoseOfTheColumns() throws {
    let texts = (0..<5000).map { Optional("teks nomor \($0)") }
    try unsafe withColumn(texts, wide: true) { column in
      let source = ColumnSource(DocumentColumns(texts: try unsafe Column(column, "texts")))
      var batch = DocumentBatch()
      var row = 0
      while let chunk = source.nextChunk() {
        try chunk.parse(into: &batch)
        for entry in batch.entries {
          #expect(batch.string(entry.text) == texts[row])
          #expect(batch.string(entry.id) == "\(row)")
          row += 1
        }
      }
      #expect(row == texts.count)
    }
  }

  @Test func familiesAreThoseOfTheLibrary() async throws {
    var generator = SeededGenerator(seed: 5)
    let base = (0..<40).map { _ in
      (0..<60).map { _ in "kata\(generator.next() % 9000)" }.joined(separator: " ")
    }
    let texts = base + base.map { $0 + " lagi dan lagi" } + base[..<9].map { $0 + "!" }
    let source = MemorySource(texts.enumerated().map { ("\($0)", $1) })
    let wanted = try await Pipeline(PipelineConfiguration()).run(source)
    var options: OpaquePointer?
    var clusters: OpaquePointer?
    let made = unsafe sidik_options_create(&options)
    #expect(made == SIDIK_OK)
    let code = unsafe withColumn(texts, wide: false) {
      unsafe sidik_cluster(options, $0, nil, nil, &clusters)
    }
    #expect(code == SIDIK_OK)
    let found: Clusters = try unsafe Handle.object(clusters, "clusters")
    #expect(found.families.map(\.identifier) == wanted.families.map(\.identifier))
    #expect(found.result.edges == wanted.edges)
    #expect(wanted.families.count == 40)
    unsafe sidik_clusters_free(clusters)
    unsafe sidik_options_free(options)
  }
}
