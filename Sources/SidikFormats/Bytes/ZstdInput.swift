import CZstd
import SidikCore

/// The content of a zstd stream of any number of frames (RFC 8878).
@safe
final class ZstdInput: ByteInput {
  private let input: any ByteInput
  private let file: String
  private let stream: OpaquePointer
  private var buffer: [UInt8] = []
  private var used = 0
  private var insideFrame = false
  private var inputEnded = false

  init(_ input: any ByteInput, file: String) throws {
    self.input = input
    self.file = file
    guard let stream = unsafe ZSTD_createDCtx() else {
      throw SidikError(.budget, "not enough memory to decompress zstd", file: file)
    }
    unsafe self.stream = stream
  }

  deinit {
    _ = unsafe ZSTD_freeDCtx(stream)
  }

  func read(_ count: Int, onto bytes: inout [UInt8]) throws -> Int {
    while true {
      if used == buffer.count, !inputEnded {
        buffer.removeAll(keepingCapacity: true)
        used = 0
        inputEnded = try input.read(1 << 18, onto: &buffer) == 0
      }
      // At the end of the input the decoder may still hold bytes of an unfinished flush.
      let ended = used == buffer.count
      if ended, !insideFrame { return 0 }
      let got = try decompressSome(count, onto: &bytes)
      if got > 0 { return got }
      if ended {
        throw SidikError(
          .data,
          "the zstd stream is cut short: the file is incomplete",
          file: file
        )
      }
    }
  }

  private func decompressSome(_ count: Int, onto bytes: inout [UInt8]) throws -> Int {
    var status = 0
    var written = 0
    unsafe buffer.withUnsafeBytes { source in
      unsafe Kernels.append(room: count, to: &bytes) { target in
        var from = unsafe ZSTD_inBuffer(
          src: source.baseAddress,
          size: source.count,
          pos: used
        )
        var to = unsafe ZSTD_outBuffer(dst: target, size: count, pos: 0)
        status = unsafe ZSTD_decompressStream(stream, &to, &from)
        unsafe used = from.pos
        unsafe written = to.pos
        return written
      }
    }
    guard ZSTD_isError(status) == 0 else {
      let detail = unsafe String(cString: ZSTD_getErrorName(status))
      throw SidikError(.data, "the zstd stream is damaged: \(detail)", file: file)
    }
    insideFrame = status != 0
    return written
  }
}
