/// Where the words of a normalised text stand.
public enum WordRanges {
  /// The byte ranges of the words in order, by the same rules as ``FeatureExtractor``: runs
  /// between spaces; a character of a script without spaces is a word by itself.
  ///
  /// - Parameters:
  ///   - text: normalised, well-formed UTF-8.
  ///   - ranges: emptied, then filled.
  /// - Complexity: O(n) in the bytes of the text.
  public static func find(_ text: UnsafeBufferPointer<UInt8>, into ranges: inout [Range<Int>]) {
    ranges.removeAll(keepingCapacity: true)
    var start = 0
    var at = 0
    while at < text.count {
      let byte = unsafe text[at]
      if byte == UInt8(ascii: " ") {
        if at > start { ranges.append(start..<at) }
        at += 1
        start = at
      } else if byte < 0xE0 {
        at += 1
      } else {
        let length = byte < 0xF0 ? 3 : 4
        if unsafe scalar(text, at, length)?.isWrittenWithoutSpaces == true {
          if at > start { ranges.append(start..<at) }
          ranges.append(at..<at + length)
          start = at + length
        }
        at += length
      }
    }
    if text.count > start { ranges.append(start..<text.count) }
  }

  /// The character of three or four bytes at a place; nil where the text ends before.
  private static func scalar(
    _ text: UnsafeBufferPointer<UInt8>,
    _ at: Int,
    _ length: Int
  ) -> Unicode.Scalar? {
    guard at + length <= text.count else { return nil }
    var value = unsafe UInt32(text[at]) & (length == 3 ? 0x0F : 0x07)
    for offset in 1..<length { value = value << 6 | UInt32(unsafe text[at + offset]) & 0x3F }
    return Unicode.Scalar(value)
  }
}
