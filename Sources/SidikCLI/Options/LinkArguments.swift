import ArgumentParser
import Sidik

/// What analysts decided about pairs of documents.
struct LinkArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Pairs of ids that belong together or do not, whatever their texts say: lines of id, id and \
      same or different with tabs or commas between, or JSON objects with a, b and verdict.
      """,
      valueName: "file"
    ),
    completion: .file()
  )
  var links: String?

  /// The links and what they were read from, so that no output goes over it.
  func resolved() throws -> (list: LinkList, reader: InputReader)? {
    guard let links else { return nil }
    guard links != "-" else {
      throw SidikError(.usage, "--links takes a file; standard input is for documents and edges")
    }
    let reader = try LineFile.reader(links)
    var lines: [(bytes: [UInt8], number: Int)] = []
    try LineFile.forEach(reader) { lines.append(($0, $1)) }
    return (try LinkList(lines: lines, file: links), reader)
  }
}

extension LinkStatistics {
  /// What became of the links, in one line.
  var summary: String {
    let apply = "\(applied) of them \(applied == 1 ? "applies" : "apply") here"
    let verdicts = applied == 0 ? "" : " (\(same) same, \(different) different)"
    let lost = firstMissing.map {
      "; \(Console.counted(missing, "id", "ids")) not found, the first '\($0.id)' in line \($0.line)"
    }
    return "\(file): \(Console.counted(given, "link", "links")), \(apply)\(verdicts)\(lost ?? "")"
  }
}
