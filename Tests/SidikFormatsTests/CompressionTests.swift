import CZlib
import CZstd
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikFormats

/// One gzip member, made by zlib.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = unsafe z_stream()
  _ = unsafe deflateInit2_(
    &stream,
    6,
    Z_DEFLATED,
    31,
    8,
    Z_DEFAULT_STRATEGY,
    ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size)
  )
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 200)
  let room = output.count
  unsafe input.withUnsafeMutableBufferPointer { from in
    unsafe output.withUnsafeMutableBufferPointer { to in
      unsafe stream.next_in = from.baseAddress
      unsafe stream.avail_in = UInt32(from.count)
      unsafe stream.next_out = to.baseAddress
      unsafe stream.avail_out = UInt32(to.count)
      _ = unsafe deflate(&stream, Z_FINISH)
    }
  }
  let left = unsafe Int(stream.avail_out)
  _ = unsafe deflateEnd(&stream)
  return Array(output[..<(room - left)])
}

/// One zstd frame, made by libzstd.
func zstd(_ bytes: [UInt8]) -> [UInt8] {
  var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
  let room = output.count
  let context = unsafe ZSTD_createCCtx()
  _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  let count = unsafe ZSTD_compress2(context, &output, room, bytes, bytes.count)
  _ = unsafe ZSTD_freeCCtx(context)
  return Array(output[..<count])
}

@Suite struct CompressionTests {
  enum Packer: String, CaseIterable {
    case gz, zst

    func pack(_ bytes: [UInt8]) -> [UInt8] { self == .gz ? gzip(bytes) : zstd(bytes) }
  }

  static func lines(_ count: Int, from first: Int = 0) -> [UInt8] {
    (first..<first + count).flatMap {
      Array("{\"id\":\"\($0)\",\"text\":\"dokumen \($0)\"}\n".utf8)
    }
  }

  @Test(arguments: Packer.allCases)
  func severalMembersAreOneStream(_ packer: Packer) throws {
    let scratch = try Scratch()
    let packed =
      packer.pack(Self.lines(100)) + packer.pack([]) + packer.pack(Self.lines(5000, from: 100))
    for name in ["a.jsonl." + packer.rawValue, "b.jsonl", "c"] {
      let reading = try readAll(scratch.write(name, packed))
      #expect(reading.ids == (0..<5100).map { "\($0)" })
    }
  }

  @Test(arguments: Packer.allCases)
  func whatComesBeforeACutIsGiven(_ packer: Packer) throws {
    let scratch = try Scratch()
    let first = packer.pack(Self.lines(100))
    let second = packer.pack(Self.lines(100, from: 100))
    for left in [1, 5, 15, second.count / 2, second.count - 1] {
      let path = try scratch.write("a.jsonl." + packer.rawValue, first + second[..<left])
      let reader = try InputReader(InputOptions(paths: [path]))
      var batch = DocumentBatch()
      var count = 0
      var fault: SidikError?
      do {
        while let chunk = try reader.nextRecords() {
          try chunk.parse(into: &batch)
          count += batch.entries.count
        }
      } catch {
        fault = error as? SidikError
      }
      #expect(count >= 100 && count <= 200)
      #expect(fault?.code == .data && fault?.file == path)
    }
  }

  @Test(arguments: Packer.allCases)
  func damageIsNamed(_ packer: Packer) throws {
    let scratch = try Scratch()
    var packed = packer.pack(Self.lines(2000))
    for place in stride(from: packed.count / 2, to: packed.count / 2 + 40, by: 1) {
      packed[place] ^= 0x5A
    }
    let path = try scratch.write("a.jsonl." + packer.rawValue, packed)
    #expect {
      try readAll(path)
    } throws: { ($0 as? SidikError)?.code == .data }
  }

  @Test func paddingIsPassedOverAndRubbishIsNot() throws {
    let scratch = try Scratch()
    let packed = gzip(Self.lines(3))
    let padded = try scratch.write("a.jsonl.gz", packed + [UInt8](repeating: 0, count: 600_000))
    #expect(try readAll(padded).documents.count == 3)
    let followed = try scratch.write("b.jsonl.gz", packed + Array("sampah".utf8))
    #expect(throws: (any Error).self) { try readAll(followed) }
  }

  @Test func randomBytesBehindAMagicNeverCrash() throws {
    let scratch = try Scratch()
    var generator = SeededGenerator(seed: 8)
    for round in 0..<60 {
      let magic: [UInt8] = round % 2 == 0 ? [0x1F, 0x8B, 8, 0] : [0x28, 0xB5, 0x2F, 0xFD]
      let bytes = magic + (0..<round * 7).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let path = try scratch.write("a.jsonl", bytes)
      do {
        #expect(try readAll(path).documents.count < 100)
      } catch let error as SidikError {
        #expect(error.code == .data)
      }
    }
  }
}
