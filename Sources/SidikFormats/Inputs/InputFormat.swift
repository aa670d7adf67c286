/// How the records of an input are framed.
public enum InputFormat: Sendable, Hashable {
  /// JSON Lines: an object a line.
  case jsonl
  /// One JSON array of objects.
  case jsonArray
  /// JSON objects one after another, each over as many lines as it likes.
  case jsonObjects
  /// Rows of fields, the first of which is the header (RFC 4180).
  case csv(delimiter: UInt8)
  /// The whole input is one document.
  case text
  /// A line is a document.
  case lines

  /// The name as options and notes give it.
  public var name: String {
    switch self {
    case .jsonl: "jsonl"
    case .jsonArray: "json"
    case .jsonObjects: "json objects"
    case .csv(let delimiter): delimiter == UInt8(ascii: "\t") ? "tsv" : "csv"
    case .text: "text"
    case .lines: "lines"
    }
  }

  /// Reads a format from the name a user gives it.
  ///
  /// - Parameter name: `jsonl`, `ndjson`, `json`, `csv`, `tsv`, `text`, `txt` or `lines`.
  public init?(name: String) {
    switch name.lowercased() {
    case "jsonl", "ndjson": self = .jsonl
    case "json": self = .jsonArray
    case "csv": self = .csv(delimiter: UInt8(ascii: ","))
    case "tsv": self = .csv(delimiter: UInt8(ascii: "\t"))
    case "text", "txt": self = .text
    case "lines": self = .lines
    default: return nil
    }
  }

  /// Whether a record is a JSON object.
  var isJSON: Bool {
    switch self {
    case .jsonl, .jsonArray, .jsonObjects: true
    case .csv, .text, .lines: false
    }
  }
}

/// What becomes of damage in the input (`--on-error`).
public enum ErrorPolicy: String, Sendable, Hashable, CaseIterable {
  /// Broken bytes are repaired and counted; records that cannot be read are quarantined.
  case `repair`
  /// Any record with anything wrong is quarantined.
  case quarantine
  /// The first damage ends the run.
  case fail
}

/// Which fields of a record carry what; nil lets the reader find the field by itself.
public struct FieldMapping: Sendable, Hashable {
  /// The field with the text (`a.b` reaches into nested JSON objects).
  public var text: String?
  /// The field with the id.
  public var id: String?
  /// The field that says where it was published.
  public var source: String?
  /// The field that says who published it.
  public var author: String?
  /// The field that says when.
  public var time: String?

  /// Makes a mapping; what is left out is found by itself.
  public init(
    text: String? = nil,
    id: String? = nil,
    source: String? = nil,
    author: String? = nil,
    time: String? = nil
  ) {
    self.text = text
    self.id = id
    self.source = source
    self.author = author
    self.time = time
  }

  /// The explicit name for a role.
  func name(of role: FieldRole) -> String? {
    switch role {
    case .text: text
    case .id: id
    case .source: source
    case .author: author
    case .time: time
    }
  }
}

/// What a field of a record is to Sidik.
enum FieldRole: Int, CaseIterable, Sendable {
  case text, id, source, author, time

  var name: String {
    switch self {
    case .text: "text"
    case .id: "id"
    case .source: "source"
    case .author: "author"
    case .time: "time"
    }
  }
}

/// What the reader is asked to read, and how.
public struct InputOptions: Sendable {
  /// Files, folders, globs; `-` or nothing is standard input.
  public var paths: [String]
  /// The format of all inputs; nil finds each by name and content.
  public var format: InputFormat?
  /// The CSV delimiter; nil finds it.
  public var delimiter: UInt8?
  /// The encoding of all inputs; nil finds each by content.
  public var encoding: TextEncoding?
  /// Explicit field names.
  public var fields: FieldMapping
  /// What becomes of damage.
  public var onError: ErrorPolicy
  /// The name standard input goes by in ids.
  public var stdinName: String?
  /// The longest record that is read whole; longer ones are quarantined.
  public var maxRecordBytes: Int
  /// How many bytes a chunk has, about.
  public var chunkBytes: Int
  /// Whether standard input and pipes are kept for a second pass.
  ///
  /// A redirected file is read again in place; a pipe is copied to a temporary file.
  public var keepsStandardInput: Bool
  /// The folder for temporary files; nil is `TMPDIR`, else `/tmp`.
  public var temporaryFolder: String?
  /// The descriptor that `-` reads.
  public var stdinDescriptor: Int32
  /// Called before every read of an input that others are still writing, with its descriptor.
  ///
  /// Where it is set, whole records are handed on as they arrive, fields and format are settled by
  /// those that come first, and the encoding is UTF-8 unless it is named or marked. It returns once
  /// the descriptor can be read, or false to end the input there.
  public var waitForLiveInput: (@Sendable (Int32) throws -> Bool)?
  /// Takes files of other formats; nil: there are none.
  public var converter: (any InputConverter)?
  /// How much of an input is looked at to settle its encoding, format and fields.
  var sampleBytes = DecodedInput.sampleBytes
  /// How much is read and decoded at a time.
  var blockBytes = DecodedInput.blockBytes

  /// Makes options with the defaults of the command-line program.
  public init(
    paths: [String] = [],
    format: InputFormat? = nil,
    delimiter: UInt8? = nil,
    encoding: TextEncoding? = nil,
    fields: FieldMapping = FieldMapping(),
    onError: ErrorPolicy = .repair,
    stdinName: String? = nil,
    maxRecordBytes: Int = 64 << 20,
    chunkBytes: Int = 512 << 10,
    keepsStandardInput: Bool = false,
    temporaryFolder: String? = nil,
    stdinDescriptor: Int32 = 0
  ) {
    self.paths = paths
    self.format = format
    self.delimiter = delimiter
    self.encoding = encoding
    self.fields = fields
    self.onError = onError
    self.stdinName = stdinName
    self.maxRecordBytes = maxRecordBytes
    self.chunkBytes = chunkBytes
    self.keepsStandardInput = keepsStandardInput
    self.temporaryFolder = temporaryFolder
    self.stdinDescriptor = stdinDescriptor
  }
}
