import ArgumentParser
import Sidik

/// `sidik group`: which documents of shards are to be compared, without their texts.
struct GroupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group",
    abstract:
      "Find the pairs of documents in shards that are to be compared, from their signatures.",
    discussion: """
      Reads the files of `sidik sketch --shard`, but not the texts in them, and writes the pairs that \
      bands propose. `sidik cluster --groups` takes them with the same shards and proposes nothing \
      itself, at this threshold or any above. The order of the shards and how documents \
      were split among them change no byte.

      Examples:
        sidik group --profile corpus -o all.groups part-*.shard
        sidik cluster --profile corpus --groups all.groups part-*.shard
        sidik cluster --profile corpus --threshold 0.8 --groups all.groups part-*.shard
      """
  )

  @Argument(
    help: ArgumentHelp("Files of `sidik sketch --shard`, all of a run.", valueName: "shard"),
    completion: .file()
  )
  var shards: [String]

  @OptionGroup(title: "Parameters") var profile: ProfileArguments
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Running") var run_: RunArguments
  @OptionGroup(title: "Running") var memory: MemoryArguments

  func run() async throws {
    if let other = shards.first(where: { !ShardSource.isShard($0) }) {
      throw SidikError(.usage, "is no shard, or cannot be read", file: other)
    }
    let progress = ProgressLine(run_.progress, isQuiet: run_.quiet) { nil }
    let configuration = PipelineConfiguration(
      profile: try profile.resolvedProfile(),
      keys: try profile.keys.resolved(),
      threads: try run_.resolvedThreads(),
      temporaryFolder: run_.tempDir,
      memory: try memory.resolved(),
      progress: { progress.show($0) }
    )
    let writer = try GroupWriter(configuration)
    let file = try output.open(output.output)
    let answer = try await writer.run(shards) { try file.write($0) }
    try file.finish()
    progress.finish()
    guard !run_.quiet else { return }
    Console.line(
      "sidik: \(Console.counted(answer.documents, "document", "documents")), "
        + "\(Console.counted(answer.pairs, "pair", "pairs")) to compare in "
        + Console.counted(answer.groups, "group", "groups")
        + (answer.largest > 0 ? ", the largest of \(answer.largest) texts" : "")
    )
  }
}
