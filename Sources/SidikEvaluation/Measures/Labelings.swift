/// Labels for documents from groups of ids, as truth files and clusterings give them.
public enum Labelings {
  /// The overlap of a clustering with the truth, over the documents the truth names.
  ///
  /// - Parameters:
  ///   - truth: groups of ids that belong together; an id that stands twice counts where it
  ///     stood last.
  ///   - found: clusters of ids; singletons may be left out, ids unknown to the truth are
  ///     passed over.
  /// - Returns: the counts all measures are computed from.
  public static func contingency(truth: [[String]], found: [[String]]) -> Contingency {
    let classes = labels(truth)
    let clusters = labels(found)
    var ids: [String] = []
    var seen: Set<String> = []
    for group in truth {
      for id in group where seen.insert(id).inserted { ids.append(id) }
    }
    let trueLabels = ids.map { classes[$0] ?? -1 }
    let foundLabels = ids.enumerated().map { clusters[$1] ?? found.count + $0 }
    return Contingency(truth: trueLabels, found: foundLabels)
  }

  /// The number of each id's group.
  static func labels(_ groups: [[String]]) -> [String: Int] {
    var labels: [String: Int] = [:]
    for (number, group) in groups.enumerated() {
      for id in group { labels[id] = number }
    }
    return labels
  }
}
