import Glibc
import Sidik

/// Measures an index: what `make bench-index` runs.
///
///   IndexBenchmark FOLDER DOCUMENTS WORDS|FILE texts|keys [KEYFILE COUNT]
///
/// on invented texts of WORDS words, or on those of FILE, and writes one line of JSON. KEYFILE receives the band keys of the first COUNT documents, so that
/// other stores can hold the same.
@main
struct IndexBenchmark {
  private static let batch = 10_000
  private static let queries = 20_000

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5, let wanted = Int(arguments[2])
    else { fatalError("IndexBenchmark FOLDER DOCUMENTS WORDS|FILE texts|keys [KEYFILE COUNT]") }
    let texts: any IndexTexts =
      try Int(arguments[3]).map { InventedTexts(words: $0, count: wanted) }
      ?? TextsOfFile(arguments[3], most: wanted)
    let documents = texts.count
    let parameters = try IndexParameters(keepsTexts: arguments[4] == "texts")
    try IndexWriter.create(arguments[1], parameters: parameters.lines)
    let index = try OpenIndex(arguments[1])
    var numbers = JSONWriter()
    numbers.beginObject()
    numbers.member("documents", documents)
    numbers.member("of", arguments[3])
    numbers.member("texts", parameters.keepsTexts)
    let writer = try index.writer()
    let keys = arguments.count > 6 ? (arguments[5], Int(arguments[6]) ?? 0) : nil
    try await load(index, writer, texts, documents, keys, &numbers)
    try ask(index, texts, documents, "as_added", &numbers)
    let compacting = Stopwatch()
    try writer.compact()
    numbers.member("compact_cpu_seconds", compacting.cpu, decimals: 2)
    try ask(index, texts, documents, "compacted", &numbers)
    numbers.endObject()
    numbers.endLine()
    print(String(decoding: numbers.bytes, as: UTF8.self), terminator: "")
  }

  private static func load(
    _ index: OpenIndex,
    _ writer: IndexWriter,
    _ texts: any IndexTexts,
    _ documents: Int,
    _ keys: (path: String, count: Int)?,
    _ numbers: inout JSONWriter
  ) async throws {
    var (sketching, adding, addingWall) = (0.0, 0.0, 0.0)
    let keyFile = try keys.map { try OutputFile.open($0.path, force: true) }
    for start in stride(from: 0, to: documents, by: batch) {
      let range = start..<min(documents, start + batch)
      let documents = texts.batch(range)
      let sketchWatch = Stopwatch()
      let sketches = try await index.sketcher.sketch(documents)
      sketching += sketchWatch.cpu
      if let keyFile, let keys, start < keys.count {
        for sketch in sketches {
          for key in sketch.stored(now: 0).bandKeys {
            try keyFile.write((0..<8).map { UInt8(truncatingIfNeeded: key >> UInt64(8 * $0)) })
          }
        }
      }
      let stored = sketches.map { $0.stored(now: 0) }
      let addWatch = Stopwatch()
      for document in stored { try writer.add(document) }
      try writer.commit()
      adding += addWatch.cpu
      addingWall += addWatch.wall
    }
    try keyFile?.finish()
    let info = try IndexInfo(index.folder)
    numbers.member("sketch_cpu_seconds", sketching, decimals: 2)
    numbers.member("add_cpu_seconds", adding, decimals: 2)
    numbers.member("add_wall_seconds", addingWall, decimals: 2)
    numbers.member("add_documents_per_cpu_second", Int(Double(documents) / adding))
    numbers.member("segments", info.segments)
    numbers.member("bytes_per_document", info.bytes / documents)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    numbers.member("peak_mb", usage.ru_maxrss / 1024)
  }

  /// Asks for changed copies of documents drawn from all over the index.
  private static func ask(
    _ index: OpenIndex,
    _ texts: any IndexTexts,
    _ documents: Int,
    _ name: String,
    _ numbers: inout JSONWriter
  ) throws {
    var opening: [Double] = []
    for _ in 0..<20 {
      let watch = Stopwatch()
      _ = try index.snapshot()
      opening.append(watch.wall)
    }
    let snapshot = try index.snapshot()
    var generator = SplitMix64(seed: 77)
    let asked = (0..<queries).map { _ in
      index.sketcher.sketch(texts.changed(generator.below(documents)))
    }
    var (micros, found): ([Double], Int) = ([], 0)
    for isWarm in [false, true] {
      micros.removeAll()
      found = 0
      for text in asked {
        let watch = Stopwatch()
        let matches = try index.matcher.matches(text, in: snapshot, most: 10)
        micros.append(watch.wall * 1e6)
        if !matches.isEmpty { found += 1 }
      }
      if !isWarm { continue }
      micros.sort()
      numbers.member(name + "_open_ms", opening.sorted()[10] * 1000, decimals: 2)
      numbers.member(name + "_query_p50_us", micros[queries / 2], decimals: 1)
      numbers.member(name + "_query_p99_us", micros[queries * 99 / 100], decimals: 1)
      numbers.member(name + "_found", Double(found) / Double(queries), decimals: 3)
    }
  }
}

/// Wall and processor time since it was made.
struct Stopwatch {
  private let start = Stopwatch.now()

  private static func now() -> (wall: Double, cpu: Double) {
    func seconds(_ clock: clockid_t) -> Double {
      var time = timespec()
      clock_gettime(clock, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    return (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
  }

  var wall: Double { Stopwatch.now().wall - start.wall }
  var cpu: Double { Stopwatch.now().cpu - start.cpu }
}
