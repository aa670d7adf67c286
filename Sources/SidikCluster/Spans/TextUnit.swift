/// What a text is cut into where whole parts are compared.
public enum TextUnit: String, Sendable, Hashable, CaseIterable {
  /// Runs of words, wherever they begin and end.
  case passage
  /// What stands between line feeds.
  case line
  /// What stands between empty lines.
  case paragraph
  /// What ends with a full stop, a question or exclamation mark, or an empty line.
  case sentence

  /// The parts of a text, without white space at their ends.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: ranges of bytes, ascending; a text that is all white space has none.
  /// - Complexity: O(n).
  func parts(of text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    func close(at end: Int, next: Int) {
      var (low, high) = (start, end)
      while low < high, unsafe Self.isSpace(text[low]) { low += 1 }
      while low < high, unsafe Self.isSpace(text[high - 1]) { high -= 1 }
      if low < high { parts.append(low..<high) }
      start = next
    }
    var at = 0
    while at < text.count {
      if unsafe text[at] == 10 {
        if self == .line {
          close(at: at, next: at + 1)
        } else if let next = unsafe Self.endOfEmptyLines(text, at) {
          close(at: at, next: next)
          at = next
          continue
        }
      } else if self == .sentence, let next = unsafe Self.endOfSentence(text, at) {
        close(at: next, next: next)
        at = next
        continue
      }
      at += 1
    }
    close(at: text.count, next: text.count)
    return parts
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// Where text goes on after a line feed that is followed by an empty line; nil where none is.
  private static func endOfEmptyLines(_ text: UnsafeBufferPointer<UInt8>, _ feed: Int) -> Int? {
    var at = feed + 1
    var end: Int?
    while at < text.count, unsafe isSpace(text[at]) {
      if unsafe text[at] == 10 { end = at + 1 }
      at += 1
    }
    return end
  }

  /// Where a sentence ends whose mark stands at a place: behind marks and closing quotes, where
  /// space or the end of the text follows, or at once behind the marks of scripts without spaces.
  private static func endOfSentence(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    func has(_ bytes: [UInt8], at place: Int) -> Bool {
      place + bytes.count <= text.count
        && bytes.indices.allSatisfy { unsafe text[place + $0] == bytes[$0] }
    }
    let byte = unsafe text[place]
    if byte == 0xE3 || byte == 0xEF {
      // 。！？ in UTF-8.
      let marks: [[UInt8]] = [[0xE3, 0x80, 0x82], [0xEF, 0xBC, 0x81], [0xEF, 0xBC, 0x9F]]
      return marks.contains { has($0, at: place) } ? place + 3 : nil
    }
    guard [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(byte) else {
      return nil
    }
    var at = place + 1
    // ) ] ' " and the curly quotes ’ ” in UTF-8.
    while at < text.count {
      if unsafe [0x2E, 0x21, 0x3F, 0x29, 0x5D, 0x27, 0x22].contains(text[at]) {
        at += 1
      } else if has([0xE2, 0x80, 0x99], at: at) || has([0xE2, 0x80, 0x9D], at: at) {
        at += 3
      } else {
        break
      }
    }
    return unsafe at == text.count || isSpace(text[at]) ? at : nil
  }
}
