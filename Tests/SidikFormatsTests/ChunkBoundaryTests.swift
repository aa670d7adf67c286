import Testing

@testable import SidikFormats

/// Small files of every format, with the awkward cases of each.
enum Samples {
  static let jsonl = """
    {"id":"a","text":"satu\\ndua","source":"x.id"}
    \r
    {"text":"tanpa id \\u00e9 \\ud83d\\ude00"}\r
    {"id":7,"text":"angka","time":1619312400}
    {"id":"rusak","text":"putus
    {"id":"n","text":null}

    {"id":"z","text":["a","b"],"extra":{"deep":[1,2,{"x":"}"}]}}
    """
  static let array = """
    [
      {"id":"a","text":"satu, \\"dua\\" ]}"},
      {"id":"b",
       "text":"tiga", "n":[1,[2,{}]]},
      17,
      {"id":"c","text":"empat"}
    ]

    """
  static let csv = """
    id,isi,sumber\r
    1,"satu, ""dua""\r
    baris",x\r
    2,tanpa kutip "di tengah",y\r
    \r
    3\r
    4,"tertutup"aneh,z,,\r
    5,lebih,z,isi\r
    6,akhir,
    """
  static let openQuote = "id;text\n1;\"terbuka\n2;dua\n3;\"tiga\";\n4;empat\n"
  static let lines = "satu\n\n  \ndua\r\ntiga \u{0} nol\nempat"

  static let all: [(name: String, content: String)] = [
    ("a.jsonl", jsonl), ("a.json", array), ("a.csv", csv), ("b.csv", openQuote),
    ("objects.json", "{\n \"text\": \"satu\"\n}\n{ \"text\":\n\"dua\"}\n"),
    ("a.txt", lines),
  ]
}

@Suite struct ChunkBoundaryTests {
  @Test(arguments: Samples.all.map(\.name))
  func everyChunkSizeGivesTheSame(_ name: String) throws {
    let scratch = try Scratch()
    let content = try #require(Samples.all.first { $0.name == name }?.content)
    let path = try scratch.write(name, content)
    let whole = try readAll(path)
    #expect(!whole.documents.isEmpty)
    for size in 1...content.utf8.count + 2 {
      let cut = try readAll(path) { $0.chunkBytes = size }
      #expect(cut == whole, "chunks of \(size)")
    }
  }

  @Test func linesHaveTheirPlaces() throws {
    let scratch = try Scratch()
    let path = try scratch.write("l.txt", Samples.lines)
    for size in 1...20 {
      let reading = try readAll(path) {
        $0.format = .lines
        $0.chunkBytes = size
      }
      #expect(reading.ids == ["l.txt:1", "l.txt:4", "l.txt:5", "l.txt:6"])
      #expect(reading.texts == ["satu", "dua", "tiga \u{0} nol", "empat"])
    }
  }

  @Test func jsonLinesAreReadAsMeant() throws {
    let scratch = try Scratch()
    let reading = try readAll(scratch.write("a.jsonl", Samples.jsonl))
    #expect(reading.ids == ["a", "a.jsonl:3", "7", "z"])
    #expect(reading.texts == ["satu\ndua", "tanpa id é 😀", "angka", "a\nb"])
    #expect(reading.documents.map(\.time) == [nil, nil, "1619312400", nil])
    #expect(reading.documents.map(\.source) == ["x.id", nil, nil, nil])
    #expect(reading.problems.map(\.line) == [5, 6])
    #expect(
      reading.problems.map(\.reason) == [
        "not JSON: a string is not closed", "field `text` is null, not text",
      ]
    )
  }

  @Test func rowsAreReadAsMeant() throws {
    let scratch = try Scratch()
    let reading = try readAll(scratch.write("a.csv", Samples.csv))
    #expect(reading.ids == ["1", "2", "4", "6"])
    #expect(
      reading.texts == [
        "satu, \"dua\"\r\nbaris", "tanpa kutip \"di tengah\"", "tertutupaneh", "akhir",
      ]
    )
    #expect(reading.problems.map(\.line) == [6, 8])
  }

  @Test func anOpenQuoteCostsOneLine() throws {
    let scratch = try Scratch()
    let reading = try readAll(scratch.write("b.csv", Samples.openQuote))
    // The quote of row 3 closes the one of row 1: only a quote open to the end is noticed.
    #expect(reading.documents.count + reading.problems.count > 0)
    let open = try readAll(scratch.write("c.csv", "id;text\n1;\"terbuka\n2;dua\n3;tiga\n"))
    #expect(open.ids == ["2", "3"])
    #expect(open.problems.map(\.line) == [2])
    #expect(open.problems.map(\.reason) == ["a quote is not closed"])
    #expect(open.problems.map(\.offset) == [10])
  }

  @Test func arraysAreReadAsMeant() throws {
    let scratch = try Scratch()
    let reading = try readAll(scratch.write("a.json", Samples.array))
    #expect(reading.ids == ["a", "b", "c"])
    #expect(reading.texts == ["satu, \"dua\" ]}", "tiga", "empat"])
    #expect(reading.problems.map(\.line) == [5])
    #expect(reading.documents.map(\.line) == [2, 3, 6])
  }
}
