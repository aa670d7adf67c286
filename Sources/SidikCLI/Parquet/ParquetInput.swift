import Glibc
import Sidik

/// Reads Parquet files through the program `duckdb`, as JSON Lines in a pipe.
struct ParquetConverter: InputConverter {
  /// Whether every record has the number of its row, so that rows can be found again.
  var numbersRows = false

  /// Whether a path names a Parquet file.
  static func isParquet(_ path: String) -> Bool { path.lowercased().hasSuffix(".parquet") }

  func takes(_ path: String) -> Bool { Self.isParquet(path) }

  func open(_ path: String, _ descriptor: Int32) throws -> any ConvertedInput {
    defer { close(descriptor) }
    let program = try DuckDB.find(for: path)
    let output = try DuckDB.Pipe(path)
    let numbers = numbersRows ? ", file_row_number = true" : ""
    let process = try program.run(
      "COPY (SELECT * FROM read_parquet('/dev/stdin'\(numbers))) TO '/dev/stdout' (FORMAT json)",
      file: path,
      [descriptor, output.writing]
    )
    output.closeWriting()
    return Records(process, output)
  }

  /// The records of one file.
  private final class Records: ConvertedInput {
    private let process: DuckDB.Process
    private let output: DuckDB.Pipe
    let descriptor: Int32

    init(_ process: DuckDB.Process, _ output: DuckDB.Pipe) {
      self.process = process
      self.output = output
      descriptor = output.reading
    }

    func finish() throws { try process.finish() }
  }
}
