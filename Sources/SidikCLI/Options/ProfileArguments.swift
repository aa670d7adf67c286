import ArgumentParser
import Glibc
import Sidik

/// The parameters that decide the answer.
struct ProfileArguments: ParsableArguments {
  @Option(help: "Set of parameters: auto, article, chat or corpus.")
  var profile = "auto"

  @Option(
    help: """
      Jaccard similarity from which documents are copies, 0 to 1. Containment must reach it too, \
      where it is above the profile's.
      """
  )
  var threshold: Double?

  @Option(help: "Share of the pairs at the threshold that the bands must find, 0 to 1.")
  var recall: Double?

  @Flag(help: "Also fold Indonesian slang and abbreviations to plain words.")
  var slang = false

  @Option(help: "Seed of all hashes; documents compare only under the same seed.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Derive all hashes from the secret in this file, at least 16 bytes.",
      valueName: "file"
    )
  )
  var keyFile: String?

  /// The profile with the user's changes.
  func resolvedProfile() throws -> Profile {
    guard var resolved = Profile.all.first(where: { $0.name == profile }) else {
      let names = Profile.all.map(\.name).joined(separator: ", ")
      throw SidikError(.usage, "--profile: there is no '\(profile)' (there are \(names))")
    }
    if let threshold {
      guard threshold > 0, threshold <= 1 else {
        throw SidikError(.usage, "--threshold takes a number above 0 and up to 1")
      }
      resolved.rule.jaccard = threshold
      resolved.rule.copyJaccard = max(threshold, resolved.rule.copyJaccard)
      resolved.rule.containment = resolved.rule.containment.map { max($0, threshold) }
      resolved.threshold =
        resolved.rule.containment == nil ? threshold : min(threshold, resolved.threshold)
    }
    if let recall {
      guard recall > 0, recall < 1 else {
        throw SidikError(.usage, "--recall takes a number above 0 and below 1")
      }
      resolved.recall = recall
    }
    if slang { resolved.normaliser.folds.insert(.slang) }
    return resolved
  }

  /// The hash constants.
  func resolvedKeys() throws -> HashKeys {
    guard let keyFile else { return HashKeys(seed: seed) }
    let secret = try SmallFile.read(keyFile, limit: 1 << 16)
    do {
      return try HashKeys(secret: secret)
    } catch {
      throw SidikError(error.code, error.message, file: keyFile)
    }
  }
}

/// Files that are read whole, such as keys.
enum SmallFile {
  /// The bytes of a file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes[count...].withUnsafeMutableBytes { part in
        unsafe Glibc.read(descriptor, part.baseAddress, part.count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw SidikError(.file, unsafe String(cString: strerror(errno)), file: path)
      }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else {
      throw SidikError(.usage, "is larger than the \(limit) bytes such a file may have", file: path)
    }
    return Array(bytes[..<count])
  }
}
