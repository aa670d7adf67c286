extension Contingency {
  /// Precision and recall of each document's own cluster, averaged over the documents.
  ///
  /// Bagga and Baldwin, "Entity-based cross-document coreferencing using the vector space model",
  /// COLING-ACL 1998. An empty corpus scores 1.
  public var bCubed: PrecisionRecall {
    guard count > 0 else { return PrecisionRecall(precision: 1, recall: 1) }
    var precision = 0.0
    var recall = 0.0
    for cell in cells {
      let square = Double(cell.count) * Double(cell.count)
      precision += square / Double(clusterSizes[cell.cluster])
      recall += square / Double(classSizes[cell.trueClass])
    }
    return PrecisionRecall(precision: precision / Double(count), recall: recall / Double(count))
  }
}
