internal import CZstd
internal import SidikCore

/// One text, one zstd frame; a compressor belongs to one thread.
@safe
package final class TextCompressor {
  // Higher levels gain 5 % on texts of a few kilobytes and take three times as long.
  private static let level: Int32 = 1
  private let context: OpaquePointer

  package init() throws {
    guard let context = unsafe ZSTD_createCCtx() else {
      throw SidikError(.budget, "not enough memory to compress texts")
    }
    unsafe self.context = context
  }

  deinit { _ = unsafe ZSTD_freeCCtx(context) }

  /// Appends the frame of a text.
  package func append(_ text: [UInt8], to output: inout [UInt8]) throws {
    let room = ZSTD_compressBound(text.count)
    var status = 0
    let start = output.count
    output.append(contentsOf: repeatElement(0, count: room))
    unsafe output.withUnsafeMutableBytes { target in
      unsafe text.withUnsafeBytes { source in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...])
        status = unsafe ZSTD_compressCCtx(
          context,
          free.baseAddress,
          room,
          source.baseAddress,
          source.count,
          Self.level
        )
      }
    }
    guard ZSTD_isError(status) == 0 else {
      throw SidikError(.budget, "a text cannot be compressed")
    }
    output.removeLast(room - status)
  }
}

/// The way back; belongs to one thread.
@safe
package final class TextDecompressor {
  private let context: OpaquePointer

  package init() throws {
    guard let context = unsafe ZSTD_createDCtx() else {
      throw SidikError(.budget, "not enough memory to decompress texts")
    }
    unsafe self.context = context
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  /// The text of a frame.
  ///
  /// - Throws: a sentence where the frame is damaged.
  package func text(_ frame: UnsafeRawBufferPointer) throws -> [UInt8] {
    let size = unsafe ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
    // A frame cannot hold more than about 2^15 times its own size; the two highest sizes are faults.
    guard size <= UInt64(frame.count) << 16 else { throw IndexDamage("a text is damaged") }
    var status = 0
    let text = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { output, count in
      status = unsafe ZSTD_decompressDCtx(
        context,
        output.baseAddress,
        output.count,
        frame.baseAddress,
        frame.count
      )
      count = ZSTD_isError(status) == 0 ? status : 0
    }
    guard text.count == Int(size) else { throw IndexDamage("a text is damaged") }
    return text
  }
}
