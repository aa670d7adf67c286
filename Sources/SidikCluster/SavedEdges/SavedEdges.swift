/// The verified pairs of an earlier run with its documents, read back from the file that
/// `sidik cluster --edges` wrote: all that clustering takes, but no texts.
public struct SavedEdges: Sendable {
  /// The version of the format that is written and read.
  public static let format = 2

  /// What the run made its edges with.
  public internal(set) var basis = ClusteringBasis(parameters: "", threshold: 0, linkage: 0)
  /// The documents, in the order of their texts.
  public internal(set) var documents = DocumentTable()
  /// Verified pairs, as they stood.
  public internal(set) var edges: [Edge] = []
  /// The name of the file, for messages.
  var file: String
  /// For each document the number of its text; ascending.
  var textOf: [Int] = []
  /// For each document whether its text, or one that it stands for, was crowded.
  var crowded: [Bool] = []
}
