import SidikCore
import Testing

@Suite struct GrowingListTests {
  @Test func growsAsAnArrayDoes() {
    var list = GrowingList<UInt64>()
    var array: [UInt64] = []
    #expect(list.isEmpty)
    for length in [0, 1, 5, 0, 1000, 3, 100_000] {
      let more = (0..<length).map { UInt64($0 * 7 + array.count) }
      list.append(contentsOf: more)
      array += more
      #expect(list.count == array.count)
    }
    #expect(list.elementsEqual(array))
    #expect(list[4..<9].elementsEqual(array[4..<9]))
  }

  /// A copy keeps what it was.
  @Test func copiesAreValues() {
    var list = GrowingList<UInt64>()
    list.append(contentsOf: [1, 2, 3])
    let copy = list
    list.append(contentsOf: [4])
    #expect(Array(copy) == [1, 2, 3])
    #expect(Array(list) == [1, 2, 3, 4])
  }
}
