internal import SidikCore

extension IndexWriter {
  /// What the index was made with.
  public var parameters: String { snapshot.parameters }

  /// Adds the documents of other indexes of the same parameters; each stays as it is.
  ///
  /// - Parameter others: their states.
  /// - Returns: how many documents were added.
  /// - Throws: ``SidikError`` where one of them is damaged or the disk is full; nothing is added
  ///   then.
  @discardableResult
  public func add(contentsOf others: [IndexSnapshot]) throws -> Int {
    precondition(others.allSatisfy { $0.parameters == parameters }, "other parameters")
    let before = snapshot.count
    try append(others.flatMap(\.segments))
    try mergeTail()
    return snapshot.count - before
  }
}
