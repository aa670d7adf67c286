public import SidikCore

/// The words of many documents, end to end.
///
/// A word is its hash; equal words have equal hashes, and of 64 bits none are met twice by chance
/// in texts that fit into a machine.
public struct WordTexts: Sendable {
  /// The most words that can be told apart by place.
  public static let mostWords = Int(UInt32.max) - 1

  /// The words of all documents.
  public private(set) var words = GrowingList<UInt64>()
  /// Where each document begins, and the end of the last.
  public private(set) var starts: [Int] = [0]

  /// The document of the first place of every so many places: ``document(at:)`` begins there.
  private static let marked = 64
  private var marks: [Int32] = []

  /// No documents.
  public init() {}

  /// Number of documents.
  public var count: Int { starts.count - 1 }

  /// Appends the words of documents.
  ///
  /// - Parameters:
  ///   - words: the hashes of their words, in order.
  ///   - lengths: how many each document has.
  public mutating func append(_ words: [UInt64], lengths: [Int]) {
    self.words.append(contentsOf: words)
    for length in lengths {
      let document = count
      let end = starts[document] + length
      starts.append(end)
      while marks.count * Self.marked < end { marks.append(Int32(truncatingIfNeeded: document)) }
    }
  }

  /// The words of a document, as places in ``words``.
  public func range(of document: Int) -> Range<Int> { starts[document]..<starts[document + 1] }

  /// The document in which a place lies.
  ///
  /// - Complexity: O(1), and O(k) in documents of almost no words.
  public func document(at place: Int) -> Int {
    var document = Int(marks[place / Self.marked])
    while starts[document + 1] <= place { document += 1 }
    return document
  }

  /// Cuts the documents into ranges of about as many words.
  ///
  /// - Parameter words: words of a range, at least, but for the last.
  /// - Returns: ranges of documents, in order.
  public func parts(ofWords words: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var first = 0
    for document in 0..<count
    where starts[document + 1] - starts[first] >= words || document + 1 == count {
      parts.append(first..<document + 1)
      first = document + 1
    }
    return parts
  }
}
