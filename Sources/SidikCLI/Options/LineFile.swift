import Sidik

/// Files of one record a line, plain or compressed.
enum LineFile {
  /// A reader of the lines of a file; - is standard input.
  static func reader(_ path: String) throws -> InputReader {
    try InputReader(InputOptions(paths: [path], format: .lines, onError: .repair))
  }

  /// Goes through lines that are not blank, with their numbers from 1.
  static func forEach(_ reader: InputReader, _ body: ([UInt8], Int) throws -> Void) throws {
    var batch = DocumentBatch()
    while let chunk = try reader.nextChunk() {
      try chunk.parse(into: &batch)
      for entry in batch.entries { try body(Array(batch.bytes[entry.text]), entry.line) }
    }
  }

  /// The lines of a file; line *n* of the file stands at *n* - 1.
  static func read(_ path: String) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    try forEach(reader(path)) { line, number in
      while lines.count < number - 1 { lines.append([]) }
      lines.append(line)
    }
    return lines
  }
}
