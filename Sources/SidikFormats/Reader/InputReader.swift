public import SidikCore
import Synchronization

/// Reads documents from files, folders and standard input, chunk by chunk.
///
/// One thread calls ``nextChunk()``; the chunks are parsed by any number of others. ``notes``
/// and ``bytesRead`` may be asked for from any thread.
public final class InputReader: DocumentSource, @unchecked Sendable {
  private struct Shared {
    var notes: [InputNote] = []
    var context: InputContext?
  }

  /// The options it was made with.
  public let options: InputOptions
  private let files: [InputFile]
  private let shared: Mutex<Shared>
  private let counter = ByteCounter()
  /// What was read of the inputs that can be read only once, by their place among the files.
  private let copies: [Int: Spool]
  private let isSecondPass: Bool
  private var index = 0
  private var current: FileReader?

  /// Finds the inputs; opens none of them yet.
  ///
  /// - Parameter options: what to read and how.
  /// - Throws: ``SidikError`` where a path leads nowhere, a folder holds no text, or a glob
  ///   matches nothing.
  public convenience init(_ options: InputOptions) throws {
    let list = try InputList(options)
    var copies: [Int: Spool] = [:]
    if options.keepsStandardInput {
      for (index, file) in list.files.enumerated() where file.isReadOnce {
        copies[index] = try Spool(folder: options.temporaryFolder)
      }
    }
    self.init(
      options,
      list.files,
      notes: list.notes,
      copies: copies,
      isSecondPass: false
    )
  }

  private init(
    _ options: InputOptions,
    _ files: [InputFile],
    notes: [InputNote],
    copies: [Int: Spool],
    isSecondPass: Bool
  ) {
    self.options = options
    self.files = files
    shared = Mutex(Shared(notes: notes))
    self.copies = copies
    self.isSecondPass = isSecondPass
  }

  /// A reader of the same inputs from the start, for a second pass.
  ///
  /// Pipes must have been kept (``InputOptions/keepsStandardInput``) and read to their
  /// end.
  ///
  /// - Returns: the reader.
  public func secondPass() -> InputReader {
    InputReader(options, files, notes: [], copies: copies, isSecondPass: true)
  }

  /// What was detected and chosen for the inputs opened so far.
  public var notes: [InputNote] { shared.withLock { $0.notes } }

  /// How many bytes were read of how many, as they stand on disk.
  ///
  /// The total is nil where an input is a pipe or converted.
  public var bytesRead: (done: Int, total: Int?) {
    var total: Int? = 0
    for file in files {
      guard let size = file.size, let sum = total, !file.isConverted else {
        total = nil
        break
      }
      total = sum + size
    }
    return (counter.count, total)
  }

  /// What tells the input files from others, so that no output goes over one of them.
  public var identities: Set<FileIdentity> { Set(files.compactMap(\.identity)) }

  /// What tells these inputs, as they are read, from any others: their names, sizes and times of
  /// change, and how they are read.
  ///
  /// - Returns: 32 hexadecimal digits.
  /// - Throws: ``SidikError`` where an input can be read only once.
  func fingerprint() throws -> String {
    var text = String(describing: options.fields)
    for part in [
      options.format.map { String(describing: $0) }, options.delimiter.map { String($0) },
      options.encoding.map { String(describing: $0) }, String(describing: options.onError),
    ] {
      text += "\0" + (part ?? "")
    }
    for file in files {
      guard let size = file.size, let changed = file.changed, !file.isReadOnce else {
        throw SidikError(
          .usage,
          "--resume takes files; this can be read only once",
          file: file.path
        )
      }
      text += "\0\(file.path)\0\(file.name)\0\(size)\0\(changed)"
    }
    var copy = text
    let digest = copy.withUTF8 { unsafe ExactDigest($0, keys: HashKeys(seed: 0)) }
    return Hexadecimal.string(digest.high) + Hexadecimal.string(digest.low)
  }

  /// Opens every input for what is detected of it, without reading records.
  ///
  /// - Throws: ``SidikError`` where one cannot be opened or has changed.
  public func takeAllNotes() throws {
    for index in files.indices {
      current = try open(index)
      takeNotes()
    }
    current = nil
  }

  /// What is settled about the first input that was opened.
  public var firstContext: InputContext? { shared.withLock { $0.context } }

  /// The next chunk in input order, or nil at the end.
  ///
  /// - Returns: a ``RecordChunk``.
  /// - Throws: ``SidikError`` where an input cannot be read, after the records before it.
  public func nextChunk() throws -> (any DocumentChunk)? { try nextRecords() }

  /// The next chunk in input order, or nil at the end; ``nextChunk()`` by its own type.
  ///
  /// - Returns: a run of whole records.
  /// - Throws: ``SidikError`` where an input cannot be read, after the records before it.
  public func nextRecords() throws -> RecordChunk? {
    while true {
      if current == nil {
        guard index < files.count else { return nil }
        current = try open(index)
        takeNotes()
      }
      defer { takeNotes() }
      if let chunk = try current?.nextChunk() { return chunk }
      takeNotes()
      current = nil
      index += 1
    }
  }

  /// What is settled about each input that is not empty; pipes, read only once, are left out.
  func contexts() throws -> [InputContext] {
    try files.compactMap { file in
      if file.isReadOnce { return nil }
      let descriptor =
        file.isStandardInput
        ? try FileSystem.openToRead("/proc/self/fd/\(options.stdinDescriptor)")
        : try descriptor(file)
      let source = try self.source(file, descriptor, closes: true) { _ in }
      let reader = try FileReader(file, source, options: options)
      return reader.isEmpty ? nil : reader.context
    }
  }

  private func takeNotes() {
    guard let reader = current else { return }
    shared.withLock { shared in
      if shared.context == nil, !reader.isEmpty { shared.context = reader.context }
      shared.notes += reader.notes
    }
    reader.notes = []
  }

  private func open(_ index: Int) throws -> FileReader {
    let file = files[index]
    let source = try source(
      file,
      descriptor(file, copy: copies[index]),
      closes: !file.isStandardInput || isSecondPass,
      copy: isSecondPass ? nil : copies[index]
    ) { [counter] in counter.add($0) }
    return try FileReader(file, source, options: options)
  }

  /// The bytes of an open input, converted where it needs that.
  private func source(
    _ file: InputFile,
    _ descriptor: Int32,
    closes: Bool,
    copy: Spool? = nil,
    progress: @escaping (Int) -> Void
  ) throws -> DescriptorInput {
    let converted = file.isConverted ? try options.converter?.open(file.path, descriptor) : nil
    return DescriptorInput(
      converted?.descriptor ?? descriptor,
      closes: converted == nil && closes,
      file: file.path,
      copy: copy,
      wait: isSecondPass ? nil : options.waitForLiveInput,
      converted: converted,
      progress: progress
    )
  }

  private func descriptor(_ file: InputFile, copy: Spool? = nil) throws -> Int32 {
    if isSecondPass, let copy { return try copy.reopened() }
    if file.isStandardInput {
      guard isSecondPass else { return options.stdinDescriptor }
      return try FileSystem.openToRead("/proc/self/fd/\(options.stdinDescriptor)")
    }
    let descriptor = try FileSystem.openToRead(file.path)
    if let found = FileStatus(descriptor: descriptor), found.kind == .file,
      found.identity != file.identity || found.size != file.size || found.changed != file.changed
    {
      throw SidikError(.data, "has changed since the run began", file: file.path)
    }
    return descriptor
  }
}

/// Counts bytes on one thread for others to see.
private final class ByteCounter: Sendable {
  private let bytes = Atomic<Int>(0)

  var count: Int { bytes.load(ordering: .relaxed) }

  func add(_ more: Int) { bytes.wrappingAdd(more, ordering: .relaxed) }
}
