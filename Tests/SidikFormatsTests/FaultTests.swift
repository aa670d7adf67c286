import Foundation
import Glibc
import SidikCore
import Testing

@testable import SidikFormats

@Suite struct FaultTests {
  @Test func emptyFilesAreNoted() throws {
    let scratch = try Scratch()
    for (name, content) in [("a.jsonl", ""), ("b.txt", "\u{FEFF}"), ("c.csv", "")] {
      let reading = try readAll(scratch.write(name, content))
      #expect(reading.documents.isEmpty && reading.notes.map(\.kind) == [.empty])
    }
    let header = try readAll(scratch.write("d.csv", "id,text\n"))
    #expect(header.documents.isEmpty && header.notes.last?.kind == .empty)
  }

  @Test func aLineOfFiftyMegabytesIsRead() throws {
    let scratch = try Scratch()
    var bytes = Array("{\"id\":\"a\",\"text\":\"".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "k"), count: 50 << 20)
    bytes += Array("\"}\n{\"id\":\"b\",\"text\":\"pendek\"}\n".utf8)
    let path = try scratch.write("a.jsonl", bytes)
    let reading = try readAll(path)
    #expect(reading.ids == ["a", "b"])
    #expect(reading.documents.first?.text.count == 50 << 20)
    let limited = try readAll(path) { $0.maxRecordBytes = 1 << 20 }
    #expect(limited.ids == ["b"])
    #expect(limited.documents.map(\.line) == [2])
    #expect(limited.problems.map(\.line) == [1])
  }

  @Test(arguments: ["a.jsonl", "a.csv", "a.json", "a.txt"])
  func longRecordsAreSetAsideWhole(_ name: String) throws {
    let scratch = try Scratch()
    let long = String(repeating: "panjang ", count: 40)
    let contents = [
      "a.jsonl": "{\"text\":\"satu\"}\n{\"text\":\"\(long)\"}\n{\"text\":\"tiga\"}\n",
      "a.csv": "text,x\nsatu,1\n\"\(long)\",2\ntiga,3\n",
      "a.json": "[{\"text\":\"satu\"},\n{\"text\":\"\(long)\"},\n{\"text\":\"tiga\"}]\n",
      "a.txt": long,
    ]
    let path = try scratch.write(name, try #require(contents[name]))
    for chunk in [1, 16, 100, 4096] {
      var options = InputOptions(paths: [path], maxRecordBytes: 100, chunkBytes: chunk)
      options.sampleBytes = 30
      options.blockBytes = 16
      let reading = try readAll(options)
      #expect(reading.texts == (name == "a.txt" ? [] : ["satu", "tiga"]))
      #expect(reading.problems.count == 1)
      #expect(reading.problems.first?.reason == "the record is longer than 100 bytes")
      // All bytes are given, in pieces.
      let reader = try InputReader(options)
      var given = 0
      while let piece = try reader.nextRecords() { given += piece.bytes.count }
      #expect(given >= long.utf8.count)
    }
  }

  @Test func nulBytesAreKept() throws {
    let scratch = try Scratch()
    let lines = try readAll(
      scratch.write("a.jsonl", "{\"text\":\"a\u{0}b\"}\n\u{0}\u{0}\n{\"text\":\"c\"}\n")
    )
    #expect(lines.texts == ["a\u{0}b", "c"])
    #expect(lines.problems.map(\.repaired) == [1, nil])
    #expect(try readAll(scratch.write("a.csv", "text\na\u{0}b\n")).texts == ["a\u{0}b"])
    #expect(try readAll(scratch.write("a.txt", "a\u{0}b")).texts == ["a\u{0}b"])
  }

  @Test func failStopsAtTheFirst() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.jsonl", "{\"text\":\"a\"}\nrusak\n")
    #expect {
      try readAll(path) { $0.onError = .fail }
    } throws: { error in
      let fault = error as? SidikError
      return fault?.line == 2 && fault?.offset == 13 && fault?.code == .data && fault?.file == path
    }
  }

  @Test func aFileThatChangesIsNoticed() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.txt", "satu")
    let reader = try InputReader(InputOptions(paths: [path]))
    try scratch.write("a.txt", "satu dua")
    #expect(throws: SidikError.self) { try reader.nextRecords() }
  }

  @Test func outputsAppearWholeOrNotAtAll() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/out.jsonl"
    let output = try OutputFile.open(path)
    try output.write(Array("satu\n".utf8))
    #expect(!FileManager.default.fileExists(atPath: path))
    try output.finish()
    #expect(try scratch.read("out.jsonl") == Array("satu\n".utf8))
    #expect(throws: SidikError.self) { try OutputFile.open(path) }
    let second = try OutputFile.open(path, force: true)
    try second.write(Array("dua\n".utf8))
    second.discard()
    #expect(try scratch.read("out.jsonl") == Array("satu\n".utf8))
    let third = try OutputFile.open(path, force: true)
    try third.write(Array("tiga\n".utf8))
    try third.finish()
    #expect(try scratch.read("out.jsonl") == Array("tiga\n".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["out.jsonl"])
    let identity = try #require(FileStatus(path: path)?.identity)
    #expect(throws: SidikError.self) {
      try OutputFile.open(path, force: true, inputs: [identity])
    }
    #expect(throws: SidikError.self) { try OutputFile.open(scratch.path, force: true) }
    #expect(throws: SidikError.self) { try OutputFile.open(scratch.path + "/no/such") }
  }

  @Test func aNameTakenMeanwhileIsNotReplaced() throws {
    let scratch = try Scratch()
    let output = try OutputFile.open(scratch.path + "/out")
    try scratch.write("out", "orang lain")
    #expect(throws: SidikError.self) { try output.finish() }
    #expect(try scratch.read("out") == Array("orang lain".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["out"])
  }

  @Test func aClosedPipeIsItsOwnError() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let reading = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK)
    let output = try OutputFile.open(path)
    _ = close(reading)
    #expect(throws: BrokenPipe.self) {
      try output.write([UInt8](repeating: 10, count: 1 << 20))
      try output.finish()
    }
  }

  @Test func aFullDiskIsOutOfBudget() throws {
    let scratch = try Scratch()
    let full = "/dev/full"
    guard FileManager.default.fileExists(atPath: full) else { return }
    let output = try OutputFile.open(full)
    #expect {
      try output.write([UInt8](repeating: 10, count: 1 << 20))
      try output.finish()
    } throws: { ($0 as? SidikError)?.code == .budget }
    // A small file system of its own, where the rights allow one.
    let folder = scratch.path + "/small"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard unsafe mount("tmpfs", folder, "tmpfs", 0, "size=256k") == 0 else {
      print("a full tmpfs is not tried: it cannot be mounted here")
      return
    }
    defer { _ = unsafe umount(folder) }
    #expect {
      let file = try OutputFile.open(folder + "/out")
      try file.write([UInt8](repeating: 10, count: 1 << 20))
      try file.finish()
    } throws: { error in
      let fault = error as? SidikError
      return fault?.code == .budget && fault?.message.contains("no space left") == true
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    #expect {
      let spool = try Spool(folder: folder)
      try spool.append([UInt8](repeating: 10, count: 3 << 20))
      _ = try spool.map()
    } throws: { ($0 as? SidikError)?.code == .budget }
  }
}
