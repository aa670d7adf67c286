import Glibc
import Sidik

/// Writes rows of a Parquet file into another one, with the columns and types they have.
///
/// Records of the run, which have the number of their row, go through a pipe to `duckdb`, which takes
/// the rows from the input again.
final class ParquetOutput {
  private let target: String
  private let temporary: String
  private let records: DuckDB.Pipe
  private let process: DuckDB.Process

  /// Begins to write.
  ///
  /// - Parameters:
  ///   - target: where to.
  ///   - input: the only input of the run.
  ///   - annotates: whether records have a field `sidik`, which becomes a column.
  ///   - force: whether a file that exists may be replaced.
  /// - Throws: ``SidikError`` where that is not possible.
  init(_ target: String, from input: String, annotates: Bool, force: Bool) throws {
    guard unsafe force || access(target, F_OK) != 0 else {
      throw SidikError(.usage, "exists already; --force replaces it", file: target)
    }
    let program = try DuckDB.find(for: target)
    self.target = target
    temporary = "\(target).sidik-\(getpid())"
    records = try DuckDB.Pipe(target)
    process = try program.run(
      Self.statement(from: input, to: temporary, annotates: annotates),
      file: target,
      [records.reading]
    )
    // Else a failed process would leave the writer waiting for ever.
    records.closeReading()
  }

  deinit { _ = unsafe unlink(temporary) }

  /// Runs what writes the records; where the pipe breaks, what `duckdb` said is the fault.
  func write(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch is BrokenPipe {
      try finish()
    }
  }

  /// Where records are written.
  var path: String { "/dev/fd/\(records.writing)" }

  /// Waits until the file is whole and puts it into place.
  func finish() throws {
    records.closeWriting()
    try process.finish()
    guard unsafe rename(temporary, target) == 0 else {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: target)
    }
  }

  private static func statement(
    from input: String,
    to output: String,
    annotates: Bool
  ) -> String {
    let verdict = """
      , sidik: 'STRUCT(kept BOOLEAN, copies BIGINT, keeper VARCHAR, "level" VARCHAR, \
      similarity DOUBLE, containment DOUBLE, "by" VARCHAR)'
      """
    // What would be a pattern of names stands for itself in brackets.
    let literal = input.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    return """
      COPY (SELECT input.* EXCLUDE (file_row_number)\(annotates ? ", kept.sidik" : "")
      FROM read_parquet(\(quoted(literal)), file_row_number = true) AS input
      JOIN read_json('/dev/stdin', format = 'newline_delimited',
        columns = {file_row_number: 'BIGINT'\(annotates ? verdict : "")}) AS kept
      ON input.file_row_number = kept.file_row_number ORDER BY input.file_row_number)
      TO \(quoted(output)) (FORMAT parquet, USE_TMP_FILE false)
      """
  }

  /// A text as SQL has it.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
