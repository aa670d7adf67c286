import SidikTestSupport
import Testing

@testable import SidikCore

@Suite struct SpoolTests {
  @Test func givesBackWhatWasAppended() throws {
    let spool = try Spool()
    var generator = SeededGenerator(seed: 3)
    var parts: [(offset: Int, bytes: [UInt8])] = []
    for size in [0, 1, 5, 4096, 1 << 20, 3 << 20, 17] {
      let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
      parts.append((try spool.append(bytes), bytes))
      #expect(try spool.read(parts[0].offset..<parts[0].offset) == [])
    }
    for part in parts {
      #expect(try spool.read(part.offset..<part.offset + part.bytes.count) == part.bytes)
    }
    let map = try spool.map()
    #expect(map.count == spool.count)
    let whole = map.withBytes { span in (0..<span.count).map { span[$0] } }
    #expect(whole == parts.flatMap(\.bytes))
  }

  @Test func anEmptySpoolMaps() throws {
    let map = try Spool().map()
    #expect(map.count == 0)
    #expect(map.withBytes { $0.count } == 0)
  }

  @Test func manyThreadsAppendWithoutMixing() async throws {
    let spool = try Spool()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for round in 0..<500 {
            let bytes = [UInt8](repeating: UInt8(worker), count: 1000 + round)
            let offset = try spool.append(bytes)
            if round % 50 == 0 {
              #expect(try spool.read(offset..<offset + bytes.count) == bytes)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(spool.count == 4 * (500 * 1000 + 499 * 250))
  }

  @Test func aMissingFolderIsNamed() {
    #expect {
      try Spool(folder: "/nonexistent/folder")
    } throws: { error in
      let fault = error as? SidikError
      return fault?.code == .file && fault?.file == "/nonexistent/folder"
    }
  }
}
