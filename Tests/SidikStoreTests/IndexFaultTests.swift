import Foundation
import SidikCore
import SidikStore
import SidikTestSupport
import Testing

/// Damage is found before anything wrong is answered.
@Suite struct IndexFaultTests {
  /// Published vectors of XXH64, and a length of each of its branches.
  @Test func checksumsAreThoseOfTheirPublication() {
    #expect(XXHash64.hash(Array("".utf8)) == 0xEF46_DB37_51D8_E999)
    #expect(XXHash64.hash(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
    #expect(XXHash64.hash(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    let long = Array("Nobody inspects the spammish repetition".utf8)
    #expect(XXHash64.hash(long) == 0xFBCE_A83C_8A37_8BF1)
  }

  /// An index of three segments, one of them with removals.
  private func made() throws -> (TestIndex, NaiveIndex) {
    let index = try TestIndex()
    let writer = try index.writer()
    var (maker, naive) = (DocumentMaker(seed: 11), NaiveIndex())
    for _ in 0..<3 {
      for _ in 0..<40 {
        naive.documents.append(maker.next())
        try writer.add(naive.documents[naive.documents.count - 1])
      }
      try writer.commit()
    }
    var places: [DocumentPlace] = []
    try writer.snapshot.forEach { place, record in
      if record.digest % 5 == 0 { places.append(place) }
    }
    try writer.remove(places)
    naive.documents.removeAll { $0.digest % 5 == 0 }
    return (index, naive)
  }

  /// One bit of every file, at many places: whatever is answered is right, and `check` sees it.
  @Test func aFlippedBitIsNeverAnswered() throws {
    let (index, naive) = try made()
    var generator = SeededGenerator(seed: 6)
    for name in index.files where name != "LOCK" {
      let url = index.scratch.file("index/" + name)
      let whole = try Data(contentsOf: url)
      for _ in 0..<60 {
        var bytes = whole
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        try bytes.write(to: url)
        try expectNothingWrong(index, naive, "\(name) at \(place)")
      }
      for count in [0, 7, 100, whole.count / 2, whole.count - 1] {
        try whole.prefix(count).write(to: url)
        try expectNothingWrong(index, naive, "\(name) cut to \(count)")
      }
      try whole.write(to: url)
    }
    #expect(try IndexCheck(index.folder).damage == [])
  }

  private func expectNothingWrong(_ index: TestIndex, _ naive: NaiveIndex, _ what: String) throws {
    do {
      let snapshot = try IndexSnapshot(folder: index.folder)
      let keys = naive.documents[3].bandKeys
      let hits = try snapshot.described(snapshot.bandHits(Array(Set(keys))))
      #expect(hits == naive.bandHits(Array(Set(keys)), times: nil), "\(what)")
      #expect(try snapshot.ids() == naive.documents.map { String(decoding: $0.id, as: UTF8.self) })
    } catch let error as SidikError {
      #expect(error.code == .incompatible, "\(what): \(error)")
    }
    do {
      // Only the padding of a header is not covered: it is never looked at.
      let check = try IndexCheck(index.folder)
      let snapshot = try IndexSnapshot(folder: index.folder)
      if check.damage.isEmpty { #expect(snapshot.count == naive.documents.count, "\(what)") }
    } catch let error as SidikError {
      #expect(error.code == .incompatible, "\(what): \(error)")
    }
  }

  @Test func whatIsWholeIsKeptOfADamagedIndex() throws {
    let (index, naive) = try made()
    let names = index.files.filter { $0.hasSuffix(".seg") }
    // A header, and a block in the middle of another segment.
    try flip(index, names[0], at: 20)
    try flip(index, names[1], at: 4096 + 300)
    #expect(try IndexCheck(index.folder).damage.count == 2)
    var repair = try IndexWriter.repair(index.folder)
    try index.writer().rewriteDamaged(&repair)
    #expect(!repair.isWhole)
    #expect(repair.lostSegments == 1)
    #expect(try IndexCheck(index.folder).damage == [])
    let ids = try IndexSnapshot(folder: index.folder).ids()
    #expect(ids.count == naive.documents.count - repair.lostDocuments)
    #expect(Set(ids).isSubset(of: naive.documents.map { String(decoding: $0.id, as: UTF8.self) }))
    // Of the third segment nothing is lost.
    #expect(
      ids.suffix(20)
        == naive.documents.suffix(20).map { String(decoding: $0.id, as: UTF8.self) }[...]
    )
  }

  /// Whatever happens to one page of the manifest, the index is as it was.
  @Test func eitherCopyOfTheManifestIsEnough() throws {
    let (index, naive) = try made()
    let url = index.scratch.file("index/MANIFEST")
    let whole = try Data(contentsOf: url)
    #expect(whole.count > 4096)
    var pages: [Data] = []
    for first in [0, 4096] {
      var page = whole
      for place in first..<min(first + 4096, whole.count) { page[place] = 0xA5 }
      pages.append(page)
    }
    for place in stride(from: 0, to: whole.count, by: 37) {
      var bit = whole
      bit[place] ^= 1
      pages.append(bit)
    }
    for damaged in pages + [whole.prefix(4096), whole.prefix(whole.count - 1)] {
      try damaged.write(to: url)
      let snapshot = try IndexSnapshot(folder: index.folder)
      #expect(try snapshot.ids() == naive.documents.map { String(decoding: $0.id, as: UTF8.self) })
      let damage = try IndexCheck(index.folder).damage
      #expect(damage.count == 1 && damage[0].hasSuffix("is damaged; the other is used"))
      #expect(try IndexWriter.repair(index.folder).isWhole)
      #expect(try IndexCheck(index.folder).damage == [])
    }
    try Data(whole.map { _ in 0 }).write(to: url)
    #expect(throws: SidikError.self) { try IndexWriter.repair(index.folder) }
  }

  private func flip(_ index: TestIndex, _ name: String, at place: Int) throws {
    var bytes = try index.scratch.data("index/" + name)
    bytes[place] ^= 4
    try bytes.write(to: index.scratch.file("index/" + name))
  }

  @Test func leftoversGoWithTheNextWriter() throws {
    let (index, _) = try made()
    let before = index.files
    try index.scratch.write("index/00000000000000ff.seg", "half a segment")
    try index.scratch.write("index/MANIFEST.new", "half a manifest")
    try index.scratch.write("index/catatan.txt", "not ours")
    #expect(try IndexCheck(index.folder).leftovers == ["00000000000000ff.seg", "MANIFEST.new"])
    #expect(try IndexCheck(index.folder).damage == [])
    _ = try index.writer()
    #expect(index.files == (before + ["catatan.txt"]).sorted())
  }

  @Test func twoWritersAreOneTooMany() throws {
    let index = try TestIndex()
    let writer = try index.writer()
    let error = #expect(throws: SidikError.self) { try index.writer() }
    #expect(error?.code == .busy)
    #expect(error?.message.contains("process \(getpid())") == true)
    withExtendedLifetime(writer) {}
  }

  /// A process that is being started has every descriptor until its program begins.
  @Test func aDescriptorThatIsLeftElsewhereKeepsNoLock() throws {
    let index = try TestIndex()
    var writer: IndexWriter? = try index.writer()
    let lock = index.folder + "/LOCK"
    let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    let number = names.compactMap(Int32.init).first { number in
      let link = "/proc/self/fd/\(number)"
      return (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == lock
    }
    let copy = dup(try #require(number))
    defer { close(copy) }
    #expect(throws: SidikError.self) { try index.writer() }
    withExtendedLifetime(writer) {}
    writer = nil
    #expect(try index.writer().snapshot.count == 0)
  }

  @Test func foldersInUseAreLeftAlone() throws {
    let scratch = try ScratchFolder()
    try scratch.write("folder/catatan.txt", "not ours")
    let error = #expect(throws: SidikError.self) {
      try IndexWriter.create(scratch.file("folder").path, parameters: "test\n")
    }
    #expect(error?.code == .usage)
    #expect(scratch.files() == ["folder/catatan.txt"])
    let missing = #expect(throws: SidikError.self) {
      try IndexSnapshot(folder: scratch.file("folder").path)
    }
    #expect(missing?.code == .file)
  }

  @Test(arguments: ["MANIFEST", "seg", "del"])
  func anotherVersionIsNamed(kind: String) throws {
    let (index, _) = try made()
    let name = try #require(index.files.first { $0.hasSuffix(kind) })
    var bytes = try index.scratch.data("index/" + name)
    bytes[8] = 9
    // Of the manifest both copies: one would do.
    if kind == "MANIFEST" { bytes[4096 + 8] = 9 }
    try bytes.write(to: index.scratch.file("index/" + name))
    let error = #expect(throws: SidikError.self) { try IndexSnapshot(folder: index.folder) }
    #expect(error?.code == .incompatible)
    #expect(error?.message.contains("version 9") == true)
  }
}
