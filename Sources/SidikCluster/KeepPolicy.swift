internal import SidikCore

/// Which document of a group of copies is kept.
public enum KeepPolicy: Sendable, Hashable {
  /// The first in input order.
  case first
  /// The one with the earliest time; documents without a readable time come last.
  case earliest
  /// The one with the longest text, as compared.
  case longest
  /// The one with the highest number in a field of its record, which the reader was asked to
  /// deliver in the author's place; records without a number come last.
  case best(field: String)
  /// The one whose source comes first in a list; other sources come last.
  case source([String])

  /// Reads a policy as the command line writes it: `first`, `earliest`, `longest`,
  /// `best:FIELD`, `source:A,B`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("first", 1): self = .first
    case ("earliest", 1): self = .earliest
    case ("longest", 1): self = .longest
    case ("best", 2): self = .best(field: parts[1])
    case ("source", 2): self = .source(parts[1].split(separator: ",").map(String.init))
    default: return nil
    }
  }

  /// A document's place in the order of preference; smaller is kept, ties go to input order.
  func rank(_ document: Int, in table: DocumentTable) -> (Timestamp, Double) {
    let none = Timestamp(seconds: 0)
    switch self {
    case .first:
      return (none, 0)
    case .earliest:
      let time = table.time(document).flatMap { Timestamp($0) }
      return (time ?? Timestamp(seconds: .max), 0)
    case .longest:
      return (none, -Double(table.rows[document].scalars))
    case .best:
      let value = table.author(document).flatMap { Double($0) } ?? -.infinity
      return (none, value.isNaN ? .infinity : -value)
    case .source(let list):
      let place = table.source(document).flatMap { list.firstIndex(of: $0) }
      return (none, Double(place ?? list.count))
    }
  }
}

extension DocumentTable {
  /// Whether any document has what a policy looks at, such as a time or a number in a field.
  ///
  /// - Parameter policy: which document of a group of copies is kept.
  /// - Returns: false where the policy is left with the order of the input.
  public func hasPreference(_ policy: KeepPolicy) -> Bool {
    switch policy {
    case .first, .longest: return true
    case .earliest:
      return rows.indices.contains { time($0).flatMap { Timestamp($0) } != nil }
    case .best:
      return rows.indices.contains { author($0).flatMap { Double($0) } != nil }
    case .source(let list):
      return rows.indices.contains { source($0).map { list.contains($0) } ?? false }
    }
  }
}
