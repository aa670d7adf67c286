internal import SidikCore

/// What is known of every batch between its stages, on disk.
final class BatchStates {
  private struct Place {
    var edges: Range<Int>
    var groups: Range<Int>
    var compared: Range<Int>
    /// Whether further rounds may change it.
    var isOpen: Bool
  }

  private let edges: RecordSpool<NodeEdge>
  /// Members of groups end to end, each group behind its size.
  private let groups: RecordSpool<UInt32>
  private let compared: RecordSpool<UInt64>
  private var places: [Place] = []
  /// Nodes of each batch with their leaders.
  var collapsed: BatchSpool<NodeEdge>?

  init(folder: String?) throws {
    edges = try RecordSpool(folder: folder)
    groups = try RecordSpool(folder: folder)
    compared = try RecordSpool(folder: folder)
  }

  /// Whether further rounds may change a batch.
  func isOpen(_ batch: Int) -> Bool { places[batch].isOpen }

  /// Adds the next batch.
  func append(_ groups: [[Int]], _ edges: [NodeEdge], isOpen: Bool) throws {
    places.append(
      try store(ClusterRounds.State(groups: groups), edges, isOpen: isOpen && !edges.isEmpty)
    )
  }

  /// Puts a batch in the place of what was known of it.
  func replace(
    _ batch: Int,
    _ state: ClusterRounds.State,
    _ edges: [NodeEdge],
    isOpen: Bool
  ) throws {
    places[batch] = try store(state, edges, isOpen: isOpen)
  }

  private func store(
    _ state: ClusterRounds.State,
    _ found: [NodeEdge],
    isOpen: Bool
  ) throws -> Place {
    let flat = state.groups.flatMap { [UInt32($0.count)] + $0.map { UInt32($0) } }
    let first = (
      try edges.append(found), try groups.append(flat),
      try compared.append(state.compared.sorted())
    )
    return Place(
      edges: first.0..<edges.count,
      groups: first.1..<groups.count,
      compared: first.2..<compared.count,
      isOpen: isOpen
    )
  }

  /// Reads a batch; its edges go to `output`.
  func read(_ batch: Int, _ output: inout PairStages.Output) throws -> ClusterRounds.State {
    let place = places[batch]
    output.edges = try edges.read(place.edges)
    var state = ClusterRounds.State(groups: [])
    state.compared = Set(try compared.read(place.compared))
    let flat = try groups.read(place.groups)
    var start = 0
    while start < flat.count {
      let end = start + 1 + Int(flat[start])
      state.groups.append(flat[(start + 1)..<end].map { Int($0) })
      start = end
    }
    return state
  }
}
