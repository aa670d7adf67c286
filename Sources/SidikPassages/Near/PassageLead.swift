/// What leads from a place of a document to a place before it.
public struct PassageLead: Sendable, Hashable, Comparable {
  // In 32 bits each: a text of formulas has as many as words.
  private var number: Int32
  private var own: UInt32
  private var far: UInt32
  private var equal: UInt32

  /// Makes a lead.
  public init(document: Int, place: Int, other: Int, length: Int) {
    number = Int32(document)
    own = UInt32(place)
    far = UInt32(other)
    equal = UInt32(length)
  }

  /// The earlier document.
  public var document: Int { Int(number) }
  /// The first word in the later place, by its number in ``WordTexts/words``.
  public var place: Int { Int(own) }
  /// The first word in the earlier place.
  public var other: Int { Int(far) }
  /// Equal words from there on; 0 for a pair of rare words.
  public var length: Int { Int(equal) }

  /// By document, then place.
  @inline(__always)
  public static func < (a: PassageLead, b: PassageLead) -> Bool {
    if a.number != b.number { return a.number < b.number }
    if a.own != b.own { return a.own < b.own }
    return (a.far, a.equal) < (b.far, b.equal)
  }
}

/// The leads of many documents, end to end.
public struct LeadLists: Sendable {
  /// All leads.
  public private(set) var leads: [PassageLead] = []
  private var starts = [0]

  /// No documents.
  public init() {}

  /// Leads that are known by the document they lead from.
  ///
  /// - Complexity: O(n) in leads and documents.
  public init(_ leads: [PassageLead], of documents: Int, _ home: (PassageLead) -> Int) {
    starts = [Int](repeating: 0, count: documents + 1)
    for lead in leads { starts[home(lead) + 1] += 1 }
    for document in 0..<documents { starts[document + 1] += starts[document] }
    var next = starts
    self.leads = leads
    for lead in leads {
      let document = home(lead)
      self.leads[next[document]] = lead
      next[document] += 1
    }
  }

  /// Adds a lead to the document that is open.
  public mutating func append(_ lead: PassageLead) { leads.append(lead) }

  /// Ends the document that is open.
  public mutating func endDocument() { starts.append(leads.count) }

  /// Adds the documents of another list.
  public mutating func append(contentsOf other: LeadLists) {
    let base = leads.count
    leads += other.leads
    for end in other.starts.dropFirst() { starts.append(base + end) }
  }

  /// The leads from a document.
  public subscript(document: Int) -> ArraySlice<PassageLead> {
    leads[starts[document]..<starts[document + 1]]
  }
}
