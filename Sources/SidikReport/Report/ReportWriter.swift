internal import SidikCore
public import SidikFormats

/// Writes the report: one HTML file with its data inside (`Documentation/Formats/report.md`).
public struct ReportWriter {
  private let data: ReportData
  private let language: ReportLanguage

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - data: what the report shows.
  ///   - language: the language it begins in.
  public init(_ data: ReportData, language: ReportLanguage = .en) {
    self.data = data
    self.language = language
  }

  /// Writes the page and ends the file.
  ///
  /// - Parameters:
  ///   - texts: the texts of the documents in the report.
  ///   - output: where to.
  ///   - threads: threads that look for passages and compress.
  /// - Throws: as ``OutputFile/write(_:)``; ``SidikError`` where the texts cannot be read.
  /// - Complexity: O(n) in the size of the texts; memory holds a few blocks of them and
  ///   40 bytes a passage.
  public func write(
    _ texts: ReportTexts,
    to output: OutputFile,
    threads: Int = 1
  ) async throws {
    let blocks = ReportBlocks(data, texts)
    let page = ReportPage(language: language)
    let json = ReportJSON(data, blocks, texts)
    let passages = try await ReportPassages.find(data, texts, threads: threads)
    try output.write(page.head)
    try output.write(Self.element("sidik-run", json.run()))
    try output.write(page.script)
    try output.write(Self.element("sidik-edges", json.edges()))
    try output.write(Self.element("sidik-passages", json.passages(passages)))
    try await writeBlocks(blocks.blocks, texts, to: output, threads: max(1, threads))
    try output.write(page.tail)
    try output.finish()
  }

  /// Compresses blocks side by side and writes them in order.
  private func writeBlocks(
    _ blocks: [[Int]],
    _ texts: ReportTexts,
    to output: OutputFile,
    threads: Int
  ) async throws {
    for start in stride(from: 0, to: blocks.count, by: threads) {
      let part = start..<min(blocks.count, start + threads)
      let bytes = try part.map { try blocks[$0].flatMap { try texts.bytes($0) } }
      let elements = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
        for (place, text) in bytes.enumerated() {
          let name = "sidik-text-\(start + place)"
          group.addTask { (place, try Self.element(name, text)) }
        }
        return try await group.reduce(into: [Int: [UInt8]]()) { $0[$1.0] = $1.1 }
      }
      for place in 0..<part.count { try output.write(elements[place] ?? []) }
    }
  }

  /// An inert element that holds compressed data: no text of a document is ever markup.
  private static func element(_ name: String, _ content: [UInt8]) throws -> [UInt8] {
    Array("<script type=\"application/octet-stream\" id=\"\(name)\">".utf8)
      + Base64.encode(try GzipOutput.compress(content)) + Array("</script>\n".utf8)
  }
}
