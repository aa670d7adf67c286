import ArgumentParser
import Sidik

/// What is known to belong together.
struct TruthArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What belongs together: groups as JSON Lines, or labelled pairs as TSV.",
      valueName: "file"
    ),
    completion: .file()
  )
  var truth: String?

  @Option(help: "Labels of pairs that belong together, separated by commas.")
  var positive = "copy"

  @Option(help: "Labels of pairs that count neither way, separated by commas.")
  var ignored = ""

  /// The labels of pairs that belong together.
  var positiveLabels: [String] { Self.list(positive) }

  /// The labels of pairs that count neither way.
  var ignoredLabels: [String] { Self.list(ignored) }

  /// The parts of a list.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0) }
  }

  /// Reads the truth, where one is named.
  ///
  /// - Returns: what is known; nil without a file.
  /// - Throws: ``SidikError`` where the file cannot be read, or where no pair of it has a label
  ///   that counts, which would score nothing in silence.
  func read() throws -> Truth? {
    guard let path = truth else { return nil }
    let known = try Truth(lines: LineFile.read(path), file: path)
    guard case .pairs(let pairs) = known else { return known }
    let labels = Set(pairs.map(\.label))
    guard labels.isDisjoint(with: positiveLabels) else { return known }
    throw SidikError(
      .usage,
      "no pair is labelled \(positive); --positive takes of \(labels.sorted().joined(separator: ", "))",
      file: path
    )
  }

  /// Says how many documents of the truth were not read.
  static func warn(_ known: Truth, _ documents: DocumentTable) {
    let read = Set((0..<documents.count).map { documents.id($0) })
    let named: Set<String> =
      switch known {
      case .groups(let groups): Set(groups.joined())
      case .pairs(let pairs): Set(pairs.flatMap { [$0.a, $0.b] })
      }
    let missing = named.subtracting(read)
    guard let first = missing.min() else { return }
    Console.warning("\(missing.count) documents of the truth were not read, such as \(first)")
  }
}
