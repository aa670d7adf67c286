import CZlib
public import SidikCore

/// Writes gzip streams (RFC 1952).
public enum GzipOutput {
  /// Compresses bytes into one gzip stream without name or time.
  ///
  /// - Parameter bytes: what to compress, at most 2 GB.
  /// - Returns: the stream; its bytes depend on the version of zlib, its content does not.
  /// - Throws: ``SidikError`` of code `budget` where there is not enough memory.
  /// - Complexity: O(n) for n bytes.
  public static func compress(_ bytes: [UInt8]) throws(SidikError) -> [UInt8] {
    precondition(bytes.count < 1 << 31, "a gzip stream of one piece holds at most 2 GB")
    var stream = unsafe z_stream()
    // 15 + 16: the largest window, gzip framing; level 9 and the usual memory.
    let size = Int32(unsafe MemoryLayout<z_stream>.size)
    let status = unsafe deflateInit2_(
      &stream,
      Z_BEST_COMPRESSION,
      Z_DEFLATED,
      31,
      8,
      Z_DEFAULT_STRATEGY,
      ZLIB_VERSION,
      size
    )
    guard status == Z_OK else { throw SidikError(.budget, "not enough memory to compress") }
    defer { _ = unsafe deflateEnd(&stream) }
    var input = bytes
    let room = Int(unsafe deflateBound(&stream, UInt(input.count)))
    return unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
      unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(output.count)
        let done = unsafe deflate(&stream, Z_FINISH)
        precondition(done == Z_STREAM_END, "deflateBound is an upper bound")
      }
      count = unsafe room - Int(stream.avail_out)
    }
  }
}
