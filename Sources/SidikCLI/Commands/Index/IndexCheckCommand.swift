import ArgumentParser
import Sidik

/// `sidik index check`: every byte of an index looked at.
struct IndexCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read every byte of an index and say what is damaged.",
    discussion: """
      Ends with code 0 where all is well, with 5 where something is damaged: then \
      sidik index compact --repair keeps what can be read. Nothing damaged is ever answered, \
      checked or not.
      """
  )

  @OptionGroup var target: IndexFolderArguments

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    let check = try IndexCheck(target.folder)
    for line in check.damage { Console.error(line) }
    if !quiet {
      for name in check.leftovers {
        Console.line("sidik: \(name) is left by an interrupted process; the next one removes it")
      }
      Console.line(
        "sidik: \(Console.counted(check.documents, "document", "documents")), "
          + "\(check.files) files, \(check.bytes) bytes: "
          + (check.damage.isEmpty ? "whole" : "damaged")
      )
    }
    if !check.damage.isEmpty { throw ExitCode(SidikError.Code.incompatible.exitStatus) }
  }
}
