public import SidikCluster
public import SidikFormats
internal import SidikCore

/// Gives records back without what stands in them for the second time.
///
/// Of each passage the place that comes first in the input stays. So what is left says everything once.
public struct SpanStripper {
  private let result: SpanResult
  private let marker: [UInt8]?
  private let leavesOutQuarantined: Bool
  /// What is taken out of each document: bytes, ascending, apart from each other.
  private let removed: [Int: [Range<Int>]]

  /// Makes a stripper.
  ///
  /// - Parameters:
  ///   - result: the passages.
  ///   - marker: what is put in the place of each passage; nil for nothing.
  ///   - leavesOutQuarantined: whether records that could not be read are left out, because a
  ///     quarantine file has them; otherwise they stay in their place.
  public init(_ result: SpanResult, marker: [UInt8]?, leavesOutQuarantined: Bool) {
    self.result = result
    self.marker = marker
    self.leavesOutQuarantined = leavesOutQuarantined
    var removed: [Int: [Range<Int>]] = [:]
    for span in result.spans {
      var range = span.b.bytes
      // Where a passage goes on into its own repetition, only what is beyond the first counts.
      if span.a.document == span.b.document, span.a.bytes.overlaps(range) {
        let start = max(range.lowerBound, min(span.a.bytes.upperBound, range.upperBound))
        range = min(start, range.lowerBound)..<range.upperBound
      }
      removed[span.b.document, default: []].append(range)
    }
    self.removed = removed.mapValues(Self.apart)
  }

  /// Ranges in order, those that touch made one.
  private static func apart(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var output: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = output.last, last.upperBound >= range.lowerBound {
        output[output.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        output.append(range)
      }
    }
    return output
  }

  /// Bytes that are taken out of all documents, and documents they are taken out of.
  public var taken: (bytes: Int, documents: Int) {
    (removed.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }, removed.count)
  }

  /// Goes through the inputs once more and writes their records.
  ///
  /// - Parameters:
  ///   - reader: the second pass over the inputs.
  ///   - output: receives the records; those of which nothing is taken stay byte for byte.
  /// - Throws: what reading or writing throws.
  public func write(_ reader: InputReader, to output: OutputFile) throws {
    let records = RecordWriter(output)
    try RecordFilter(reader).forEachDocument(
      writing: records,
      leavingOutQuarantined: leavesOutQuarantined
    ) { record, ordinal in
      if let ranges = removed[ordinal] {
        try records.write(record, text: stripped(Array(record.text), ranges))
      } else {
        try records.write(record)
      }
    }
    try records.finish(reader)
  }

  /// A text without ranges of it.
  ///
  /// Of white space on both sides of what is taken out, that with more line feeds stays; marks that hang on
  /// the passage go with it.
  func stripped(_ text: [UInt8], _ ranges: [Range<Int>]) -> [UInt8] {
    var output: [UInt8] = []
    var at = 0
    let whole = marker == nil ? ranges.map { Self.withMarks($0, text) } : ranges
    for range in whole where range.upperBound > at {
      output += text[at..<max(at, range.lowerBound)]
      at = range.upperBound
      if let marker {
        output += marker
        continue
      }
      var before = output.count
      while before > 0, Self.isSpace(output[before - 1]) { before -= 1 }
      var after = at
      while after < text.count, Self.isSpace(text[after]) { after += 1 }
      let (left, right) = (output[before...], text[at..<after])
      let keepsRight = Self.feeds(right) > Self.feeds(left) || left.isEmpty
      let kept = before == 0 || after == text.count ? [] : Array(keepsRight ? right : left)
      output.removeLast(output.count - before)
      output += kept
      at = after
    }
    return output + text[at...]
  }

  /// A range with the marks that open it, and those that close it.
  private static func withMarks(_ range: Range<Int>, _ text: [UInt8]) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, "\"'([".utf8.contains(text[start - 1]) { start -= 1 }
    while end < text.count, ".,;:!?\"')]".utf8.contains(text[end]) { end += 1 }
    return start..<end
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func feeds(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 == 10 } }
}
