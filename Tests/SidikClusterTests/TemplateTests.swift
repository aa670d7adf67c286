import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster
@testable import SidikPassages

/// One frame with other slots: what is a template, what stays a copy, and what becomes of both.
@Suite struct TemplateTests {
  /// A letter of a bank in a town, with what changes from one to the next.
  private static func letter(
    bank: String,
    town: String,
    fee: String,
    rate: String,
    number: String
  ) -> String {
    """
    Kepada nasabah \(bank) di \(town). Mulai bulan depan biaya kirim uang naik dari Rp\(fee) menjadi \
    Rp\(rate) sekali kirim. Nasabah \(bank) yang keberatan boleh menelepon petugas kami di nomor \
    \(number) sebelum hari Jumat sore. Kalau tidak ada kabar, kami anggap semua setuju dan biaya baru \
    langsung dipotong. Salam hangat dari \(bank) untuk warga \(town).
    """
  }

  private static let kenanga = letter(
    bank: "Bank Kenanga Wangi",
    town: "Rawa Putih",
    fee: "3.250",
    rate: "120.000",
    number: "0811-0000-4417"
  )
  private static let tembaga = letter(
    bank: "Bank Tembaga Jaya",
    town: "Bukit Lestari",
    fee: "5.750",
    rate: "98.500",
    number: "0899-0000-2063"
  )
  private static let merak = letter(
    bank: "Bank Merak Nusa",
    town: "Tanjung Pasir",
    fee: "1.900",
    rate: "145.250",
    number: "0855-0000-9938"
  )

  private func compare(_ a: String, _ b: String) async throws -> Comparison {
    let configuration = PipelineConfiguration(threads: 1)
    let one = try Comparison(Array(a.utf8), Array(b.utf8), configuration)
    let back = try Comparison(Array(b.utf8), Array(a.utf8), configuration)
    #expect(one.scores.level == back.scores.level)
    #expect(one.slots.map { [$0.first, $0.second] } == back.slots.map { [$0.second, $0.first] })
    return one
  }

  @Test func aLetterOfAnotherBankIsATemplate() async throws {
    let letters = try await compare(Self.kenanga, Self.tembaga)
    #expect(letters.scores.level == .template)
    let slots = letters.slots.map { [$0.first, $0.second] }
    #expect(slots.contains(["kenanga wangi", "tembaga jaya"]), "\(slots)")
    #expect(slots.contains(["rawa putih", "bukit lestari"]), "\(slots)")
    #expect(slots.count <= Comparison.mostSlots)
  }

  @Test func aFrameWithOtherNumbersIsATemplate() async throws {
    func report(_ values: [Int]) -> String {
      """
      Indeks pagi ini dibuka di angka \(values[0]) dan ditutup di angka \(values[1]) pada sesi \
      pertama, sementara nilai transaksi tercatat \(values[2]) juta lembar. Saham perkebunan \
      memimpin dengan kenaikan \(values[3]) poin, disusul saham pelayaran yang bertambah \
      \(values[4]) poin menurut catatan petugas bursa.
      """
    }
    let reports = try await compare(
      report([4810, 4826, 731, 64, 29]),
      report([5177, 5140, 902, 38, 11])
    )
    #expect(reports.scores.level == .template)
    // Two of five figures corrected, the others kept: the same report.
    let corrected = try await compare(
      report([4810, 4826, 731, 64, 29]),
      report([4810, 4826, 731, 65, 28])
    )
    #expect(corrected.scores.level == .copy && corrected.slots.isEmpty)
  }

  @Test func aCorrectedNumberIsNoTemplate() async throws {
    let corrected = Self.kenanga.replacing("120.000", with: "210.000")
    #expect(try await compare(Self.kenanga, corrected).scores.level == .copy)
    let dated = Self.kenanga + " Diteruskan 14 kali, 3 Mei 2024 pukul 07.45."
    let level = try await compare(Self.kenanga, dated).scores.level
    #expect(level == .copy || level == .variant)
  }

  /// Words that change all over are slang, spinning or another language's: no names.
  @Test func otherWordsAreNoTemplate() async throws {
    let spellings = [
      ("nasabah", "nsbah"), ("Mulai", "Mulay"), ("menjadi", "mnjadi"), ("yang", "yg"),
      ("boleh", "blh"), ("petugas", "ptugas"), ("sebelum", "sblum"), ("langsung", "lgsung"),
      ("anggap", "angap"), ("hangat", "angat"),
    ]
    let misspelt = spellings.reduce(Self.kenanga) { $0.replacing($1.0, with: $1.1) }
    #expect(try await compare(Self.kenanga, misspelt).scores.level != .template)
    let words = [
      ("nasabah", "pelanggan"), ("naik", "bertambah"), ("boleh", "dapat"), ("petugas", "staf"),
      ("sebelum", "paling lambat"), ("setuju", "sepakat"), ("langsung", "segera"),
      ("warga", "penduduk"), ("hangat", "akrab"), ("kabar", "jawaban"),
    ]
    let spun = words.reduce(Self.kenanga) { $0.replacing($1.0, with: $1.1) }
    #expect(try await compare(Self.kenanga, spun).scores.level != .template)
    #expect(try await compare(Self.kenanga, Self.kenanga.uppercased()).scores.level == .exact)
  }

  /// The profile of training corpora knows copies only.
  @Test func theCorpusProfileFindsNone() async throws {
    let result = try await cluster(Self.fillings(copies: 1), profile: .corpus)
    #expect(result.edges.allSatisfy { $0.level != .template })
    #expect(result.statistics.templates?.count == 0)
  }

  @Test func theRuleAsksForThreeSlots() {
    let rule = TemplateRule.slots
    let pair = TemplatePair(longer: 0, shorter: 1, isCopy: true, coverage: nil)
    var slots = SlotMeasures()
    slots.frame = 0.6
    (slots.numberSlots, slots.changedNumbers, slots.keptNumbers) = (3, 3, 3)
    #expect(rule.holds(slots, pair) && rule.allows(numbers: (2, 6)))
    slots.keptNumbers = 4
    #expect(!rule.holds(slots, pair) && !rule.allows(numbers: (2, 7)))
    (slots.numberSlots, slots.changedNumbers, slots.keptNumbers) = (2, 2, 0)
    #expect(!rule.holds(slots, pair) && !rule.allows(numbers: (1, 0)))
    // Two places with another name besides.
    (slots.wordSlots, slots.nameSlots, slots.names) = (4, 2, 1)
    #expect(rule.holds(slots, pair))
    slots.wordSlots = 7
    #expect(!rule.holds(slots, pair))
    (slots.wordSlots, slots.nameSlots, slots.names) = (9, 9, 3)
    #expect(!rule.holds(slots, pair))
    (slots.wordSlots, slots.nameSlots, slots.names) = (4, 4, 1)
    slots.frame = 0.2
    #expect(!rule.holds(slots, pair))
    slots.frame = 0.6
    var loose = pair
    (loose.isCopy, loose.coverage) = (false, 0.3)
    #expect(rule.looks(at: loose) && !rule.holds(slots, loose))
    loose.coverage = 0.1
    #expect(!rule.looks(at: loose))
    // Nothing but one name in two places: of texts that are no copies, that is all that differs.
    loose.coverage = 0.8
    (slots.numberSlots, slots.wordSlots, slots.nameSlots) = (0, 2, 2)
    #expect(rule.holds(slots, loose) && !rule.holds(slots, pair))
    #expect(rule.allows(100, 100) && rule.allows(15, 100) && !rule.allows(14, 100))
  }

  /// Texts made to be slow or to have nothing to align.
  @Test func hostileTextsEnd() async throws {
    let numbers = (0..<20_000).map { "\($0)" }.joined(separator: " ")
    let others = (5000..<25_000).map { "\($0)" }.joined(separator: " ")
    #expect(try await compare(numbers, others).scores.level != .template)
    let same = [String](repeating: "ulang", count: 20_000).joined(separator: " ")
    #expect(try await compare(same, same + " lagi").scores.level != .template)
    let mixed = (0..<20_000).map { "\($0 % 2 == 0 ? "ya" : "tidak") \($0 % 7)" }
    _ = try await compare(
      mixed.joined(separator: " "),
      mixed.reversed().joined(separator: " ")
    )
    let one = String(repeating: "kata", count: 20_000)
    #expect(try await compare(one + " 1", one + " 2").scores.level != .template)
    #expect(try await compare("", Self.kenanga).scores.level == nil)
  }

  /// Each filling in some copies, one of them misspelt.
  static func fillings(copies: Int) -> [TestDocument] {
    [("kenanga", kenanga), ("tembaga", tembaga), ("merak", merak)].flatMap { name, text in
      (0..<copies).map { number in
        TestDocument(
          "\(name)-\(number)",
          number == 2 ? text.replacing("keberatan", with: "kbratan") : text
        )
      }
    }
  }

  @Test func fillingsAreFamiliesThatShareATemplate() async throws {
    let result = try await cluster(Self.fillings(copies: 3).shuffled(seed: 4))
    #expect(
      result.familyIDs.map { $0.sorted() }.sorted { $0[0] < $1[0] }
        == ["kenanga", "merak", "tembaga"].map { name in (0..<3).map { "\(name)-\($0)" } }
    )
    let names = Set(result.families.map(\.template))
    #expect(names.count == 1 && names.first != .some(nil))
    #expect(result.families.allSatisfy { $0.level != .template })
    #expect(result.templateDocuments.isEmpty)
    #expect(result.statistics.templates == TemplateStatistics(count: 1, documents: 9))
    for edge in result.edges where edge.level == .template { #expect(edge.weight == 0) }
    #expect(result.edges.contains { $0.level == .template })
  }

  @Test func aLoneFillingBelongsToTheTemplate() async throws {
    var generator = SeededGenerator(seed: 5)
    let documents =
      Self.fillings(copies: 3).filter { !$0.id.hasPrefix("merak-") || $0.id == "merak-0" }
      + (0..<4).map { TestDocument("lain-\($0)", randomText(words: 80, &generator)) }
    let result = try await cluster(documents)
    let template = try #require(result.families.first?.template)
    #expect(result.families.count == 2 && result.families[1].template == template)
    let lone = result.templateDocuments.map { (result.documents.id($0.key), $0.value) }
    #expect(lone.map(\.0) == ["merak-0"] && lone.map(\.1) == [template])
    #expect(result.statistics.templates == TemplateStatistics(count: 1, documents: 7))
    #expect(result.statistics.clustered == 6)
  }

  @Test func copiesOfNoTemplateHaveNone() async throws {
    let result = try await cluster(
      (0..<3).map { TestDocument("a\($0)", Self.kenanga + ($0 == 0 ? "" : " Kiriman \($0).")) }
    )
    #expect(result.familyIDs.count == 1 && result.families[0].template == nil)
    #expect(result.statistics.templates == TemplateStatistics(count: 0, documents: 0))
  }

  @Test func deduplicationKeepsOneOfEachFilling() async throws {
    let result = try await Deduplication(PipelineConfiguration(threads: 2))
      .run(RecordSource(Self.fillings(copies: 3)))
    let kept = result.decisions.indices.filter { result.decisions[$0].isKept }
    #expect(kept.map { result.documents.id($0) } == ["kenanga-0", "tembaga-0", "merak-0"])
    #expect(result.statistics.templates == nil)
  }

  @Test func threadsAndOrderChangeNothing() async throws {
    let documents = Self.fillings(copies: 3)
    let first = try await cluster(documents, threads: 1)
    for seed in 1...4 {
      let other = try await cluster(documents.shuffled(seed: UInt64(seed)), threads: 4, perChunk: 2)
      #expect(other.transcript == first.transcript)
      #expect(other.families.map(\.template) == first.families.map(\.template))
    }
  }
}

extension Array {
  /// The elements in the order of a seed.
  fileprivate func shuffled(seed: UInt64) -> [Element] {
    var generator = SeededGenerator(seed: seed)
    return shuffled(using: &generator)
  }
}
