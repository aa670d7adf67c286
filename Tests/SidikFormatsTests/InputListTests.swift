import Foundation
import Glibc
import SidikCore
import Testing

@testable import SidikFormats

@Suite struct InputListTests {
  static func names(_ paths: [String]) throws -> [String] {
    try InputList(InputOptions(paths: paths)).files.map(\.name)
  }

  @Test(arguments: [
    ("abc", "abc", true), ("abc", "a*c", true), ("ac", "a*c", true), ("abc", "a?c", true),
    ("ac", "a?c", false), ("abc", "[a-c]bc", true), ("dbc", "[a-c]bc", false),
    ("dbc", "[!a-c]bc", true), ("a]c", "a[]]c", true), ("a[c", "a[c", true), (".abc", "*", false),
    (".abc", ".*", true), ("aXbXc", "a*X*c", true), ("é", "?", true), ("", "*", true),
    ("aaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*a*a*c", false),
  ])
  func globsMatch(_ name: String, _ pattern: String, _ expected: Bool) {
    #expect(Glob.matches(name, pattern) == expected)
  }

  @Test func globsFoldersAndFilesExpand() throws {
    let scratch = try Scratch()
    for name in [
      "b.jsonl", "a.jsonl", "x/a.txt", "x/y/b.txt", "x/skip.md", "x/.hidden.txt", "x/c.csv.gz",
    ] {
      try scratch.write(name, "text\n")
    }
    let path = scratch.path
    #expect(try Self.names([path + "/*.jsonl"]) == ["a.jsonl", "b.jsonl"])
    #expect(try Self.names([path + "/b.jsonl", path + "/a.jsonl"]) == ["b.jsonl", "a.jsonl"])
    #expect(try Self.names([path + "/x"]) == ["a.txt", "c.csv.gz", "y/b.txt"])
    #expect(try Self.names([path + "/**/*.txt"]) == ["a.txt", "b.txt"])
    #expect(try Self.names([path + "/[ab].json?"]) == ["a.jsonl", "b.jsonl"])
    #expect(
      try Self.names([path + "/x/", path + "/x/y/../a.txt"]) == ["a.txt", "c.csv.gz", "y/b.txt"]
    )
  }

  @Test func sharedNamesGrowUntilTheyDiffer() throws {
    let scratch = try Scratch()
    for name in ["p/q/a.txt", "p/r/a.txt", "s/q/a.txt", "b.txt"] { try scratch.write(name, "x") }
    let paths = ["p/q/a.txt", "p/r/a.txt", "s/q/a.txt", "b.txt"].map { scratch.path + "/" + $0 }
    #expect(try Self.names(paths) == ["p/q/a.txt", "r/a.txt", "s/q/a.txt", "b.txt"])
    #expect(
      try Self.names([scratch.path + "/p", scratch.path + "/s/q"])
        == ["q/a.txt", "r/a.txt", "a.txt"]
    )
  }

  @Test func repeatsAreReadOnce() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.txt", "x")
    let link = scratch.path + "/b.txt"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    let list = try InputList(InputOptions(paths: [path, path, link, scratch.path]))
    #expect(list.files.count == 1)
    #expect(list.notes.map(\.kind) == [.repeated, .repeated, .repeated, .repeated])
  }

  @Test func whatIsNotThereIsNamed() throws {
    let scratch = try Scratch()
    let path = scratch.path
    try FileManager.default.createSymbolicLink(
      atPath: path + "/dangling.txt",
      withDestinationPath: path + "/nothing"
    )
    try FileManager.default.createSymbolicLink(
      atPath: path + "/loop.txt",
      withDestinationPath: path + "/loop.txt"
    )
    try FileManager.default.createDirectory(
      atPath: path + "/empty",
      withIntermediateDirectories: true
    )
    let faults: [(String, SidikError.Code)] = [
      (path + "/missing.txt", .file), (path + "/dangling.txt", .file), (path + "/loop.txt", .file),
      (path + "/*.csv", .file), (path + "/empty", .data), (path, .file),
    ]
    for (name, code) in faults {
      #expect {
        try InputReader(InputOptions(paths: [name]))
      } throws: { error in
        let fault = error as? SidikError
        return fault?.code == code && fault?.file?.hasPrefix(path) == true
          && fault?.description.contains("\n") == false
      }
    }
  }

  @Test func foldersThatLinkToThemselvesEnd() throws {
    let scratch = try Scratch()
    try scratch.write("d/a.txt", "x")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/d/again",
      withDestinationPath: scratch.path + "/d"
    )
    #expect(try Self.names([scratch.path]) == ["d/a.txt"])
  }

  @Test func redirectedStandardInputGoesByItsName() throws {
    let scratch = try Scratch()
    let path = try scratch.write("a.csv", "text,x\nsatu,1\ndua,2\n")
    let known = try readAll(path)
    let descriptor = unsafe Glibc.open(path, O_RDONLY)
    defer { _ = close(descriptor) }
    var options = InputOptions(keepsStandardInput: true, stdinDescriptor: descriptor)
    let reader = try InputReader(options)
    var batch = DocumentBatch()
    for pass in [reader, reader.secondPass()] {
      var documents: [String] = []
      while let chunk = try pass.nextRecords() {
        try chunk.parse(into: &batch)
        documents += batch.entries.map { batch.string($0.id) }
      }
      #expect(documents == known.ids)
    }
    options.stdinName = "nama"
    #expect(try InputList(options).files.map(\.name) == ["nama"])
  }

  @Test(arguments: [
    ("{\"text\":\"x\"}\n", "JSON Lines", 1),
    ("[{\"text\":\"x\"},{\"text\":\"y\"}]", "JSON array", 2),
    ("id,text\n1,x\n2,y\n3,z\n", "CSV with ','", 3),
    ("Label;Headline;Body;;;\n1;a;b;;;\n", "CSV with ';'", 1),
    ("Halo, apa kabar?\nBaik, terima kasih.\n", "text, one document", 1),
  ])
  func pipesAreSniffedAndKept(_ text: String, _ note: String, _ count: Int) throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    let bytes = Array(text.utf8)
    #expect(unsafe write(ends[1], bytes, bytes.count) == bytes.count)
    _ = close(ends[1])
    defer { _ = close(ends[0]) }
    let reader = try InputReader(
      InputOptions(keepsStandardInput: true, stdinDescriptor: ends[0])
    )
    var batch = DocumentBatch()
    for pass in [reader, reader.secondPass()] {
      var ids: [String] = []
      while let chunk = try pass.nextRecords() {
        try chunk.parse(into: &batch)
        ids += batch.entries.map { batch.string($0.id) }
      }
      #expect(ids.count == count)
      #expect(ids.allSatisfy { $0 == "-" || $0.hasPrefix("-:") || Int($0) != nil })
      #expect(pass.notes.first?.message.hasPrefix(note) == true)
    }
    #expect(reader.bytesRead.done == bytes.count && reader.bytesRead.total == nil)
  }
}
