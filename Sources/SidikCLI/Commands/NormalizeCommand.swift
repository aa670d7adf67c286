import ArgumentParser
import Sidik

/// `sidik normalize`: texts exactly as they are compared.
struct NormalizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize",
    abstract: "Show texts exactly as they are compared, with the folds that were applied.",
    discussion: """
      Writes one JSON object a document: its id, the text as compared, and how often each fold \
      changed something. --plain writes the texts alone, one a line.

      Examples:
        sidik normalize message.txt
        echo 'G R A T I S anak2 𝗯𝗮𝗻𝗸' | sidik normalize --plain --profile chat
        sidik normalize --folds compatibility,invisibles posts.jsonl
      """
  )

  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Parameters") var normaliser: NormaliserArguments
  @OptionGroup(title: "Output") var output: OutputArguments

  @Option(help: "Apply these folds instead of the profile's, separated by commas; 'none' for none.")
  var folds: String?

  @Flag(help: "Write only the texts, one a line.")
  var plain = false

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() async throws {
    var options = try normaliser.resolved().normaliser
    if let folds { options.folds = try Self.parse(folds) }
    let pass = try DocumentPass(input, output: output, isQuiet: quiet)
    let file = try output.open(output.output, besides: pass.reader)
    var normaliser = Normaliser(options)
    var text = NormalisedText()
    try pass.run(to: file) { batch in
      for entry in batch.entries {
        unsafe batch.bytes[entry.text].withUnsafeBufferPointer { raw in
          unsafe normaliser.normalise(raw, trackOffsets: true, into: &text)
        }
        try file.write(
          plain ? text.bytes + [10] : Self.line(batch.string(entry.id), text, options)
        )
      }
    }
  }

  private static func parse(_ names: String) throws -> Folds {
    var folds: Folds = []
    for name in names.split(separator: ",") where name != "none" {
      guard let fold = Folds(name: String(name)) else {
        let known = Folds.names.map(\.name).joined(separator: ", ")
        throw SidikError(.usage, "--folds: there is no fold '\(name)' (there are \(known))")
      }
      folds.insert(fold)
    }
    return folds
  }

  private static func line(
    _ id: String,
    _ text: NormalisedText,
    _ options: NormaliserOptions
  )
    -> [UInt8]
  {
    var json = JSONWriter()
    json.beginObject()
    json.member("id", id)
    json.key("text")
    json.string(utf8: text.bytes)
    json.member("words", text.wordCount)
    json.member("characters", text.scalarCount)
    json.key("folds")
    json.beginObject()
    for (name, count) in text.applied.named where count > 0 { json.member(name, count) }
    json.endObject()
    if text.repairedBytes > 0 { json.member("repaired_bytes", text.repairedBytes) }
    json.member("sidik", SidikVersion.current + "/" + options.name)
    json.endObject()
    json.endLine()
    return json.bytes
  }
}
