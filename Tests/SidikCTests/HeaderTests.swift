import Foundation
import SidikTestSupport
import Testing

/// The header, the functions behind it and the C program that calls them name the same things.
///
/// That their types fit is held by the compiler: each function is an `@implementation`.
@Suite struct HeaderTests {
  private static var name: Regex<Substring> { /\bsidik_[a-z_]+(?=\()/ }

  private func declared() throws -> Set<String> {
    let header = try ProjectFiles.text("include/sidik.h").replacing(/(?s)\/\*.*?\*\//, with: "")
    return Set(header.matches(of: Self.name).map { String($0.output) })
  }

  @Test func everyFunctionIsImplemented() throws {
    let folder = ProjectFiles.url("Sources/SidikC").path
    var implemented: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try ProjectFiles.text("Sources/SidikC/" + file)
      for match in text.matches(of: /@c @implementation\npublic func (sidik_[a-z_]+)\(/) {
        implemented.insert(String(match.output.1))
      }
    }
    #expect(try declared() == implemented)
    #expect(implemented.count > 30)
  }

  @Test func everyFunctionIsCalledByTheProgram() throws {
    let program = try ProjectFiles.text("Tests/CInterface/interface.c")
    let called = Set(program.matches(of: Self.name).map { String($0.output) })
    #expect(try declared().subtracting(called) == [])
  }

  /// Python's table of arguments has every function too.
  @Test func pythonKnowsEveryFunction() throws {
    let table = try ProjectFiles.text("Python/src/sidik/_library.py")
    for name in try declared() where !name.hasSuffix("_free") {
      #expect(table.contains("\"\(name)\""), "\(name)")
    }
  }

  @Test func thePageSpeaksOfEveryFunction() throws {
    let page = try ProjectFiles.text("Documentation/Formats/c-abi.md")
    for name in try declared() where !name.hasSuffix("_free") {
      #expect(page.contains("`\(name)`"), "\(name)")
    }
  }
}
