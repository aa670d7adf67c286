import Sidik

/// Times the stages from bytes to signatures, or the grouping by band keys.
///
///   stages sketch PROFILE FILE…     megabytes of text by CPU second, a stage a line
///   stages group DOCUMENTS BANDS    CPU seconds and memory for made-up keys
@main struct Stages {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch (arguments.first, arguments.count) {
    case ("sketch", 3...):
      let name = arguments[arguments.startIndex + 1]
      guard let profile = Profile.all.first(where: { $0.name == name }) else {
        throw SidikError(.usage, "no profile \(name)")
      }
      try SketchTimes(profile).run(Array(arguments.dropFirst(2)))
    case ("group", 3):
      let numbers = arguments.dropFirst().compactMap { Int($0) }
      guard numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
        throw SidikError(.usage, "two numbers are wanted: documents and bands")
      }
      GroupTimes(documents: numbers[0], bands: numbers[1]).run()
    default:
      throw SidikError(.usage, "stages sketch PROFILE FILE… | stages group DOCUMENTS BANDS")
    }
  }
}
