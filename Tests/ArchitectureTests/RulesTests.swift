import Testing

/// Every rule is shown a made-up source that breaks it, and one that does not.
@Suite struct RulesTests {
  private func file(
    _ text: String,
    _ path: String = "Sources/SidikCore/Hash/Bad.swift"
  )
    -> SourceFile
  {
    SourceFile(path: path, text: text)
  }

  @Test func commentsAndStringsAreNoCode() {
    let source = file(
      """
      let a = "print(1) \\" // no" // print(2)
      /* print(3)
      print(4) */ let b = 5
      let c = \"\"\"
        print(6)
        \"\"\"
      print(c)
      """
    )
    #expect(source.codeLines.count == source.lines.count)
    #expect(Rules.prints(source) == ["Sources/SidikCore/Hash/Bad.swift:7"])
    #expect(source.codeLines[2].contains("let b = 5"))
  }

  @Test func importsAreRead() {
    let source = file(
      """
      // import Foundation
      public import SidikCore
      @_spi(Kernels) internal import SidikIndex
      @testable import Sidik
      import struct Foundation.URL
        internal import Glibc
      let x = "import CZlib"
      important import
      """
    )
    #expect(
      Rules.imports(source) == ["SidikCore", "SidikIndex", "Sidik", "Foundation", "Glibc"]
    )
  }

  @Test(arguments: [
    ("SidikCore", "SidikIndex"), ("SidikIndex", "CSidikKernels"), ("SidikPassages", "SidikIndex"),
    ("SidikCluster", "SidikFormats"), ("SidikFormats", "SidikCluster"), ("SidikCLI", "SidikCore"),
    ("SidikCore", "Foundation"), ("SidikEvaluation", "SidikReport"),
    ("SidikFormats", "SidikReport"), ("Unknown", "SidikCore"),
  ])
  func anImportAgainstTheArrowsIsFound(target: String, module: String) {
    let bad = file("internal import \(module)\n", "Sources/\(target)/Bad.swift")
    #expect(Rules.wrongImports(bad) == ["Sources/\(target)/Bad.swift imports \(module)"])
    #expect(Rules.wrongImports(file("import Glibc", "Sources/\(target)/Good.swift")) == [])
  }

  @Test func allowedImportsAreNot() {
    for (target, modules) in Rules.allowedImports {
      for module in modules {
        #expect(Rules.wrongImports(file("import \(module)", "Sources/\(target)/A.swift")) == [])
      }
    }
  }

  @Test func aDependencyAgainstTheArrowsIsFound() {
    let manifest = """
      targets: [
        module("SidikCore", ["CSidikKernels"]),
        module("SidikIndex", ["SidikCore", "SidikCluster"]),
        module(
          "SidikPassages",
          [
            "SidikCore", "CZlib",
          ]
        ),
        module("SidikNew"),
      ]
      """
    #expect(
      Rules.wrongDependencies(manifest: manifest) == [
        "SidikIndex depends on SidikCluster", "SidikPassages depends on CZlib",
        "SidikNew is in no table",
      ]
    )
  }

  @Test func printingIsFound() {
    #expect(
      Rules.prints(file("func f() {\n  print(1)\n}")) == ["Sources/SidikCore/Hash/Bad.swift:2"]
    )
    #expect(Rules.prints(file("debugPrint(1); fingerprint(2); self.print(3)")) == [])
    #expect(Rules.prints(file("print(1)", "Sources/SidikCLI/main.swift")) == [])
  }

  @Test func anUpwardMentionIsFound() {
    let upper = file("@safe\npublic struct Sketcher {}\n", "Sources/SidikCore/Sketch/S.swift")
    let nested = file(
      "public struct Piece {\n  struct Sketcher2 {}\n}\nprivate enum Own {}\n",
      "Sources/SidikCore/Sketch/P.swift"
    )
    let bad = file(
      "let s = Sketcher()",
      "Sources/SidikCore/Normalise/Bad.swift"
    )
    let good = file(
      "/// See ``Sketcher``.\nlet s = Sketcher2(); let t = Own.self",
      "Sources/SidikCore/Normalise/Good.swift"
    )
    #expect(Rules.types(upper) == ["Sketcher"] && Rules.types(nested) == ["Piece"])
    #expect(
      Rules.wrongMentions([upper, nested, bad, good]) == [
        "Sources/SidikCore/Normalise/Bad.swift mentions Sketcher of Sketch"
      ]
    )
    let lost = file("", "Sources/SidikCore/Odd/A.swift")
    #expect(Rules.wrongMentions([lost]) == ["Sources/SidikCore/Odd/A.swift is in no known folder"])
  }

  /// Nobody below may know those above: the table itself has no circle.
  @Test func theFoldersHaveAnOrder() {
    var known: Set<String> = []
    while known.count < Rules.allowedFolders.count {
      let next = Rules.allowedFolders.filter {
        !known.contains($0.key) && $0.value.isSubset(of: known)
      }
      guard !next.isEmpty else { break }
      known.formUnion(next.keys)
    }
    #expect(known == Set(Rules.allowedFolders.keys))
  }

  @Test func theWordUnsafeIsFoundInCodeOnly() {
    #expect(file("let a = unsafe b.pointee").words.contains("unsafe"))
    #expect(!file("// unsafe\nlet unsafely = \"unsafe\"").words.contains("unsafe"))
  }

  @Test func longFilesAreFound() {
    let lines = String(repeating: "a\n", count: Rules.mostLines)
    #expect(Rules.tooLong(file(lines)) == [])
    #expect(Rules.tooLong(file(lines + "b")) == ["Sources/SidikCore/Hash/Bad.swift has 501 lines"])
    #expect(Rules.tooLong(file(lines + lines, "Sources/CSidikKernels/unicode_tables.c")) == [])
  }

  @Test func unfinishedWorkIsFound() {
    for mark in ["TO" + "DO", "FIX" + "ME"] {
      #expect(
        Rules.leftovers(file("a\n// \(mark): later")) == ["Sources/SidikCore/Hash/Bad.swift:2"]
      )
      #expect(Rules.leftovers(file("let \(mark)S = 1")) == [])
    }
  }
}
