/// What a page shows of an output.
///
/// A line `...` stands for one or more lines that were cut out, `…` at the end of a line for the
/// rest of that line.
struct ShownOutput {
  let lines: [String]

  private static let cut = "..."

  /// The runs of lines between the cuts.
  private var runs: [[String]] {
    lines.split(separator: Self.cut, omittingEmptySubsequences: false).map { Array($0) }
  }

  /// Says what the output has otherwise; nil where it is what is shown.
  func mismatch(_ output: [String]) -> String? {
    let runs = runs
    guard let first = runs.first, let last = runs.last else { return nil }
    guard runs.count > 1 else {
      for (shown, line) in zip(first, output) where !Self.matches(shown, line) {
        return "shown\n  \(shown)\nanswered\n  \(line)"
      }
      return first.count == output.count
        ? nil : "shows \(first.count) lines, answered \(output.count)"
    }
    guard Self.matches(first, output, at: 0) else { return "answer begins otherwise" }
    var place = first.count
    for run in runs.dropFirst().dropLast() {
      let places = place + 1..<max(place + 2, output.count)
      guard let found = places.first(where: { Self.matches(run, output, at: $0) }) else {
        return "no such lines:\n  " + run.joined(separator: "\n  ")
      }
      place = found + run.count
    }
    let end = output.count - last.count
    return end > place && Self.matches(last, output, at: end) ? nil : "answer ends otherwise"
  }

  private static func matches(_ run: [String], _ output: [String], at place: Int) -> Bool {
    place >= 0 && place + run.count <= output.count
      && zip(run, output[place...]).allSatisfy { matches($0, $1) }
  }

  /// Compares scalar for scalar, as canonical equivalence would take other bytes for equal.
  private static func matches(_ shown: String, _ line: String) -> Bool {
    let scalars = shown.unicodeScalars
    if scalars.elementsEqual(line.unicodeScalars) { return true }
    return scalars.last == "…" && line.unicodeScalars.starts(with: scalars.dropLast())
  }

  /// The lines that show another output with the same cuts; all of it where they do not fit.
  func rewritten(_ output: [String]) -> [String] {
    if mismatch(output) == nil { return lines }
    let runs = runs
    guard let first = runs.first, let last = runs.last else { return output }
    guard runs.count > 1 else { return Self.shortened(output, as: first) }
    guard lines.count <= output.count else { return output }
    var shown = Self.shortened(output.prefix(first.count), as: first)
    var place = first.count
    let end = output.count - last.count
    for run in runs.dropFirst().dropLast() {
      guard place + 1 + run.count < end else { return output }
      let places = place + 1..<end - run.count
      let best = places.max { Self.likeness(run, output, $0) < Self.likeness(run, output, $1) }
      guard let best else { return output }
      // Of equally alike places the first.
      let likeness = Self.likeness(run, output, best)
      let start = places.first { Self.likeness(run, output, $0) == likeness } ?? best
      place = start + run.count
      shown += [Self.cut] + Self.shortened(output[start..<place], as: run)
    }
    return shown + [Self.cut] + Self.shortened(output[end...], as: last)
  }

  /// How many words stand in the same lines.
  private static func likeness(_ run: [String], _ output: [String], _ place: Int) -> Int {
    zip(run, output[place...]).reduce(0) { sum, pair in
      let words = Set(pair.0.split(separator: " "))
      return sum + pair.1.split(separator: " ").count { words.contains($0) }
    }
  }

  /// The lines, each as long as the one that was shown in its place; further ones as the last.
  private static func shortened(
    _ output: some Collection<String>,
    as shown: [String]
  )
    -> [String]
  {
    output.enumerated().map { place, line in
      guard let old = place < shown.count ? shown[place] : shown.last,
        old.unicodeScalars.last == "…", line.unicodeScalars.count > old.unicodeScalars.count
      else { return line }
      return String(line.unicodeScalars.prefix(old.unicodeScalars.count - 1)) + "…"
    }
  }
}
