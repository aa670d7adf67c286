internal import CSidikKernels

extension Unicode.Scalar {
  /// Whether the script is written without spaces between words, as the kernels see it.
  var isWrittenWithoutSpaces: Bool { kernelFlags & UInt32(SIDIK_SCALAR_NO_SPACE) != 0 }

  /// Whether the script's characters are syllables or words, as the kernels see it.
  var isDense: Bool { kernelFlags & UInt32(SIDIK_SCALAR_DENSE) != 0 }

  private var kernelFlags: UInt32 { sidik_scalar_flags(value) }
}

/// Scripts whose characters are syllables or words, by the bytes they begin with.
public enum DenseScripts {
  /// How many characters may be kana, CJK or Hangul.
  ///
  /// Indic and South-East Asian scripts begin with other bytes; some signs do not.
  ///
  /// - Parameter text: well-formed UTF-8.
  /// - Returns: characters whose first byte is 0xE3 to 0xED.
  /// - Complexity: O(n).
  public static func leads(in text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress else { return 0 }
    return unsafe sidik_count_between(base, text.count, 0xE3, 0xED - 0xE3 + 1)
  }
}
