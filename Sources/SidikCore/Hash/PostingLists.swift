internal import CSidikKernels

/// Lists of nodes, one after the other, whose members are counted together.
@_spi(Kernels)
public enum PostingLists {
  /// Marks the last node of a list.
  public static let end = UInt32(SIDIK_POSTING_END)

  /// Counts the lists that a node shares with each node that follows it in them.
  ///
  /// - Parameters:
  ///   - places: where the node stands in `nodes`.
  ///   - nodes: lists of ascending nodes, the last of each marked by ``end``.
  ///   - shared: an entry a node, all 0; receives the counts, which stop at 65,535.
  ///   - met: an entry a node and one more; receives each partner once.
  /// - Returns: how many partners there are.
  /// - Complexity: O(n) in the members of the lists.
  public static func countPartners(
    _ places: ArraySlice<UInt32>,
    in nodes: [UInt32],
    into shared: inout [UInt16],
    _ met: inout [UInt32]
  ) -> Int {
    unsafe places.withUnsafeBufferPointer { places in
      unsafe nodes.withUnsafeBufferPointer { nodes in
        unsafe sidik_count_partners(
          places.baseAddress,
          places.count,
          nodes.baseAddress,
          &shared,
          &met
        )
      }
    }
  }
}
