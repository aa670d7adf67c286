@_spi(Kernels) import SidikCore
import SidikTestSupport
import Testing

@Suite struct SharedCountersTests {
  @Test func neverCountsTooLow() {
    var generator = SeededGenerator(seed: 51)
    let sieve = SharedCounters(expected: 100)
    var counts: [UInt64: Int] = [:]
    for _ in 0..<4000 {
      let key = generator.next() % 300 &* 0x9E37_79B9_7F4A_7C15
      counts[key, default: 0] += 1
      sieve.add(key)
    }
    for (key, count) in counts {
      for least in 1...count where least < 64 { #expect(sieve.mayReach(least, key)) }
    }
  }

  @Test func listsAreCountedAsTheirHashes() {
    var generator = SeededGenerator(seed: 52)
    let lists = [0, 1, 15, 16, 17, 400].map { count in
      (0..<count).map { _ in generator.next() % 500 &* 0xD6E8_FEB8_6659_FD93 }
    }
    let (one, all) = (SharedCounters(expected: 600), SharedCounters(expected: 600))
    let salt = generator.next()
    for list in lists {
      for hash in list { one.add(hash ^ salt) }
      unsafe list.withUnsafeBufferPointer { unsafe all.add($0, salt: salt) }
    }
    var met = 0
    for list in lists {
      for least in [1, 2, 3] {
        var places: [UInt32] = []
        unsafe list.withUnsafeBufferPointer {
          unsafe all.findReached(least, $0, salt: salt, into: &places)
        }
        let expected = list.indices.filter { one.mayReach(least, list[$0] ^ salt) }
        #expect(places.map { Int($0) } == expected)
        met += least == 2 ? places.count : 0
      }
    }
    #expect(met > 10)
  }
}
