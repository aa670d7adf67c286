import Foundation
import Testing

@testable import SidikEvaluation

/// The committed corpora are what the generator makes of the bases.
///
/// `SIDIK_REWRITE=1 swift test --filter BundledCorporaTests` writes them anew.
@Suite(.serialized) struct BundledCorporaTests {
  static let root = packageRoot.appending(path: "corpora")
  let bundled: BundledBases
  let corpus: LabelledCorpus
  let isRewriting = ProcessInfo.processInfo.environment["SIDIK_REWRITE"] == "1"

  init() throws {
    bundled = try BundledBases()
    corpus = CorpusBuilder.build(bundled.bases, chrome: bundled.chrome)
  }

  @Test func committedFilesAreTheGeneratorsOutput() throws {
    for (path, content) in files() { try check(path, content) }
    let made = Set(files().map(\.0))
    let folders = ["pages", "reposts"]
    for folder in folders {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: Self.root.appending(path: folder).path
      )
      for name in names { #expect(made.contains(folder + "/" + name)) }
    }
    try check("MANIFEST.json", try manifest())
  }

  @Test func theTruthNamesEveryDocumentOnce() {
    let ids = corpus.documents.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(corpus.truth.flatMap { $0 }.sorted() == ids.sorted())
    #expect(corpus.truth.filter { $0.count >= 28 }.count == BundledBases.everyKind.count)
    #expect(corpus.pairs.allSatisfy { Set(ids).isSuperset(of: [$0.a, $0.b]) })
  }

  @Test func basesAreAsManyAndAsLongAsPromised() {
    let ids = bundled.bases.map(\.document)
    let scripts = ids.filter { $0.id.hasPrefix("aksara-") }
    #expect(scripts.count >= 10)
    #expect(ids.count - scripts.count >= 40)
    let stories = bundled.bases.filter { $0.role == .story || $0.role == .storyOfEveryKind }
    for story in stories {
      let words = EditTokens(story.document.text).wordPlaces.count
      #expect((40...350).contains(words), "\(story.document.id) has \(words) words")
    }
  }

  @Test func noCopyIsEqualToItsBase() {
    let texts = Dictionary(corpus.documents.map { ($0.id, $0.text) }) { first, _ in first }
    for document in corpus.documents where document.base != document.id {
      #expect(document.text != texts[document.base], "\(document.id)")
    }
  }

  @Test func theDigestQuotesItsStories() throws {
    let digest = try #require(bundled.bases.first { $0.quotes.count == 4 })
    for id in digest.quotes {
      let story = try #require(bundled.bases.first { $0.document.id == id })
      let lead = try #require(story.document.text.split(separator: "\n").first)
      let quoted = try #require(lead.split(separator: " – ", maxSplits: 1).last)
      #expect(digest.document.text.contains(quoted))
    }
  }

  @Test func theSecondCopyHasOneMoreLine() throws {
    let once = CorpusBuilder.oncePage(bundled.page.base)
    let twice = CorpusBuilder.twicePage(bundled.page.base, tail: bundled.page.tail)
    let lines = { (text: String) in text.split(separator: "\n").count }
    #expect(twice.hasPrefix(once) && twice.hasSuffix(bundled.page.tail + "\n"))
    #expect(lines(twice) == 2 * lines(once) + 2)
    let words = { (text: String) in text.split { $0 == " " || $0 == "\n" } }
    #expect(words(twice).starts(with: words(once) + words(once)))
  }

  @Test func theOracleKnowsThePublishedDigests() {
    #expect(
      SHA256Oracle.hex([])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    #expect(
      SHA256Oracle.hex(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    let long = Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
    #expect(
      SHA256Oracle.hex(long)
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )
  }

  // MARK: Files

  /// The generated files by path below `corpora/`.
  private func files() -> [(String, String)] {
    var files = [
      ("reposts/documents.jsonl", corpus.documents.map(record).joined()),
      ("reposts/truth.jsonl", corpus.truth.map(group).joined()),
      ("reposts/kinds.tsv", corpus.documents.map { "\($0.id)\t\($0.base)\t\($0.kind)\n" }.joined()),
      ("reposts/pairs.tsv", corpus.pairs.map { "\($0.a)\t\($0.b)\t\($0.label)\n" }.joined()),
      ("pages/once.txt", CorpusBuilder.oncePage(bundled.page.base)),
      (
        "pages/twice.txt",
        CorpusBuilder.twicePage(bundled.page.base, tail: bundled.page.tail)
      ),
    ]
    var groups = [["corpora/pages/once.txt", "corpora/pages/twice.txt"]]
    for base in bundled.framed {
      let path = "pages/\(base.document.id).txt"
      files.append((path, CorpusBuilder.framedPage(base, chrome: bundled.chrome)))
      groups.append(["corpora/" + path])
    }
    return files + [("pages-truth.jsonl", groups.map(group).joined())]
  }

  private func record(_ document: EvaluationDocument) -> String {
    let fields = [
      ("id", document.id), ("text", document.text), ("source", document.source),
      ("author", document.author), ("time", document.time),
    ]
    let parts = fields.compactMap { name, value in value.map { "\"\(name)\":" + quoted($0) } }
    return "{" + parts.joined(separator: ",") + "}\n"
  }

  private func group(_ ids: [String]) -> String {
    "{\"ids\":[" + ids.map(quoted).joined(separator: ",") + "]}\n"
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        precondition(scalar.value >= 0x20, "no other control character stands in the corpora")
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private func check(_ path: String, _ content: String) throws {
    let file = Self.root.appending(path: path)
    if isRewriting {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(content.utf8).write(to: file)
    }
    let committed = try Data(contentsOf: file)
    #expect(committed == Data(content.utf8), "\(path) differs: run with SIDIK_REWRITE=1")
  }

  // MARK: Manifest

  private static let descriptions = [
    ("README.md", "what is there, how it was made, what each file is a trap for"),
    ("bases/articles.jsonl", "22 Indonesian news articles"),
    (
      "bases/chat.csv",
      "20 Indonesian chat messages, most of them hoaxes; semicolons, quoted line ends"
    ),
    ("bases/chrome/", "lines that one news site puts round each of its articles"),
    ("bases/negatives.jsonl", "texts that resemble others and are copies of none"),
    ("bases/opini-windows-1252.txt", "an Indonesian column in Windows-1252"),
    ("bases/pages.jsonl", "the articles of the pages"),
    ("bases/scripts/", "a story in another script or language"),
    ("pages-truth.jsonl", "which pages tell one story"),
    ("pages/once.txt", "the single copy of the article that twice.txt holds twice"),
    ("pages/twice.txt", "a page in which the whole article stands twice"),
    ("pages/", "an article inside the frame of its site"),
    ("reposts/documents.jsonl", "the bases with their reposts and traps"),
    ("reposts/kinds.tsv", "id, id of the base, kind of edit or trap"),
    ("reposts/pairs.tsv", "pairs of ids labelled copy or by the name of a trap"),
    ("reposts/truth.jsonl", "which documents tell one story"),
  ]

  private func manifest() throws -> String {
    let root = Self.root.resolvingSymlinksInPath().path
    let all = try #require(FileManager.default.subpaths(atPath: root)).sorted()
    var entries: [String] = []
    for path in all where path != "MANIFEST.json" && !path.hasPrefix(".") {
      let file = Self.root.appending(path: path)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      let what = try #require(
        Self.descriptions.first { path.hasPrefix($0.0) }?.1,
        "\(path) is not described"
      )
      let bytes = Array(try Data(contentsOf: file))
      entries.append(
        """
            {
              "path": \(quoted(path)),
              "bytes": \(bytes.count),
              "sha256": "\(SHA256Oracle.hex(bytes))",
              "what": \(quoted(what)),
              "licence": "Apache-2.0, written for this project"
            }
        """
      )
    }
    return """
      {
        "seed": \(CorpusBuilder.seed),
        "files": [
      \(entries.joined(separator: ",\n"))
        ]
      }

      """
  }
}
