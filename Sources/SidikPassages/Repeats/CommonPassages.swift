/// Makes passages of runs of words that stand in about as many documents as each other.
public struct CommonPassages {
  /// How far counts within a passage may differ: formulas lose a word at their ends here and there.
  private static let tolerance = 0.8

  private let texts: WordTexts
  private let windows: RepeatedWindows

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - texts: the documents.
  ///   - windows: all phases of which are done, with counts.
  public init(_ texts: WordTexts, _ windows: RepeatedWindows) {
    self.texts = texts
    self.windows = windows
  }

  /// A passage where it stands first, and in how many places and documents each of its runs stands at least.
  public struct Found: Sendable, Hashable {
    /// Where it stands first.
    public var place: Passage.Place
    /// Places.
    public var places: Int
    /// Documents.
    public var documents: Int
  }

  /// The passages that stand first in a document.
  ///
  /// - Parameters:
  ///   - document: which document.
  ///   - least: places in which they stand, at least.
  /// - Returns: the passages, in order.
  /// - Complexity: O(n) in words of the document.
  public func find(_ document: Int, least: Int) -> [Found] {
    let range = texts.range(of: document)
    var found: [Found] = []
    var open: (start: Int, high: Int, places: Int, documents: Int)?
    func close(at end: Int) {
      guard let run = open else { return }
      open = nil
      let words = run.start - range.lowerBound..<end - 1 + windows.width - range.lowerBound
      found.append(
        Found(
          place: Passage.Place(document: document, words: words),
          places: run.places,
          documents: run.documents
        )
      )
    }
    let end = max(range.lowerBound, range.upperBound - windows.width + 1)
    for place in range.lowerBound..<end {
      let count =
        windows.other(of: place) == nil ? windows.count(of: place) : (places: 0, documents: 0)
      guard count.places >= max(2, least) else {
        close(at: place)
        continue
      }
      if let run = open {
        let low = min(run.documents, count.documents)
        if Double(low) < Self.tolerance * Double(max(run.high, count.documents)) {
          close(at: place)
        }
      }
      if let run = open {
        open = (
          run.start, max(run.high, count.documents), min(run.places, count.places),
          min(run.documents, count.documents)
        )
      } else {
        open = (place, count.documents, count.places, count.documents)
      }
    }
    close(at: end)
    return found
  }
}
