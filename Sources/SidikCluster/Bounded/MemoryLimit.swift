internal import SidikCore

/// What a run may take of memory, and how it is shared out.
///
/// What a run keeps of every document is of a fixed size (``bytesPerDocument``); the rest of the
/// limit is for what is worked on. Signatures go to disk where they would take more than a quarter of
/// the limit, texts and ids are read through a window, and pairs are verified batch by batch.
public struct MemoryLimit: Sendable, Hashable {
  /// The least limit: the program, a few chunks of input for each thread, a window and a batch.
  public static let least = 128 << 20
  /// What stays in memory of a document, in bytes, before its pairs: a row of 48, the end of its id,
  /// its node, the leader and the bands' marks.
  public static let bytesPerDocument = 96
  /// And besides where samples are posted: how many each shares, and the counters of a thread.
  public static let bytesPerSampledDocument = 12
  /// What the program and its threads take beside documents and batches.
  static let overhead = 48 << 20

  /// The limit, in bytes.
  public let bytes: Int

  /// A limit.
  ///
  /// - Parameter bytes: at least ``least``.
  /// - Throws: ``SidikError`` of code `usage` where it is less.
  public init(bytes: Int) throws {
    guard bytes >= Self.least else {
      throw SidikError(.usage, "--memory takes at least \(Self.least >> 20)M, not \(bytes) bytes")
    }
    self.bytes = bytes
    signatures = bytes / 4
    window = bytes / 16
    batch = bytes / 8
  }

  /// Signatures that stay in memory, in bytes.
  var signatures: Int
  /// Bytes of texts that stay mapped.
  var window: Int
  /// Bytes of texts, signatures, pairs and edges that are worked on together.
  var batch: Int

  /// What is taken of what is left, at most, in bytes: tests take less.
  var mostLeft = Int.max

  /// What batches are weighed in, in bytes.
  private static let unit = 64
  /// What a pair takes while its batch is verified, with the edge it may become.
  static let unitsPerPair = 400 / unit
  /// What a text takes in its batch beside its bytes: signature, row and node.
  private static let bytesPerText = 640

  /// Bytes in the unit that batches are weighed in.
  static func units(_ bytes: Int) -> Int { max(1, bytes / unit) }

  /// What a text of so many bytes takes in its batch, in that unit.
  static func units(_ text: Int, documents: Int) -> UInt32 {
    UInt32(units(text + bytesPerText) + documents)
  }

  /// What stays in memory of a document in bytes, whatever the limit.
  static func bytesPerDocument(_ profile: Profile) -> Int {
    bytesPerDocument + (profile.postingUnit == nil ? 0 : bytesPerSampledDocument)
  }

  /// The least limit for so many documents, in bytes.
  public static func least(documents: Int, _ profile: Profile) -> Int {
    max(least, overhead + documents * bytesPerDocument(profile))
  }

  /// Documents that fit.
  func documents(_ profile: Profile) -> Int {
    (bytes - Self.overhead) / Self.bytesPerDocument(profile)
  }

  /// What may be taken between batches, beside what is kept of documents.
  ///
  /// - Parameters:
  ///   - documents: how many there are.
  ///   - resident: bytes of signatures that stand in memory.
  /// - Returns: three quarters of what is left, in bytes; at least half a batch.
  func left(documents: Int, resident: Int) -> Int {
    let each = Self.bytesPerDocument + Self.bytesPerSampledDocument
    let free = bytes - Self.overhead - documents * each - resident - window
    return max(batch / 2, min(mostLeft, free - free / 4))
  }

  /// Ends a run that has met too many documents.
  ///
  /// - Throws: ``SidikError`` of code `budget` with the limit that is needed at least.
  func check(documents count: Int, _ profile: Profile) throws {
    let most = documents(profile)
    guard count > most else { return }
    throw SidikError(
      .budget,
      "--memory \(bytes >> 20)M is too little for more than \(most) documents: each takes "
        + "\(Self.bytesPerDocument(profile)) bytes; `sidik plan` says how much all of them take"
    )
  }
}
