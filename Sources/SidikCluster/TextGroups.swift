/// Documents in groups, such as those of each distinct text: numbers end to end, so that a group of
/// one costs eight bytes.
public struct TextGroups: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private var members: [Int32] = []
  private var ends: [UInt32] = []

  /// No groups.
  public init() {}

  /// The groups that are given.
  public init(_ groups: some Sequence<[Int32]>) { for group in groups { append(group) } }

  /// The groups that are given.
  public init(arrayLiteral groups: [Int32]...) { self.init(groups) }

  /// The first group's number.
  public var startIndex: Int { 0 }
  /// How many groups there are.
  public var endIndex: Int { ends.count }

  /// The documents of a group, in order.
  public subscript(group: Int) -> ArraySlice<Int32> { members[start(group)..<Int(ends[group])] }

  /// The first document of a group.
  @inline(__always)
  public func first(_ group: Int) -> Int { Int(members[start(group)]) }

  private func start(_ group: Int) -> Int { group == 0 ? 0 : Int(ends[group - 1]) }

  /// Makes room for so many groups of one.
  mutating func reserve(_ count: Int) {
    members.reserveCapacity(count)
    ends.reserveCapacity(count)
  }

  /// Adds a group at the end.
  mutating func append(_ group: some Collection<Int32>) {
    members.append(contentsOf: group)
    ends.append(UInt32(members.count))
  }
}
