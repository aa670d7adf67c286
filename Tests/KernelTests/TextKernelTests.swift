import CSidikKernels
import SidikCore
import SidikTestSupport
import Testing

/// The kernels whose fast paths take whole blocks, on texts that fill such blocks.
@Suite struct TextKernelTests {
  /// Words of all lengths up to 40 with one space or more between; one in `strange` blocks holds
  /// a character that is a word by itself.
  private func plainText(_ count: Int, strange: Int, _ generator: inout SeededGenerator) -> String {
    var text = ""
    while text.utf8.count < count {
      let length = generator.next() % 7 == 0 ? generator.next() % 41 : generator.next() % 9
      for _ in 0..<length {
        text.unicodeScalars.append(Unicode.Scalar(UInt8(97 + generator.next() % 26)))
      }
      if generator.next() % 5 == 0 { text += "é" }
      if strange > 0, generator.next() % UInt64(8 * strange) == 0 { text += "漢ก字" }
      text += generator.next() % 9 == 0 ? "   " : " "
    }
    return text
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func wordsOfPlainText(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 40)
    for strange in [0, 1, 20] {
      let text = plainText(size, strange: strange, &generator)
      let expected = Naive.tokens(text).map(Naive.tokenHash)
      let bytes = Array(text.utf8)
      var keys = testKeys
      var tokens = [UInt64](repeating: 0, count: max(1, bytes.count))
      let count = unsafe level.table.pointee.token_hashes(bytes, bytes.count, &keys, &tokens)
      #expect(Array(tokens[..<count]) == expected)
      // In place, as the extractor does it.
      let made = unsafe tokens.withUnsafeMutableBufferPointer { buffer in
        unsafe level.table.pointee.shingle_features(
          buffer.baseAddress,
          count,
          5,
          &keys,
          buffer.baseAddress
        )
      }
      let windows =
        expected.isEmpty
        ? []
        : (0...max(0, expected.count - 5)).map {
          Naive.polynomial(Array(expected[$0..<min(expected.count, $0 + 5)]))
        }
      #expect(Array(tokens[..<made]) == windows)
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func foldedASCII(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 41)
    let common = (0..<256).map { byte -> UInt8 in
      switch UInt8(byte) {
      case 0x41...0x5A: UInt8(byte) | 0x20
      case 0x30...0x39, 0x61...0x7A, 0x5F: UInt8(byte)
      default: 0x20
      }
    }
    let other = common.map { $0 == 0x78 ? 0x20 : $0 }
    for (table, isCommon) in [(common, true), (other, false)] {
      for density in [2, 12] {
        var source = (0..<size).map { _ in
          generator.next() % UInt64(density) == 0
            ? UInt8(generator.next() % 128) : UInt8(97 + generator.next() % 26)
        }
        if size > 0, generator.next() % 2 == 0 {
          source[Int.random(in: 0..<size, using: &generator)] = 0xC3
        }
        let end = source.firstIndex { $0 >= 0x80 } ?? size
        for before in ["", "a", " "] {
          var expected = Array(before.utf8)
          for byte in source[..<end] {
            let folded = table[Int(byte)]
            if folded != 0x20 || (expected.last ?? 0x20) != 0x20 { expected.append(folded) }
          }
          var output = Array(before.utf8) + [UInt8](repeating: 0, count: size + 64)
          var at = before.utf8.count
          let stop = unsafe level.table.pointee.fold_ascii(
            source,
            0,
            size,
            &output,
            &at,
            table,
            isCommon ? 1 : 0
          )
          #expect(stop == end)
          #expect(Array(output[..<at]) == expected)
        }
      }
    }
  }

  @Test(arguments: KernelLevel.all, [1, 15, 16, 17, 300])
  func bandColumns(level: KernelLevel, count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let slots = 128
    let signatures = (0..<count * slots).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
    for (bands, rows) in [(25, 5), (128, 1), (1, 128)] {
      for band in [0, bands / 2, bands - 1] {
        var column = [UInt64](repeating: 0, count: count)
        unsafe level.table.pointee.band_column(signatures, count, slots, band, rows, &column)
        for index in 0..<count {
          let signature = Array(signatures[index * slots..<(index + 1) * slots])
          var keys = [UInt64](repeating: 0, count: bands)
          unsafe level.table.pointee.band_keys(signature, bands, rows, &keys)
          #expect(column[index] == keys[band])
        }
      }
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func mixedBelow(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 42)
    let hashes = (0..<size).map { _ in generator.next() }
    let mixed = hashes.map { hash -> UInt64 in
      let x = hash &* 0xD6E8_FEB8_6659_FD93
      return (x ^ x >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
    for bound in [0, UInt64.max / 16, UInt64.max / 2, .max, mixed.first ?? 7] {
      var kept = [UInt64](repeating: 0, count: max(1, size))
      let count = unsafe level.table.pointee.mixed_below(hashes, size, bound, &kept)
      #expect(Array(kept[..<count]) == mixed.filter { $0 <= bound })
    }
  }

  @Test(arguments: KernelLevel.all, boundarySizes)
  func countedText(level: KernelLevel, size: Int) {
    var generator = SeededGenerator(seed: UInt64(size) &+ 43)
    for strange in [0, 1] {
      let text = plainText(size, strange: strange, &generator)
      let bytes = Array(text.utf8)
      var (spaces, scalars) = (0, 0)
      unsafe level.table.pointee.count_text(bytes, bytes.count, &spaces, &scalars)
      #expect(spaces == bytes.count { $0 == 0x20 })
      #expect(scalars == text.unicodeScalars.count)
    }
  }
}
