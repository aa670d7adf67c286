/// A list for each document, all end to end.
public struct DocumentLists<Element: Sendable>: Sendable {
  /// The elements of all documents.
  @inlinable public var elements: [Element] { all }

  // Open to other modules' compilers: a list of unknown elements costs ten times as much.
  @usableFromInline var all: [Element] = []
  @usableFromInline var starts = [0]

  /// No documents.
  @inlinable public init() {}

  /// Puts what was found into the lists of documents, each in the order in which it was found.
  ///
  /// - Parameters:
  ///   - found: in any order.
  ///   - documents: how many lists there are.
  ///   - home: the document of what was found.
  ///   - element: what the list takes of it.
  /// - Complexity: O(n) in elements and documents.
  @inlinable
  public init<Found: Collection>(
    _ found: Found,
    of documents: Int,
    home: (Found.Element) -> Int,
    element: (Found.Element) -> Element
  ) {
    starts = [Int](repeating: 0, count: documents + 1)
    for one in found { starts[home(one) + 1] += 1 }
    for document in 0..<documents { starts[document + 1] += starts[document] }
    guard let first = found.first else { return }
    var next = starts
    var elements = [Element](repeating: element(first), count: starts[documents])
    for one in found {
      let document = home(one)
      elements[next[document]] = element(one)
      next[document] += 1
    }
    all = elements
  }

  /// Adds an element to the document that is open.
  @inlinable public mutating func append(_ element: Element) { all.append(element) }

  /// Ends the document that is open.
  @inlinable public mutating func endDocument() { starts.append(all.count) }

  /// Adds the documents of other lists.
  @inlinable
  public mutating func append(contentsOf other: Self) {
    let base = all.count
    all += other.all
    for end in other.starts.dropFirst() { starts.append(base + end) }
  }

  /// The list of a document.
  @inlinable
  public subscript(document: Int) -> ArraySlice<Element> {
    all[starts[document]..<starts[document + 1]]
  }
}
