import CZlib
import SidikCore

/// The content of a gzip stream of any number of members (RFC 1952).
@safe
final class GzipInput: ByteInput {
  private let input: any ByteInput
  private let file: String
  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer: [UInt8] = []
  private var used = 0
  private var insideMember = true
  private var inputEnded = false

  init(_ input: any ByteInput, file: String) throws {
    self.input = input
    self.file = file
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 + 16: the largest window, gzip framing only.
    let status = unsafe inflateInit2_(
      stream,
      31,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    guard status == Z_OK else {
      throw SidikError(.budget, "not enough memory to decompress gzip", file: file)
    }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func read(_ count: Int, onto bytes: inout [UInt8]) throws -> Int {
    while true {
      if used == buffer.count, !inputEnded { try refill() }
      if !insideMember {
        if try !startMember() { return 0 }
      }
      if used == buffer.count {
        throw SidikError(
          .data,
          "the gzip stream is cut short: the file is incomplete",
          file: file
        )
      }
      let got = try inflateSome(count, onto: &bytes)
      if got > 0 { return got }
    }
  }

  private func refill() throws {
    buffer.removeAll(keepingCapacity: true)
    used = 0
    inputEnded = try input.read(1 << 18, onto: &buffer) == 0
  }

  /// Begins the next member; false at the end of the file (zero padding is passed over).
  private func startMember() throws -> Bool {
    while true {
      while used < buffer.count, buffer[used] == 0 { used += 1 }
      if used < buffer.count { break }
      if inputEnded { return false }
      try refill()
    }
    guard buffer[used] == 0x1F else {
      throw SidikError(
        .data,
        "bytes that are not gzip follow the end of the gzip stream",
        file: file
      )
    }
    _ = unsafe inflateReset(stream)
    insideMember = true
    return true
  }

  private func inflateSome(_ count: Int, onto bytes: inout [UInt8]) throws -> Int {
    var status = Z_OK
    var written = 0
    unsafe buffer.withUnsafeMutableBufferPointer { source in
      guard let from = source.baseAddress else { return }
      unsafe Kernels.append(room: count, to: &bytes) { target in
        unsafe stream.pointee.next_in = from + used
        unsafe stream.pointee.avail_in = UInt32(source.count - used)
        unsafe stream.pointee.next_out = target
        unsafe stream.pointee.avail_out = UInt32(min(count, 1 << 30))
        status = unsafe inflate(stream, Z_NO_FLUSH)
        unsafe used = source.count - Int(stream.pointee.avail_in)
        unsafe written = min(count, 1 << 30) - Int(stream.pointee.avail_out)
        return written
      }
    }
    switch status {
    case Z_STREAM_END: insideMember = false
    case Z_OK, Z_BUF_ERROR: break
    default:
      let detail = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      throw SidikError(
        .data,
        "the gzip stream is damaged: \(detail ?? "error \(status)")",
        file: file
      )
    }
    return written
  }
}
