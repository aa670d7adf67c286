/// Wording that stands in many places, and in how many.
public struct SpanCount: Sendable, Hashable {
  /// Where it stands first.
  public var first: PassageSpan.Place
  /// In how many places.
  public var places: Int
  /// In how many documents.
  public var documents: Int
  private var last: Int

  /// Counts a first place.
  init(first: PassageSpan.Place) {
    self.init(first: first, places: 1, documents: 1)
  }

  /// What was counted elsewhere.
  init(first: PassageSpan.Place, places: Int, documents: Int) {
    self.first = first
    self.places = places
    self.documents = documents
    last = first.document
  }

  /// Counts a place that comes later in the input.
  mutating func add(_ place: PassageSpan.Place) {
    places += 1
    if place.document != last { documents += 1 }
    last = place.document
  }

  /// What stands in most documents first, then the longest, then the first.
  static func sorted(_ counts: [SpanCount]) -> [SpanCount] {
    counts.sorted { a, b in
      if a.documents != b.documents { return a.documents > b.documents }
      if a.places != b.places { return a.places > b.places }
      if a.first.words.count != b.first.words.count {
        return a.first.words.count > b.first.words.count
      }
      return (a.first.document, a.first.bytes.lowerBound)
        < (b.first.document, b.first.bytes.lowerBound)
    }
  }
}
