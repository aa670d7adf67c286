public import CSidik
internal import Sidik

/// Compares two texts.
@c @implementation
public func sidik_compare(
  _ options: OpaquePointer?,
  _ first: UnsafePointer<UInt8>?,
  _ first_length: Int64,
  _ second: UnsafePointer<UInt8>?,
  _ second_length: Int64,
  _ comparison: UnsafeMutablePointer<sidik_comparison>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    guard let comparison = unsafe comparison else {
      throw CallFault.argument("comparison is null")
    }
    let made = try unsafe Comparison(
      bytes(first, first_length, "first"),
      bytes(second, second_length, "second"),
      options.comparing()
    )
    unsafe comparison.pointee = sidik_comparison(
      level: made.scores.level.code,
      simhash_distance: Int32(made.simhashDistance),
      jaccard: made.scores.jaccard,
      containment_of_first: made.scores.containmentOfFirst,
      containment_of_second: made.scores.containmentOfSecond,
      coverage: made.scores.coverage ?? .nan,
      estimated_jaccard: made.estimatedJaccard,
      repeats_of_first: Double(made.repeats.0),
      repeats_of_second: Double(made.repeats.1)
    )
  }
}

/// Compares pairs of rows.
@c @implementation
public func sidik_compare_pairs(
  _ options: OpaquePointer?,
  _ texts: UnsafePointer<sidik_column>?,
  _ first: UnsafePointer<Int64>?,
  _ second: UnsafePointer<Int64>?,
  _ count: Int64,
  _ measure: Int32,
  _ levels: UnsafeMutablePointer<Int8>?,
  _ jaccard: UnsafeMutablePointer<Double>?,
  _ containment_of_first: UnsafeMutablePointer<Double>?,
  _ containment_of_second: UnsafeMutablePointer<Double>?,
  _ coverage: UnsafeMutablePointer<Double>?,
  _ strengths: UnsafeMutablePointer<Double>?,
  _ weights: UnsafeMutablePointer<Double>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    let column = try unsafe Column(texts, "texts")
    guard measure == SIDIK_MEASURE_ALL || measure == SIDIK_MEASURE_EDGES else {
      throw CallFault.argument("measure is \(measure)")
    }
    let pairs = try unsafe PairList(first, second, count, among: column.count)
    let compared = try TextPairs(
      ColumnSource(DocumentColumns(texts: column), rows: pairs.rows),
      options.comparing()
    )
    for index in compared.order(pairs.numbers) {
      let (a, b) = pairs.numbers[index]
      let scores = measure == SIDIK_MEASURE_ALL ? compared.scores(a, b) : compared.edge(a, b)
      let strength = scores.map { compared.strength(of: $0, a, b) }
      unsafe levels?[index] = Int8((scores?.level).code)
      unsafe jaccard?[index] = scores?.jaccard ?? .nan
      unsafe containment_of_first?[index] = scores?.containmentOfFirst ?? .nan
      unsafe containment_of_second?[index] = scores?.containmentOfSecond ?? .nan
      unsafe coverage?[index] = scores?.coverage ?? .nan
      unsafe strengths?[index] = strength?.strength ?? .nan
      unsafe weights?[index] = strength?.weight ?? .nan
    }
  }
}

extension Level? {
  /// The number of the interface.
  var code: Int32 {
    Int32(flatMap { Level.allCases.firstIndex(of: $0) } ?? Int(SIDIK_LEVEL_NONE))
  }
}

/// Bytes of the caller as an array.
private func bytes(
  _ text: UnsafePointer<UInt8>?,
  _ length: Int64,
  _ name: String
) throws -> [UInt8] {
  guard length >= 0, length <= Int64(Column.longestText), unsafe length == 0 || text != nil else {
    throw CallFault.argument("\(name) is null, or its length \(length) is out of range")
  }
  return unsafe Array(UnsafeBufferPointer(start: text, count: Int(length)))
}

/// Pairs of rows, and the rows that stand in any, each once.
private struct PairList {
  /// Rows, ascending.
  let rows: [Int]
  /// For each pair its places in `rows`.
  let numbers: [(first: Int, second: Int)]

  init(
    _ first: UnsafePointer<Int64>?,
    _ second: UnsafePointer<Int64>?,
    _ count: Int64,
    among rowCount: Int
  ) throws {
    guard count >= 0, unsafe count == 0 || (first != nil && second != nil) else {
      throw CallFault.argument("pairs are null, or their count is negative")
    }
    let a = unsafe UnsafeBufferPointer(start: first, count: Int(count))
    let b = unsafe UnsafeBufferPointer(start: second, count: Int(count))
    var places = [Int](repeating: -1, count: rowCount)
    for index in a.indices {
      for row in unsafe [a[index], b[index]] {
        guard row >= 0, row < Int64(rowCount) else {
          throw CallFault.argument("pair \(index) names row \(row) of \(rowCount)")
        }
        places[Int(row)] = 0
      }
    }
    rows = places.indices.filter { places[$0] == 0 }
    for (place, row) in rows.enumerated() { places[row] = place }
    numbers = a.indices.map { unsafe (places[Int(a[$0])], places[Int(b[$0])]) }
  }
}
