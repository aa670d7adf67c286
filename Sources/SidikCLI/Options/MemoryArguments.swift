import ArgumentParser
import Sidik

/// How much a run may take; never changes an answer.
struct MemoryArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Take at most so much memory, such as 500M, 2G or 2GiB: what does not fit goes to --temp-dir. \
      Without it everything but the texts is kept in memory.
      """,
      valueName: "size"
    )
  )
  var memory: String?

  /// The limit; nil where none was given.
  func resolved() throws -> MemoryLimit? {
    guard let memory else { return nil }
    guard let bytes = Self.bytes(memory) else {
      throw SidikError(
        .usage,
        "--memory takes a size such as 500M, 2G or 2GiB, not '\(memory)'; the least is "
          + "\(MemoryLimit.least >> 20)M"
      )
    }
    return try MemoryLimit(bytes: bytes)
  }

  /// The bytes of a size: a number with a unit of K, M, G or T, as powers of 1024.
  static func bytes(_ size: String) -> Int? {
    var text = Substring(size.uppercased())
    for ending in ["IB", "B"] where text.hasSuffix(ending) {
      text = text.dropLast(ending.count)
      break
    }
    var shift = 0
    for (unit, bits) in [("K", 10), ("M", 20), ("G", 30), ("T", 40)] where text.hasSuffix(unit) {
      text = text.dropLast()
      shift = bits
    }
    guard let first = text.first, first.isNumber, text.allSatisfy({ $0.isNumber || $0 == "." }),
      let number = Double(text), number < 9_000_000
    else { return nil }
    return Int(number * Double(1 << shift))
  }
}
