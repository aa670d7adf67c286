import CSidikKernels

extension TextEncoding {
  /// Decodes a part of `bytes` to UTF-8 (lone surrogates stay as three bytes: WTF-8).
  ///
  /// - Parameters:
  ///   - bytes: where the encoded bytes stand.
  ///   - range: which of them to decode.
  ///   - final: whether nothing follows.
  ///   - output: receives the decoded bytes.
  /// - Returns: how many bytes were used; at most three are left for the next call.
  func decode(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    final: Bool,
    onto output: inout [UInt8]
  ) -> Int {
    guard self != .utf8 else {
      output.append(contentsOf: bytes[range])
      return range.count
    }
    var consumed = range.count
    unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      if self == .windows1252 {
        unsafe Kernels.append(room: part.count * 3, to: &output) {
          unsafe sidik_cp1252_to_utf8(part.baseAddress, part.count, $0)
        }
      } else {
        let big: Int32 = self == .utf16BigEndian ? 1 : 0
        unsafe Kernels.append(room: part.count / 2 * 3 + 3, to: &output) {
          unsafe sidik_utf16_to_wtf8(
            part.baseAddress,
            part.count,
            big,
            final ? 1 : 0,
            $0,
            &consumed
          )
        }
      }
    }
    return consumed
  }

  /// Encodes UTF-8 (or WTF-8) back, exactly as it was before ``decode(_:_:final:onto:)``.
  func encode(_ bytes: [UInt8], _ range: Range<Int>, onto output: inout [UInt8]) {
    guard self != .utf8 else {
      output.append(contentsOf: bytes[range])
      return
    }
    unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      if self == .windows1252 {
        unsafe Kernels.append(room: part.count, to: &output) {
          unsafe sidik_utf8_to_cp1252(part.baseAddress, part.count, $0)
        }
      } else {
        let big: Int32 = self == .utf16BigEndian ? 1 : 0
        unsafe Kernels.append(room: part.count * 2, to: &output) {
          unsafe sidik_wtf8_to_utf16(part.baseAddress, part.count, big, $0)
        }
      }
    }
  }

  /// How many bytes a part of `bytes` takes in this encoding.
  func encodedCount(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    guard self != .utf8 else { return range.count }
    let units = unsafe bytes.withUnsafeBufferPointer { all in
      let part = unsafe UnsafeBufferPointer(rebasing: all[range])
      return unsafe sidik_count_scalars(part.baseAddress, part.count, isUTF16 ? 1 : 0)
    }
    return isUTF16 ? units * 2 : units
  }
}
