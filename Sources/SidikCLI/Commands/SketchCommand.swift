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

      Examples:
        sidik sketch posts.jsonl > posts.sketch.jsonl
        sidik sketch --scheme affine32 --unit word3 posts.jsonl
        sidik sketch --key-file secret.bin --digest sha256 posts.jsonl
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

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() async throws {
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
}
