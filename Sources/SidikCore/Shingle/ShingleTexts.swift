/// The shingles of a text as texts, for hashes that are to agree with other programs.
///
/// Words are joined by one space; character grams are as they stand. The slow way: the kernels
/// never write a shingle down.
public enum ShingleTexts {
  /// The shingles in order of position, by the same rules as ``FeatureExtractor``.
  ///
  /// - Parameters:
  ///   - text: normalised, well-formed UTF-8.
  ///   - unit: what a shingle is.
  /// - Returns: UTF-8 bytes of each; one shingle over all where none fits, none for nothing.
  /// - Complexity: O(n * w) for shingles of w units.
  public static func of(_ text: [UInt8], unit: FeatureUnit) -> [[UInt8]] {
    let string = String(decoding: text, as: UTF8.self)
    switch unit {
    case .characters(let length, let dense):
      let scalars = withoutIdleSpaces(string)
      return windows(scalars.count) { scalars[$0].isDense ? dense : length }.map { range in
        scalars[range].flatMap { Array(String($0).utf8) }
      }
    case .words(let length):
      let words = words(string)
      let width = min(length, max(1, words.count))
      guard !words.isEmpty else { return [] }
      return (0...words.count - width).map { start in
        Array(words[start..<start + width].joined(separator: " ").utf8)
      }
    }
  }

  /// Ranges of `length(start)` from every start where they fit; the whole where none does.
  private static func windows(_ count: Int, _ length: (Int) -> Int) -> [Range<Int>] {
    let fitting = (0..<count).compactMap { start in
      start + length(start) <= count ? start..<start + length(start) : nil
    }
    return fitting.isEmpty && count > 0 ? [0..<count] : fitting
  }

  /// Scalars without the spaces between characters of scripts that have none.
  private static func withoutIdleSpaces(_ string: String) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    for scalar in string.unicodeScalars {
      if scalar.isWrittenWithoutSpaces, kept.count >= 2, kept.last == " ",
        kept[kept.count - 2].isWrittenWithoutSpaces
      {
        kept.removeLast()
      }
      kept.append(scalar)
    }
    return kept
  }

  /// Runs between spaces; a character of a script without spaces is a word by itself.
  private static func words(_ string: String) -> [String] {
    var words: [String] = []
    var open = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      let isAlone = scalar.isWrittenWithoutSpaces
      if (scalar == " " || isAlone), !open.isEmpty {
        words.append(String(open))
        open = String.UnicodeScalarView()
      }
      if isAlone {
        words.append(String(scalar))
      } else if scalar != " " {
        open.append(scalar)
      }
    }
    if !open.isEmpty { words.append(String(open)) }
    return words
  }
}
