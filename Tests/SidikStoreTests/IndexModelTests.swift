import SidikCore
import SidikStore
import SidikTestSupport
import Testing

/// An index against the plainest one: whatever is done to both, they answer alike.
@Suite struct IndexModelTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>, [true, false])
  func answersLikeALongList(seed: UInt64, keepsTexts: Bool) throws {
    let index = try TestIndex()
    var maker = DocumentMaker(seed: seed)
    var naive = NaiveIndex()
    var writer = try index.writer(keepsTexts: keepsTexts)
    for round in 0..<60 {
      switch maker.number(below: 10) {
      case 0..<6:
        for _ in 0...maker.number(below: 12) {
          let document = maker.next()
          naive.documents.append(document)
          try writer.add(document)
        }
        if maker.number(below: 4) > 0 { try writer.commit() }
      case 6, 7:
        try writer.commit()
        let doomed = maker.number(below: 7)
        var places: [DocumentPlace] = []
        try writer.snapshot.forEach { place, record in
          if Int(record.digest % 11) == doomed { places.append(place) }
        }
        let before = naive.documents.count
        naive.documents.removeAll { Int($0.digest % 11) == doomed }
        #expect(try writer.remove(places) == before - naive.documents.count)
      case 8:
        try writer.commit()
        try writer.compact()
      default:
        try writer.commit()
        writer = try reopened(index, &writer, keepsTexts)
      }
      if round % 3 == 0 { try compare(writer.snapshot, naive, keepsTexts, &maker) }
    }
    try writer.commit()
    try compare(try IndexSnapshot(folder: index.folder), naive, keepsTexts, &maker)
    #expect(try IndexCheck(index.folder).damage == [])
    #expect(try IndexCheck(index.folder).leftovers == [])
  }

  private func reopened(
    _ index: TestIndex,
    _ writer: inout IndexWriter,
    _ keepsTexts: Bool
  ) throws -> IndexWriter {
    // The lock goes with the writer before another is made.
    let other = try TestIndex()
    writer = try other.writer()
    return try index.writer(keepsTexts: keepsTexts)
  }

  private func compare(
    _ snapshot: IndexSnapshot,
    _ naive: NaiveIndex,
    _ keepsTexts: Bool,
    _ maker: inout DocumentMaker
  ) throws {
    #expect(snapshot.count == naive.documents.count)
    for times in [nil, 0...400 as ClosedRange<Int64>] {
      let keys = maker.next().bandKeys
      let distinct = Array(Set(keys)).sorted()
      let hits = try snapshot.bandHits(distinct, times: times)
      #expect(try snapshot.described(hits) == naive.bandHits(distinct, times: times))
    }
    let samples = Array(Set(maker.next().samples))
    let found = try snapshot.sampleHits(samples, cap: 8)
    #expect(
      try snapshot.described(found.hits) == (keepsTexts ? naive.sampleHits(samples, cap: 8) : [])
    )
    guard !naive.documents.isEmpty else { return }
    let document = naive.documents[maker.number(below: naive.documents.count)]
    let hit = try #require(
      try snapshot.bandHits(document.bandKeys).first { try snapshot.id($0.place) == document.id }
    )
    let record = try snapshot.record(hit.place)
    #expect(record.digest == document.digest)
    #expect(record.signature == document.signature)
    #expect(record.time == document.time)
    #expect(record.hasOwnTime == document.hasOwnTime)
    #expect(record.isEmpty == document.isEmpty)
    #expect(record.length == document.length)
    #expect(try snapshot.source(hit.place) == document.source)
    #expect(try snapshot.text(hit.place) == (keepsTexts ? document.text : nil))
  }

  /// Neither how documents were cut into commits nor merges show in the bytes of a compacted index.
  @Test func commitsDoNotShow() throws {
    var compacted: [[UInt8]] = []
    for size in [1, 7, 400] {
      let index = try TestIndex()
      let writer = try index.writer()
      var maker = DocumentMaker(seed: 3)
      for number in 1...400 {
        try writer.add(maker.next())
        if number % size == 0 { try writer.commit() }
      }
      try writer.commit()
      try writer.compact()
      let segment = try #require(index.files.first { $0.hasSuffix(".seg") })
      // The file number stands in the header.
      compacted.append(Array(try index.scratch.data("index/" + segment).dropFirst(4096)))
    }
    #expect(compacted[0] == compacted[1])
    #expect(compacted[0] == compacted[2])
  }

  @Test func segmentsStayFew() throws {
    let index = try TestIndex()
    let writer = try index.writer(keepsTexts: false)
    var maker = DocumentMaker(seed: 9)
    for _ in 0..<200 {
      try writer.add(maker.next())
      try writer.commit()
      #expect(index.files.filter { $0.hasSuffix(".seg") }.count < IndexWriter.mostSegments)
    }
    #expect(writer.snapshot.count == 200)
  }

  /// A snapshot answers as when it was taken, though its files are gone.
  @Test func snapshotsStay() throws {
    let index = try TestIndex()
    let writer = try index.writer()
    var maker = DocumentMaker(seed: 4)
    for _ in 0..<30 {
      try writer.add(maker.next())
      try writer.commit()
    }
    let before = try IndexSnapshot(folder: index.folder)
    let ids = try before.ids()
    var places: [DocumentPlace] = []
    try writer.snapshot.forEach { place, _ in places.append(place) }
    try writer.remove(Array(places.dropLast()))
    for _ in 0..<30 {
      try writer.add(maker.next())
      try writer.commit()
    }
    try writer.compact()
    #expect(try before.ids() == ids)
    #expect(try IndexSnapshot(folder: index.folder).count == 31)
  }

  @Test func whatIsNotCommittedIsNotSeen() throws {
    let index = try TestIndex()
    let writer = try index.writer()
    var maker = DocumentMaker(seed: 5)
    try writer.add(maker.next())
    #expect(writer.snapshot.count == 1)
    #expect(try IndexSnapshot(folder: index.folder).count == 0)
    try writer.commit()
    #expect(try IndexSnapshot(folder: index.folder).count == 1)
  }
}
