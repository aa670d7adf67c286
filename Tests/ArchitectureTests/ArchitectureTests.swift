import SidikTestSupport
import Testing

/// The arrows of the architecture and the habits of the sources, held by reading the sources.
@Suite struct ArchitectureTests {
  private static let read = Result { try SourceFile.all(below: "Sources") }
  private let sources: [SourceFile]

  init() throws { sources = try Self.read.get() }

  @Test func theSourcesAreFound() {
    let targets = Set(sources.map(\.target))
    #expect(targets == Set(Rules.allowedImports.keys))
    #expect(sources.count > 100)
    #expect(sources.contains { $0.path == "Sources/SidikCore/Hash/HashKeys.swift" })
  }

  @Test func importsFollowTheArrows() {
    #expect(sources.flatMap(Rules.wrongImports) == [])
  }

  @Test func dependenciesFollowTheArrows() throws {
    let manifest = try ProjectFiles.text("Package.swift")
    #expect(Rules.wrongDependencies(manifest: manifest) == [])
    for target in Rules.allowedImports.keys where target != "SidikCLI" {
      #expect(manifest.contains("\"\(target)\""))
    }
  }

  /// It costs 44 MB in a static binary, and its answers change with the system's.
  @Test func nobodyImportsFoundation() {
    let importers = sources.filter { Rules.imports($0).contains("Foundation") }.map(\.path)
    #expect(importers == [])
  }

  @Test func onlyTheProgramPrints() {
    #expect(sources.flatMap(Rules.prints) == [])
  }

  @Test func foldersOfTheCoreKnowNothingAboveThem() {
    let core = sources.filter { $0.target == "SidikCore" }
    #expect(Set(core.map(\.folder)) == Set(Rules.allowedFolders.keys))
    #expect(Rules.wrongMentions(core) == [])
  }

  @Test func unsafeCodeStandsInListedFiles() {
    let files = Set(sources.filter { $0.words.contains("unsafe") }.map(\.path))
    #expect(files.subtracting(unsafeFiles).sorted() == [], "not in UnsafeFiles.swift")
    #expect(unsafeFiles.subtracting(files).sorted() == [], "no longer needed in UnsafeFiles.swift")
  }

  @Test func filesAreShortAndFinished() throws {
    let everything =
      try SourceFile.all(below: "Sources", extensions: ["swift", "c", "h"])
      + SourceFile.all(below: "Tests") + SourceFile.all(below: "Scripts", extensions: ["sh", "py"])
    #expect(everything.flatMap(Rules.tooLong) == [])
    #expect(everything.flatMap(Rules.leftovers) == [])
  }
}
