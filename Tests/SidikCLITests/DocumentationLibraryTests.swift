import SidikTestSupport
import Testing

// example
import Sidik

// example

/// The README's example of the library, compiled and run.
@Suite struct DocumentationLibraryTests {
  @Test func readmeExampleIsThisFile() throws {
    let page = try DocumentationPage(path: "README.md").lines()
    let fences = Fence.all(in: page)
    let place = try #require(fences.firstIndex { $0.kind == "swift" })
    let shown = page[fences[place].content].map { String($0.drop { $0 == " " }) }
    let own = try ProjectFiles.text("Tests/SidikCLITests/DocumentationLibraryTests.swift")
      .plainLines
    let parts = own.split(omittingEmptySubsequences: false) { $0.hasSuffix("// example") }
    #expect(parts.count == 5)
    let example = (parts[1] + parts[3]).map { String($0.drop { $0 == " " }) }
    #expect(shown == example)
  }

  @Test func readmeExamplePrintsWhatIsShown() async throws {
    var printed: [String] = []
    func print(_ items: Any...) {
      printed.append(items.map { "\($0)" }.joined(separator: " "))
    }
    // example
    let source = MemorySource([
      ("a", "Jembatan gantung Desa Parit ditutup karena dua kabelnya putus diterjang air."),
      ("b", "JEMBATAN GANTUNG Desa Parit d1tutup, karena dua kabelnya putus diterjang air!!"),
      ("c", "Panen raya di lereng utara dimajukan sepekan karena harga cabai tinggi."),
    ])
    let result = try await Pipeline(PipelineConfiguration(profile: .auto)).run(source)
    for family in result.families {
      for member in family.members {
        print(result.documents.id(member.document), member.level.rawValue, member.similarity)
      }
    }
    // example
    let page = try DocumentationPage(path: "README.md").lines()
    let fences = Fence.all(in: page)
    let place = try #require(fences.firstIndex { $0.kind == "swift" })
    #expect(printed == Array(page[fences[place + 1].content]))
  }
}
