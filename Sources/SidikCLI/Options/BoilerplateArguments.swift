import ArgumentParser
import Sidik

/// Which passages are cut from documents before they are compared.
struct BoilerplateArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Passages cut before texts are compared: learn (from these documents), none, or a file of \
      passages as the command boilerplate writes them. Learnt if left out, but for the profile \
      corpus.
      """,
      valueName: "learn|none|file"
    ),
    completion: .file()
  )
  var boilerplate: String?

  @Option(
    help: ArgumentHelp(
      "Source of documents that name none, as text files do; boilerplate is learnt by source.",
      valueName: "name"
    )
  )
  var defaultSource: String?

  /// Changes a profile's policy.
  func apply(to profile: inout Profile) throws {
    switch boilerplate {
    case nil: break
    case "learn": profile.boilerplate = .learn
    case "none": profile.boilerplate = .none
    case .some(let path):
      profile.boilerplate = .given(try BoilerplateFile.read(path, profile.normaliser))
    }
  }
}
