/// A list for each document, all end to end.
public struct DocumentLists<Element: Sendable>: Sendable {
  /// The elements of all documents.
  public private(set) var elements: [Element] = []
  private var starts = [0]

  /// No documents.
  public init() {}

  /// Puts elements into the lists of their documents, each in the order they were given.
  ///
  /// - Parameters:
  ///   - elements: in any order.
  ///   - documents: how many lists there are.
  ///   - home: the document of an element.
  /// - Complexity: O(n) in elements and documents.
  public init(_ elements: [Element], of documents: Int, _ home: (Element) -> Int) {
    starts = [Int](repeating: 0, count: documents + 1)
    for element in elements { starts[home(element) + 1] += 1 }
    for document in 0..<documents { starts[document + 1] += starts[document] }
    var next = starts
    self.elements = elements
    for element in elements {
      let document = home(element)
      self.elements[next[document]] = element
      next[document] += 1
    }
  }

  /// Adds an element to the document that is open.
  public mutating func append(_ element: Element) { elements.append(element) }

  /// Ends the document that is open.
  public mutating func endDocument() { starts.append(elements.count) }

  /// Adds the documents of other lists.
  public mutating func append(contentsOf other: Self) {
    let base = elements.count
    elements += other.elements
    for end in other.starts.dropFirst() { starts.append(base + end) }
  }

  /// The list of a document.
  public subscript(document: Int) -> ArraySlice<Element> {
    elements[starts[document]..<starts[document + 1]]
  }
}
