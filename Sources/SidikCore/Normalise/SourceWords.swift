internal import CSidikKernels

/// Finds where words of a normalised text stand in the original, without offsets for every byte.
///
/// Most words are folded letter by letter. Such words are found in the original by themselves, and compared by hash
/// with those that normalising gave. A word here and there that rules on whole words corrected is known by those
/// beside it; where rules changed the number of words (they were joined, doubled or masked), only the words
/// before the first and behind the last such place are told, and for others the caller normalises with offsets.
///
/// ```
/// let own = extractor.words(words.split(original))
/// words.align(own, with: extractor.words(normalised))
/// words.range(of: 12)
/// ```
@safe
public final class SourceWords {
  private let options: NormaliserOptions
  private let tables = UnicodeTables()
  private var ascii = ScratchBuffer<UInt8>(capacity: 256)
  private let folded = Scratch<UInt8>()
  private let starts = Scratch<UInt32>()
  private let ends = Scratch<UInt32>()
  /// Words that were split off.
  private var count = 0
  /// Words before the first change of their number.
  private var head = 0
  /// The first word behind the last such change, and how many words more the original has.
  private var tail = Int.max
  private var shift = 0

  /// Makes one for texts normalised with these options.
  public init(_ options: NormaliserOptions) {
    self.options = options
    for byte in 0..<256 { ascii[byte] = Normaliser.foldASCII(UInt8(byte), options.folds) }
  }

  /// Splits a text into words and folds their letters.
  ///
  /// - Parameter text: the original, less than 4 GiB.
  /// - Returns: the words with one space after each, empty where the options keep signs; valid until
  ///   the next call.
  /// - Complexity: O(n) in bytes, a few times faster than normalising with offsets.
  public func split(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    (count, head, tail) = (0, 0, Int.max)
    let isLetterwise = options.folds.isSuperset(of: [.compatibility, .punctuation])
    guard isLetterwise, let source = text.baseAddress else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    let folded = unsafe folded.reserve(2 * text.count + 8)
    let starts = unsafe starts.reserve(text.count + 1)
    let ends = unsafe ends.reserve(text.count + 1)
    let trie = tables.trie(strip: options.folds.contains(.marks))
    var rules = unsafe sidik_letter_rules(
      stage: trie.stage,
      entries: trie.entries,
      ascii: ascii.base,
      wanted: UnicodeEntry.word,
      unwanted: UnicodeEntry.slow | UnicodeEntry.mark,
      guarded: 0
    )
    var length = 0
    count = unsafe sidik_split_words(
      source,
      text.count,
      &rules,
      UnicodeEntry.noSpace,
      folded.baseAddress,
      &length,
      starts.baseAddress,
      ends.baseAddress
    )
    return unsafe UnsafeBufferPointer(rebasing: folded[..<length])
  }

  /// Tells which words are which.
  ///
  /// - Parameters:
  ///   - own: the hashes of the words of ``split(_:)``.
  ///   - words: those of the words of the normalised text.
  /// - Complexity: O(n) in words.
  public func align(
    _ own: UnsafeBufferPointer<UInt64>,
    with words: UnsafeBufferPointer<UInt64>
  ) {
    guard own.count == count else { return }
    head = unsafe wordsInStep(own, words, fromEnd: false)
    tail = words.count
    shift = own.count - words.count
    if head < words.count { tail -= unsafe wordsInStep(own, words, fromEnd: true) }
  }

  /// Words from one end on that stand in step: none of two neighbours differ.
  ///
  /// A word that became two, or two that became one, shift those after them, which then differ.
  private func wordsInStep(
    _ own: UnsafeBufferPointer<UInt64>,
    _ words: UnsafeBufferPointer<UInt64>,
    fromEnd: Bool
  ) -> Int {
    let most = min(own.count, words.count)
    var differed = false
    for offset in 0..<most {
      let isEqual =
        unsafe fromEnd
        ? own[own.count - 1 - offset] == words[words.count - 1 - offset]
        : own[offset] == words[offset]
      if !isEqual, differed { return offset - 1 }
      differed = !isEqual
    }
    return differed ? most - 1 : most
  }

  /// Where a word stands in the original, in bytes; nil where it could not be told.
  ///
  /// - Parameter word: its number in the normalised text.
  /// - Returns: from its first letter to its last, letters that a fold drops among them.
  public func range(of word: Int) -> Range<Int>? {
    guard word < head || word >= tail else { return nil }
    let own = word < head ? word : word + shift
    return unsafe Int(starts.memory[own])..<Int(ends.memory[own])
  }
}
