import ArgumentParser
import Sidik

/// The levels up to which `dedup` may remove documents.
enum RemovableLevel: String, CaseIterable, ExpressibleByArgument {
  case exact, copy, variant, excerpt

  /// The library's name for it.
  var level: Level {
    switch self {
    case .exact: .exact
    case .copy: .copy
    case .variant: .variant
    case .excerpt: .excerpt
    }
  }
}
