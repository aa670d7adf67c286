import CZlib
import Foundation
import SidikCluster
import SidikCore
import SidikFormats
import SidikReport
import SidikTestSupport
import Testing

/// What one gzip member holds.
func gunzip(_ bytes: Data) throws -> Data {
  var stream = unsafe z_stream()
  try #require(
    unsafe inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  )
  defer { _ = unsafe inflateEnd(&stream) }
  var input = Array(bytes)
  var output: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  var status = Z_OK
  unsafe input.withUnsafeMutableBufferPointer { source in
    unsafe stream.next_in = source.baseAddress
    unsafe stream.avail_in = UInt32(source.count)
    while status == Z_OK {
      unsafe part.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        status = unsafe inflate(&stream, Z_NO_FLUSH)
        unsafe output += target.prefix(target.count - Int(stream.avail_out))
      }
    }
  }
  try #require(status == Z_STREAM_END)
  return Data(output)
}

/// A document of a test.
struct Record {
  var id: String
  var text: String
  var source: String?
  var author: String?
  var time: String?

  var json: String {
    var object = ["id": id, "text": text]
    object["source"] = source
    object["author"] = author
    object["time"] = time
    let bytes =
      (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)) ?? Data()
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Record {
  /// The bundled reposts.
  static func bundled() throws -> [Record] {
    try ProjectFiles.text("corpora/reposts/documents.jsonl").split(separator: "\n").map { line in
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
      )
      return Record(
        id: object["id"] ?? "",
        text: object["text"] ?? "",
        source: object["source"],
        author: object["author"],
        time: object["time"]
      )
    }
  }
}

/// A page that was written, taken apart.
struct WrittenPage {
  let html: String
  let run: [String: Any]
  let edges: [String: [Int]]
  let passages: [String: Any]
  let texts: [Data]

  init(_ html: String) throws {
    self.html = html
    func block(_ name: String) throws -> Data? {
      let opening = "<script type=\"application/octet-stream\" id=\"\(name)\">"
      guard let start = html.range(of: opening) else { return nil }
      let end = try #require(html.range(of: "</script>", range: start.upperBound..<html.endIndex))
      let letters = String(html[start.upperBound..<end.lowerBound])
      return try gunzip(try #require(Data(base64Encoded: letters)))
    }
    let first = try #require(try block("sidik-run"))
    run = try #require(try JSONSerialization.jsonObject(with: first) as? [String: Any])
    let pairs = try #require(try block("sidik-edges"))
    edges = try #require(try JSONSerialization.jsonObject(with: pairs) as? [String: [Int]])
    let found = try #require(try block("sidik-passages"))
    passages = try #require(try JSONSerialization.jsonObject(with: found) as? [String: Any])
    var blocks: [Data] = []
    while let next = try block("sidik-text-\(blocks.count)") { blocks.append(next) }
    texts = blocks
  }

  func column<Value>(_ table: String, _ name: String, _: Value.Type = Value.self) throws -> [Value]
  {
    let columns = try #require(run[table] as? [String: Any])
    return try #require(columns[name] as? [Value], "\(table).\(name)")
  }

  /// The text of each document, by its place; nil where the page has none.
  func documentTexts() throws -> [String?] {
    let places = try zip(
      column("documents", "block", Int.self),
      zip(column("documents", "offset", Int.self), column("documents", "length", Int.self))
    )
    return places.map { block, range in
      guard block >= 0 else { return nil }
      return String(decoding: texts[block][range.0..<range.0 + range.1], as: UTF8.self)
    }
  }
}

/// Clusters records as `sidik cluster --report` does and writes the page.
func page(
  of records: [Record],
  language: ReportLanguage = .en,
  singletons: Bool = false,
  knowsFolds: Bool = true,
  threads: Int = 2
) async throws -> WrittenPage {
  let folder = try ScratchFolder()
  let file = try folder.write("docs.jsonl", records.map(\.json).joined(separator: "\n"))
  let configuration = PipelineConfiguration(threads: threads)
  let reader = try InputReader(InputOptions(paths: [file.path]))
  let result = try await Pipeline(configuration).run(reader)
  var about = ReportRun(
    ClusteringBasis(configuration),
    stamp: Provenance(configuration).stamp,
    edges: result.edges.count
  )
  about.inputs = ["docs.jsonl"]
  if !knowsFolds { about.normaliser = nil }
  let data = ReportData(
    result.documents,
    families: result.families(withSingletons: singletons),
    edges: result.edges,
    run: about
  )
  var texts = try ReportTexts(wanted: data.isWanted)
  try texts.read(reader.secondPass())
  let output = try OutputFile.open(folder.file("report.html").path)
  try await ReportWriter(data, language: language).write(texts, to: output, threads: threads)
  return try WrittenPage(folder.text("report.html"))
}

let story =
  "Pesan berantai ini menyebut bahwa mulai tengah malam nanti semua nomor rekening akan diperiksa "
  + "oleh petugas, sehingga warga diminta memindahkan uang mereka sebelum pagi. Kabar itu tidak benar."

let copies = [
  Record(id: "a", text: story, source: "satu", author: "Ani", time: "2024-05-01T08:00:00+07:00"),
  Record(
    id: "b",
    text: story + " Sebarkan!",
    source: "dua",
    author: "Budi",
    time: "2024-05-02 09:00"
  ),
  Record(id: "c", text: story, source: "satu", author: "Ani", time: nil),
  Record(
    id: "lone",
    text: "Hujan turun sejak sore di lereng gunung dan sungai kecil di bawah desa meluap ke sawah.",
    source: "tiga",
    author: nil,
    time: "2024-05-02T10:00:00Z"
  ),
]
