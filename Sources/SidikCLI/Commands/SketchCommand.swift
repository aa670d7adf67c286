import ArgumentParser
import Sidik

/// `sidik sketch`: fingerprints that can leave the house while the texts stay.
struct SketchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sketch",
    abstract: "Write the fingerprints of documents: digest, SimHash, MinHash.",
    discussion: """
      The first line names all parameters; sketches made with others do not compare. Then one \
      JSON object a document. The schemes affine32 and legacy equal those of datasketch bit for \
      bit, shingles hashed by SHA-1.

      With --shard the output is a binary file of one part of the documents, texts included, and \
      `sidik cluster` takes the files of all parts in the place of the inputs.

      Examples:
        sidik sketch posts.jsonl > posts.sketch.jsonl
        sidik sketch --scheme affine32 --unit word3 posts.jsonl
        sidik sketch --key-file secret.bin --digest sha256 posts.jsonl
        sidik sketch --shard 1/2 -o a.shard dump/ && sidik sketch --shard 2/2 -o b.shard dump/
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var normaliser: NormaliserArguments
  @OptionGroup(title: "Parameters") var keys: KeyArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @Option(help: "Signature: oph, affine32 or legacy.")
  var scheme: SketchParameters.Scheme = .oph

  @Option(help: "Hash of a shingle: fast, sha1 or sha256.")
  var shingleHash: SketchParameters.ShingleHash?

  @Option(help: "Exact digest: fast (128 bits) or sha256.")
  var digest: SketchParameters.Digest = .fast

  @Option(help: "Shingle: charN or wordN, such as char5 or word3; the profile's if left out.")
  var unit: String?

  @Option(
    help: ArgumentHelp(
      "Write the part i of n of the documents for `sidik cluster`, such as 1/4.",
      valueName: "i/n"
    )
  )
  var shard: String?

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard let shard else { return }
    guard Self.parseShard(shard) != nil else {
      throw ValidationError("--shard takes a part and their number such as 1/4, not '\(shard)'.")
    }
    let isPlain = scheme == .oph && shingleHash == nil && digest == .fast && unit == nil
    guard isPlain else {
      throw ValidationError(
        "--shard takes the sketches of the profile: no --scheme, --unit, --digest."
      )
    }
  }

  func run() async throws {
    if let shard = shard.flatMap(Self.parseShard) { return try await write(shard) }
    // datasketch's generator takes 32 bits; another number would silently be another seed.
    guard let seed = UInt32(exactly: keys.seed) ?? (scheme == .oph ? 1 : nil) else {
      throw SidikError(.usage, "--seed takes at most 4294967295 with --scheme \(scheme.rawValue)")
    }
    let chosen = try normaliser.resolved()
    let sketcher = try Sketcher(
      SketchParameters(
        scheme: scheme,
        shingleHash: shingleHash,
        digest: digest,
        unit: try unit.map(FeatureUnit.init(named:)) ?? chosen.unit,
        normaliser: chosen.normaliser,
        keys: try keys.resolved(),
        permutationSeed: seed
      )
    )
    let pass = try DocumentPass(input, output: output, isQuiet: quiet)
    let file = try output.open(output.output, besides: pass.reader)
    try file.write(SketchWriter.header(sketcher.parameters))
    try pass.run(to: file) { batch in
      for entry in batch.entries {
        let sketch = unsafe batch.bytes[entry.text].withUnsafeBufferPointer {
          unsafe sketcher.sketch($0)
        }
        try file.write(SketchWriter.line(batch.string(entry.id), sketch))
      }
    }
  }

  /// Writes one part of the documents.
  private func write(_ shard: Shard) async throws {
    var parameters = try RunArguments.parse([])
    parameters.quiet = quiet
    let session = try Session(
      input,
      (try normaliser.resolved(), try keys.resolved()),
      parameters,
      output: output
    )
    let file = try output.open(output.output, besides: session.reader)
    let answer = try await ShardWriter(session.configuration).run(session.reader, shard) {
      try file.write($0)
    }
    try file.finish()
    let numbers = answer.statistics
    try session.report(answer.problems, numbers)
    session.summary(
      Console.counted(numbers.documents, "document", "documents")
        + " in shard \(shard.index) of \(shard.count)" + Session.setAside(numbers)
    )
    try session.finish(numbers)
  }

  private static func parseShard(_ text: String) -> Shard? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    return Shard(index: index, count: count)
  }
}
