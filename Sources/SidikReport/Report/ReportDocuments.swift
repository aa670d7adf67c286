public import SidikCluster

/// The documents a report speaks of, in input order: what is known of them beside their texts.
public protocol ReportDocuments {
  /// Number of documents.
  var count: Int { get }
  /// A document's id.
  func id(_ document: Int) -> String
  /// Where a document was published, or nil.
  func source(_ document: Int) -> String?
  /// Who published a document, or nil.
  func author(_ document: Int) -> String?
  /// A document's time as its record says it, or nil.
  func time(_ document: Int) -> String?
}

extension DocumentTable: ReportDocuments {}
