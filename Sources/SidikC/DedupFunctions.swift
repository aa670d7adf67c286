public import CSidik
internal import Sidik

/// Decisions of a deduplication.
final class Decisions: Sendable {
  let decisions: [Decision]

  init(_ decisions: [Decision]) { self.decisions = decisions }
}

/// Decides which documents stay.
@c @implementation
public func sidik_dedup(
  _ options: OpaquePointer?,
  _ texts: UnsafePointer<sidik_column>?,
  _ fields: UnsafePointer<sidik_fields>?,
  _ control: OpaquePointer?,
  _ decisions: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of {
    let run = try unsafe BatchRun(options, texts, fields, control)
    let (keep, loosest) = (run.options.keep, run.options.loosest)
    try unsafe Handle.give(decisions, "decisions") {
      Decisions(
        try run.wait { configuration, source in
          try await Deduplication(configuration, keep: keep, loosest: loosest)
            .run(source).decisions
        }
      )
    }
  }
}

/// The number of documents.
@c @implementation
public func sidik_decisions_count(
  _ decisions: OpaquePointer?,
  _ documents: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let decisions: Decisions = try unsafe Handle.object(decisions, "decisions")
    unsafe documents?.pointee = Int64(decisions.decisions.count)
  }
}

/// A row a document.
@c @implementation
public func sidik_decisions_copy(
  _ decisions: OpaquePointer?,
  _ count: Int64,
  _ kept: UnsafeMutablePointer<UInt8>?,
  _ keepers: UnsafeMutablePointer<Int64>?,
  _ copies: UnsafeMutablePointer<Int64>?,
  _ levels: UnsafeMutablePointer<Int8>?,
  _ similarity: UnsafeMutablePointer<Double>?,
  _ containment: UnsafeMutablePointer<Double>?
) -> Int32 {
  Outcome.of {
    let decisions: Decisions = try unsafe Handle.object(decisions, "decisions")
    try Rows.check(count, is: decisions.decisions.count, "documents")
    for (row, decision) in decisions.decisions.enumerated() {
      unsafe kept?[row] = decision.isKept ? 1 : 0
      switch decision {
      case .kept(let number):
        unsafe keepers?[row] = Int64(row)
        unsafe copies?[row] = Int64(number)
        unsafe levels?[row] = Int8(SIDIK_LEVEL_NONE)
        unsafe similarity?[row] = .nan
        unsafe containment?[row] = .nan
      case .removed(let keeper, let level, let jaccard, let larger):
        unsafe keepers?[row] = Int64(keeper)
        unsafe copies?[row] = 0
        unsafe levels?[row] = Int8(Optional(level).code)
        unsafe similarity?[row] = jaccard
        unsafe containment?[row] = larger
      }
    }
  }
}

/// Gives decisions back.
@c @implementation
public func sidik_decisions_free(_ decisions: OpaquePointer?) {
  unsafe Handle.free(decisions, Decisions.self)
}
