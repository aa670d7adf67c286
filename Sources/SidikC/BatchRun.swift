internal import CSidik
internal import Sidik

/// A batch run over the caller's columns.
struct BatchRun {
  let options: Options
  let configuration: PipelineConfiguration
  private let columns: DocumentColumns
  private let control: Control?

  /// Checks what the caller gave.
  init(
    _ options: OpaquePointer?,
    _ texts: UnsafePointer<sidik_column>?,
    _ fields: UnsafePointer<sidik_fields>?,
    _ control: OpaquePointer?
  ) throws {
    self.options = try unsafe Handle.object(options, "options")
    columns = try unsafe DocumentColumns(texts, fields)
    let control: Control? = try unsafe Handle.optional(control, "control")
    self.control = control
    let texts = columns.texts
    let bytes = (0..<texts.count).reduce(0) { $0 + texts.length($1) }
    configuration = try self.options.configuration(forTextsOf: bytes, control)
  }

  /// Runs while the calling thread sleeps.
  func wait<Answer: Sendable>(
    _ body: @escaping @Sendable (PipelineConfiguration, any DocumentSource) async throws -> Answer
  ) throws -> Answer {
    let (configuration, columns) = (configuration, columns)
    return try BlockingRun.wait(control) {
      try await body(configuration, ColumnSource(columns))
    }
  }
}
