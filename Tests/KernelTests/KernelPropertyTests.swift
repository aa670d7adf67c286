import CSidikKernels
import SidikCore
import SidikTestSupport
import Testing

/// One suite of properties, run over every level this machine has, against the naive oracle.
@Suite struct KernelPropertyTests {
  private func randomText(_ count: Int, _ generator: inout SeededGenerator) -> String {
    let alphabets: [[Unicode.Scalar]] = [
      Array("abcdefghijklmnopqrstuvwxyz      ".unicodeScalars),
      Array("абвгдеё ".unicodeScalars), Array("漢字仮名カナ한국어 ".unicodeScalars),
      Array("กขคงจ ລາວ ကခဂ ខ្មែរ ".unicodeScalars), Array("é𝒳😀 𠀀ש".unicodeScalars),
    ]
    var text = String.UnicodeScalarView()
    var alphabet = alphabets[0]
    for _ in 0..<count {
      if generator.next() % 9 == 0 { alphabet = alphabets.randomElement(using: &generator)! }
      text.append(alphabet.randomElement(using: &generator)!)
    }
    return String(text)
  }

  private func randomHashes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt64] {
    (0..<count).map { _ in generator.next() % 5 == 0 ? generator.next() % 97 : generator.next() }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func charFeatures(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let text = randomText(size, &generator)
    let expected = Naive.scalars(text)
    let bytes = Array(text.utf8)
    var scalars = [UInt32](repeating: 0, count: bytes.count)
    let count = unsafe level.table.pointee.decode_scalars(bytes, bytes.count, &scalars)
    #expect(scalars[..<count].map { $0 & UInt32(SIDIK_SCALAR_MASK) } == expected.map(\.value))
    for (gram, dense) in [(5, 3), (3, 2), (9, 5), (1, 1)] {
      var keys = testKeys
      var features = [UInt64](repeating: 0, count: max(1, count))
      let made = unsafe level.table.pointee.char_features(
        scalars,
        count,
        UInt32(gram),
        UInt32(dense),
        &keys,
        &features
      )
      #expect(Array(features[..<made]) == Naive.charFeatures(expected, gram, dense))
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func characterFeaturesOfASCII(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 5)
    var bytes = (0..<size).map { _ in UInt8.random(in: 0..<0x80, using: &generator) }
    var keys = testKeys
    for gram in [1, 3, 5, 9, 12] {
      var features = [UInt64](repeating: 0, count: max(1, size))
      let made = unsafe level.table.pointee.ascii_features(
        bytes,
        size,
        UInt32(gram),
        &keys,
        &features
      )
      let scalars = bytes.map { Unicode.Scalar($0) }
      #expect(
        Array(features[..<made]) == (size < gram ? [] : Naive.charFeatures(scalars, gram, gram))
      )
    }
    guard size > 0 else { return }
    // One other byte anywhere, and the text is another kernel's.
    bytes[Int.random(in: 0..<size, using: &generator)] = 0xC3
    var features = [UInt64](repeating: 0, count: size)
    let made = unsafe level.table.pointee.ascii_features(bytes, size, 1, &keys, &features)
    #expect(made == 0)
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func wordShingles(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 1)
    let text = randomText(size, &generator)
    let expected = Naive.tokens(text).map(Naive.tokenHash)
    let bytes = Array(text.utf8)
    var keys = testKeys
    var tokens = [UInt64](repeating: 0, count: max(1, bytes.count))
    let count = unsafe level.table.pointee.token_hashes(bytes, bytes.count, &keys, &tokens)
    #expect(Array(tokens[..<count]) == expected)
    for width in [1, 3, 5] {
      var shingles = [UInt64](repeating: 0, count: max(1, count))
      let made = unsafe level.table.pointee.shingle_features(
        tokens,
        count,
        UInt32(width),
        &keys,
        &shingles
      )
      let windows =
        expected.isEmpty
        ? []
        : (0...max(0, expected.count - width)).map {
          Naive.polynomial(Array(expected[$0..<min(expected.count, $0 + width)]))
        }
      #expect(Array(shingles[..<made]) == windows)
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func onePermutation(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 2)
    var features = randomHashes(size, &generator)
    if size > 2 { features[1] |= 0xFFFF_FFFF }
    let latin = LatinSquare(seed: 7).cells
    var signature = [UInt32](repeating: 0, count: 128)
    let full = unsafe level.table.pointee.oph_signature(features, size, latin, &signature)
    #expect(signature == Naive.oph(features, latin))
    #expect(full == Set(features.map { $0 >> 57 }).count)
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func datasketchSchemes(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 3)
    let count = min(size, 300)
    let hashes = (0..<count).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
    for slots in [1, 7, 16, 17, 128] {
      let a = (0..<slots).map { _ in UInt32(truncatingIfNeeded: generator.next()) | 1 }
      let b = (0..<slots).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
      var affine = [UInt32](repeating: 0, count: slots)
      unsafe level.table.pointee.affine32_signature(hashes, count, a, b, slots, &affine)
      #expect(affine == (0..<slots).map { k in hashes.map { a[k] &* $0 &+ b[k] }.min() ?? .max })
      let wideA = a.map { UInt64($0) << 29 | 5 }
      let wideB = b.map { UInt64($0) << 28 | 3 }
      var legacy = [UInt32](repeating: 0, count: slots)
      unsafe level.table.pointee.legacy_signature(hashes, count, wideA, wideB, slots, &legacy)
      let prime = (UInt64(1) << 61) - 1
      let expected = (0..<slots).map { k in
        hashes.map { UInt32(truncatingIfNeeded: (wideA[k] &* UInt64($0) &+ wideB[k]) % prime) }
          .min() ?? .max
      }
      #expect(legacy == expected)
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func simhash(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 4)
    let features = randomHashes(min(size, 600), &generator)
    #expect(unsafe level.table.pointee.simhash(features, features.count) == Naive.simhash(features))
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func sortsAndDropsRepeats(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 5)
    let kinds: [[UInt64]] = [
      randomHashes(size, &generator), [UInt64](repeating: 42, count: size),
      (0..<size).map { UInt64($0) }, (0..<size).reversed().map { UInt64($0) },
      (0..<size).map { _ in generator.next() % 3 },
    ]
    for values in kinds {
      var sorted = values
      var scratch = [UInt64](repeating: 0, count: max(1, size))
      let count = unsafe level.table.pointee.sort_unique(&sorted, size, &scratch)
      #expect(Array(sorted[..<count]) == Set(values).sorted())
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func intersections(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 6)
    for otherSize in [0, 1, size / 20, size, size * 2] {
      let a = Set((0..<size).map { _ in generator.next() % UInt64(size * 3 + 1) })
      let b = Set((0..<otherSize).map { _ in generator.next() % UInt64(size * 3 + 1) })
      let (x, y) = (a.sorted(), b.sorted())
      let shared = unsafe level.table.pointee.intersection_count(x, x.count, y, y.count)
      #expect(shared == a.intersection(b).count)
    }
  }

  @Test(arguments: KernelLevel.all)
  func bandKeysDependOnEveryRowAndOnTheBand(level: KernelLevel) {
    var generator = SeededGenerator(seed: 8)
    let signature = (0..<128).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
    func keys(_ slots: [UInt32]) -> [UInt64] {
      var keys = [UInt64](repeating: 0, count: 32)
      unsafe level.table.pointee.band_keys(slots, 32, 4, &keys)
      return keys
    }
    let before = keys(signature)
    #expect(Set(before).count == 32)
    #expect(Set(keys([UInt32](repeating: 9, count: 128))).count == 32)
    for slot in 0..<128 {
      var changed = signature
      changed[slot] ^= 1
      let after = keys(changed)
      for band in 0..<32 { #expect((before[band] != after[band]) == (band == slot / 4)) }
    }
  }

  @Test(arguments: KernelLevel.all)
  func digestsDifferByEveryByteAndLength(level: KernelLevel) {
    var keys = testKeys
    func digest(_ bytes: [UInt8]) -> [UInt64] {
      var words: [UInt64] = [0, 0]
      unsafe level.table.pointee.digest128(bytes, bytes.count, &keys, &words)
      return words
    }
    var seen: Set<[UInt64]> = []
    var inserted = 0
    for length in 0...70 {
      let base = [UInt8](repeating: 0, count: length)
      seen.insert(digest(base))
      inserted += 1
      for place in 0..<length {
        var changed = base
        changed[place] = 1
        seen.insert(digest(changed))
        inserted += 1
      }
    }
    #expect(seen.count == inserted)
  }

  @Test(arguments: KernelLevel.all.dropFirst())
  func everyLevelEqualsScalar(level: KernelLevel) {
    let scalar = KernelLevel.all[0]
    var generator = SeededGenerator(seed: 99)
    for size in boundarySizes {
      let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      var keys = testKeys
      var words: [[UInt64]] = [[0, 0], [0, 0]]
      unsafe scalar.table.pointee.digest128(bytes, size, &keys, &words[0])
      unsafe level.table.pointee.digest128(bytes, size, &keys, &words[1])
      #expect(words[0] == words[1])
      let a = (0..<size).map { _ in UInt32(truncatingIfNeeded: generator.next() % 4) }
      let b = (0..<size).map { _ in UInt32(truncatingIfNeeded: generator.next() % 4) }
      #expect(
        unsafe scalar.table.pointee.equal_slots(a, b, size)
          == level.table.pointee.equal_slots(a, b, size)
      )
    }
  }
}
