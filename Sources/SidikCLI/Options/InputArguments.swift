import ArgumentParser
import Sidik

/// What to read, and how: shared by all commands that read documents.
struct InputArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files, folders or globs; - or nothing is standard input.",
      valueName: "input"
    ),
    completion: .file()
  )
  var inputs: [String] = []

  @Option(
    help: "Input format: jsonl, json, csv, tsv, text or lines. Found by itself if left out.",
    completion: .list(["jsonl", "json", "csv", "tsv", "text", "lines"])
  )
  var inputFormat: String?

  @Flag(help: "A line is a document.")
  var lines = false

  @Option(help: "CSV delimiter, one character. Found by itself if left out.")
  var delimiter: String?

  @Option(
    help: "Encoding: utf-8, utf-16le, utf-16be or windows-1252. Found by itself if left out.",
    completion: .list(["utf-8", "utf-16le", "utf-16be", "windows-1252"])
  )
  var encoding: String?

  @Option(help: "The field or column with the text.")
  var text: String?

  @Option(help: "The field or column with the id; without one, ids are NAME:LINE.")
  var id: String?

  @Option(help: "The field or column that says where a document was published.")
  var source: String?

  @Option(help: "The field or column that says who published it.")
  var author: String?

  @Option(help: "The field or column that says when.")
  var time: String?

  @Option(help: "Name of standard input in ids.")
  var stdinName: String?

  @Option(
    help: """
      What becomes of damage: repair (bad bytes are repaired and counted, records that cannot be \
      read are set aside), quarantine (any damaged record is set aside) or fail.
      """
  )
  var onError: ErrorPolicy = .repair

  @Option(
    help: ArgumentHelp(
      "Write records that were set aside here, with their reasons.",
      valueName: "file"
    ),
    completion: .file()
  )
  var quarantine: String?

  /// The options as the reader takes them; standard input is kept where a second pass follows.
  func resolved(keepsStandardInput: Bool = false, temporaryFolder: String?) throws -> InputOptions {
    var options = InputOptions(
      paths: inputs,
      fields: FieldMapping(text: text, id: id, source: source, author: author, time: time),
      onError: onError,
      stdinName: stdinName
    )
    options.converter = ParquetConverter()
    options.keepsStandardInput = keepsStandardInput
    options.temporaryFolder = temporaryFolder
    if let inputFormat {
      guard let format = InputFormat(name: inputFormat) else {
        throw SidikError(.usage, "--input-format: there is no format '\(inputFormat)'")
      }
      options.format = format
    }
    if lines {
      guard inputFormat == nil || options.format == .lines else {
        throw SidikError(.usage, "--lines contradicts --input-format \(inputFormat ?? "")")
      }
      options.format = .lines
    }
    if let delimiter {
      let bytes = Array((delimiter == "\\t" ? "\t" : delimiter).utf8)
      guard bytes.count == 1, bytes[0] != 34, bytes[0] != 10, bytes[0] != 13 else {
        throw SidikError(.usage, "--delimiter takes one ASCII character other than a quote")
      }
      options.delimiter = bytes[0]
    }
    if let encoding {
      guard let known = TextEncoding(name: encoding) else {
        throw SidikError(.usage, "--encoding: there is no encoding '\(encoding)'")
      }
      options.encoding = known
    }
    return options
  }
}
