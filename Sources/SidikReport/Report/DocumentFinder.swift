internal import SidikCluster

/// Finds documents by what saved output says of them.
///
/// Ids may repeat: documents of one id are told apart by source, author and time, and where
/// those are equal too, given out in input order.
struct DocumentFinder {
  private struct Key: Hashable {
    var id: String
    var source: String?
    var author: String?
    var time: String?
  }

  private var exact: [Key: [Int]] = [:]
  private var byID: [String: [Int]] = [:]
  private var taken: Set<Int> = []

  init(_ documents: DocumentTable) {
    for document in (0..<documents.count).reversed() {
      let key = Key(
        id: documents.id(document),
        source: documents.source(document),
        author: documents.author(document),
        time: documents.time(document)
      )
      exact[key, default: []].append(document)
      byID[key.id, default: []].append(document)
    }
  }

  /// The next document that fits, or nil.
  mutating func next(id: String, source: String?, author: String?, time: String?) -> Int? {
    let key = Key(id: id, source: source, author: author, time: time)
    while let document = exact[key]?.popLast() {
      if taken.insert(document).inserted { return document }
    }
    while let document = byID[id]?.popLast() {
      if taken.insert(document).inserted { return document }
    }
    return nil
  }
}
