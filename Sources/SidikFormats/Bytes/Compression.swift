import SidikCore

/// How an input is compressed, found by its first bytes.
enum Compression: Sendable, Hashable {
  case none, gzip, zstd

  var name: String? {
    switch self {
    case .none: nil
    case .gzip: "gzip"
    case .zstd: "zstd"
    }
  }

  /// Recognises gzip, zstd and zstd's skippable frames.
  init(magic: ArraySlice<UInt8>) {
    let bytes = Array(magic)
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if bytes.count >= 4, bytes[0] & 0xF0 == 0x50, bytes[1...3] == [0x2A, 0x4D, 0x18] {
      self = .zstd
    } else {
      self = .none
    }
  }

  /// The stream as it was before compression.
  func decompressed(_ input: DescriptorInput, file: String) throws -> any ByteInput {
    switch self {
    case .none: input
    case .gzip: try GzipInput(input, file: file)
    case .zstd: try ZstdInput(input, file: file)
    }
  }
}
