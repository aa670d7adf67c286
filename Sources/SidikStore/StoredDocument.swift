/// What an index keeps of a document, as it is handed over to be added.
public struct StoredDocument: Sendable, Hashable {
  /// The id, UTF-8.
  public var id: [UInt8]
  /// Where it was published, UTF-8; empty where nothing is known.
  public var source: [UInt8]
  /// Seconds since 1970.
  public var time: Int64
  /// Whether ``time`` is the document's own, not the moment of adding.
  public var hasOwnTime: Bool
  /// Characters of the normalised text.
  public var length: Int
  /// Whether nothing was left to compare.
  public var isEmpty: Bool
  /// The high half of the exact digest.
  public var digest: UInt64
  /// The lowest bit of each slot of the signature.
  public var signature: SignatureBits
  /// The 64-bit key of each band.
  public var bandKeys: [UInt64]
  /// Sampled features; used only where the index keeps texts.
  public var samples: [UInt64]
  /// The normalised text, UTF-8; used only where the index keeps texts.
  public var text: [UInt8]

  /// Makes a document.
  public init(
    id: [UInt8],
    source: [UInt8] = [],
    time: Int64,
    hasOwnTime: Bool,
    length: Int,
    isEmpty: Bool,
    digest: UInt64,
    signature: SignatureBits,
    bandKeys: [UInt64],
    samples: [UInt64] = [],
    text: [UInt8] = []
  ) {
    self.id = id
    self.source = source
    self.time = time
    self.hasOwnTime = hasOwnTime
    self.length = length
    self.isEmpty = isEmpty
    self.digest = digest
    self.signature = signature
    self.bandKeys = bandKeys
    self.samples = samples
    self.text = text
  }
}

/// One bit of each of the 128 slots of a signature (Li, König 2010, "b-bit minwise hashing", b = 1).
///
/// Bits of documents of similarity J agree with probability (1 + J) / 2, so twice the share that
/// agrees, less one, estimates J without bias, with variance (1 - J^2) / 128: a standard error of
/// .063 at J = .7, where the 512 bytes of the whole signature have .041.
public struct SignatureBits: Sendable, Hashable {
  /// Slots 0 to 63.
  public var low: UInt64
  /// Slots 64 to 127.
  public var high: UInt64

  /// How many bits there are.
  public static let count = 128

  /// Makes a signature of its halves.
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The lowest bits of 128 slots.
  public init(_ slots: UnsafePointer<UInt32>) {
    var (low, high): (UInt64, UInt64) = (0, 0)
    for slot in 0..<64 {
      unsafe low |= UInt64(slots[slot] & 1) << UInt64(slot)
      unsafe high |= UInt64(slots[slot + 64] & 1) << UInt64(slot)
    }
    self.init(low: low, high: high)
  }

  /// Bits that agree, 0...128.
  public func agreeing(_ other: SignatureBits) -> Int {
    128 - (low ^ other.low).nonzeroBitCount - (high ^ other.high).nonzeroBitCount
  }

  /// The Jaccard similarity that so many agreeing bits estimate, 0...1.
  public static func jaccard(agreeing: Int) -> Double {
    max(0, Double(2 * agreeing - count) / Double(count))
  }
}

/// The fixed part of what is kept of a document.
public struct StoredRecord: Sendable, Hashable {
  /// The lowest bit of each slot of the signature.
  public var signature: SignatureBits
  /// The high half of the exact digest.
  public var digest: UInt64
  /// Seconds since 1970.
  public var time: Int64
  /// The number of the source plus 1, or 0.
  var source: UInt32
  /// Where the id ends among the ids of the segment.
  var idEnd: UInt32
  private var bits: UInt32

  private static let lengthMask: UInt32 = (1 << 30) - 1

  /// Characters of the normalised text.
  public var length: Int { Int(bits & Self.lengthMask) }
  /// Whether nothing was left to compare.
  public var isEmpty: Bool { bits & (1 << 30) != 0 }
  /// Whether ``time`` is the document's own, not the moment of adding.
  public var hasOwnTime: Bool { bits & (1 << 31) == 0 }

  init(_ document: StoredDocument, source: UInt32, idEnd: UInt32) {
    signature = document.signature
    digest = document.digest
    time = document.time
    self.source = source
    self.idEnd = idEnd
    bits = UInt32(clamping: min(document.length, Int(Self.lengthMask)))
    if document.isEmpty { bits |= 1 << 30 }
    if !document.hasOwnTime { bits |= 1 << 31 }
  }

  /// Reads a record at a place that is known to hold one.
  @inline(__always)
  init(_ memory: UnsafeRawPointer) {
    let words = unsafe (
      memory.loadUnaligned(as: UInt64.self),
      memory.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    )
    signature = SignatureBits(low: words.0.littleEndian, high: words.1.littleEndian)
    digest = unsafe memory.loadUnaligned(fromByteOffset: 16, as: UInt64.self).littleEndian
    time = unsafe memory.loadUnaligned(fromByteOffset: 24, as: Int64.self).littleEndian
    source = unsafe memory.loadUnaligned(fromByteOffset: 32, as: UInt32.self).littleEndian
    idEnd = unsafe memory.loadUnaligned(fromByteOffset: 36, as: UInt32.self).littleEndian
    bits = unsafe memory.loadUnaligned(fromByteOffset: 40, as: UInt32.self).littleEndian
  }

  /// Appends the record's 44 bytes.
  func append(to output: inout [UInt8]) {
    output.append(little: signature.low)
    output.append(little: signature.high)
    output.append(little: digest)
    output.append(little: time)
    output.append(little: source)
    output.append(little: idEnd)
    output.append(little: bits)
  }
}
