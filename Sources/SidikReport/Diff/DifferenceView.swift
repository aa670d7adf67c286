/// Two texts as one, for a terminal: what was taken out, put in and moved.
public struct DifferenceView: Sendable {
  /// How changes are told from what stays.
  public enum Style: Sendable, Hashable {
    /// Marks round them: `[-out-]`, `{+in+}`, `[~moved~]`.
    case plain
    /// Colours and strokes of an ANSI terminal.
    case colours
  }

  private let first: WordSequence
  private let second: WordSequence
  private let difference: WordDifference
  private let moved: (a: [Bool], b: [Bool])

  /// Prepares a view.
  ///
  /// - Parameters:
  ///   - first: the first text.
  ///   - second: the second, from the same reader.
  public init(_ first: WordSequence, _ second: WordSequence) {
    self.first = first
    self.second = second
    difference = WordDifference(first.words, second.words)
    moved = difference.moved(first.words, second.words)
  }

  /// Counts of words, in one line.
  public var summary: String {
    var (same, removed, inserted) = (0, 0, 0)
    for run in difference.runs {
      if run.kind == .same {
        same += run.a.count
      } else {
        removed += run.a.count
        inserted += run.b.count
      }
    }
    let coarse = difference.isCoarse ? "; some changes are shown as whole blocks" : ""
    return "\(same) words shared, \(removed) only in the first, \(inserted) only in the second"
      + coarse
  }

  /// The view.
  ///
  /// - Parameters:
  ///   - style: how changes are told from what stays.
  ///   - context: words shown at each end of a stretch that is the same; nil shows all.
  /// - Returns: lines of UTF-8 without control or steering characters of the texts.
  public func text(_ style: Style, context: Int? = nil) -> [UInt8] {
    var pen = Pen(style: style)
    var isWhole = true
    for (place, run) in difference.runs.enumerated() {
      switch run.kind {
      case .same:
        let isEdge = (place == 0, place == difference.runs.count - 1)
        isWhole = same(run.a, context, isEdge, &pen)
      default:
        isWhole = true
        changed(run.a, first, moved.a, .removed, &pen)
        changed(run.b, second, moved.b, .inserted, besides: !run.a.isEmpty, &pen)
      }
    }
    return pen.finish(isWhole ? tail : "")
  }

  /// Writes words that are the same; whether the last of them are shown.
  private func same(
    _ words: Range<Int>,
    _ context: Int?,
    _ isEdge: (first: Bool, last: Bool),
    _ pen: inout Pen
  ) -> Bool {
    let before = isEdge.first ? 0 : context ?? 0
    let after = isEdge.last ? 0 : context ?? 0
    guard context != nil, words.count > before + after + 3 else {
      pen.write(gap(first, words), piece(first, words), .same)
      return true
    }
    let head = words.prefix(before)
    let tail = words.suffix(after)
    if !head.isEmpty { pen.write(gap(first, head), piece(first, head), .same) }
    pen.write(" ", "… \(words.count - before - after) words alike …", .note)
    if !tail.isEmpty { pen.write(gap(first, tail), piece(first, tail), .same) }
    return !tail.isEmpty
  }

  /// A change, cut where its words begin or cease to stand elsewhere.
  private func changed(
    _ words: Range<Int>,
    _ side: WordSequence,
    _ moved: [Bool],
    _ ink: Pen.Ink,
    besides isSecond: Bool = false,
    _ pen: inout Pen
  ) {
    var start = words.lowerBound
    while start < words.upperBound {
      let end = words[start...].first { moved[$0] != moved[start] } ?? words.upperBound
      let part = start..<end
      let text = piece(side, part)
      if !text.isEmpty {
        let isMoved = moved[start]
        // What replaces words stands beside them, whatever was between it and the words before.
        let space = isSecond && start == words.lowerBound ? " " : gap(side, part)
        pen.write(space, text, !isMoved ? ink : ink == .removed ? .movedOut : .movedIn)
      }
      start = end
    }
  }

  /// The original text of some words.
  private func piece(_ side: WordSequence, _ words: Range<Int>) -> String {
    guard let first = words.first, let last = words.last else { return "" }
    let range = side.ranges[first].lowerBound..<side.ranges[last].upperBound
    return String(decoding: side.text[range], as: UTF8.self)
  }

  /// What stands before words, its white space as one blank or at most two line breaks.
  private func gap(_ side: WordSequence, _ words: Range<Int>) -> String {
    guard let first = words.first else { return "" }
    let start = first == 0 ? 0 : side.ranges[first - 1].upperBound
    return spaced(side.text[start..<max(start, side.ranges[first].lowerBound)])
  }

  /// What stands behind the last word of the first text.
  private var tail: String { spaced(first.text[(first.ranges.last?.upperBound ?? 0)...]) }

  private func spaced(_ between: ArraySlice<UInt8>) -> String {
    var text = ""
    var breaks: Int?
    for scalar in String(decoding: between, as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        breaks = (breaks ?? 0) + (scalar == "\n" ? 1 : 0)
        continue
      }
      text += Self.space(breaks)
      breaks = nil
      text.unicodeScalars.append(scalar)
    }
    return text + Self.space(breaks)
  }

  private static func space(_ breaks: Int?) -> String {
    guard let breaks else { return "" }
    return breaks == 0 ? " " : String(repeating: "\n", count: min(breaks, 2))
  }
}

/// Puts pieces one behind the other.
private struct Pen {
  enum Ink {
    case same, removed, inserted, movedOut, movedIn, note
  }

  let style: DifferenceView.Style
  private var output: [UInt8] = []
  private var atStart = true

  init(style: DifferenceView.Style) { self.style = style }

  mutating func write(_ gap: String, _ text: String, _ ink: Ink) {
    output += TerminalText.printable(atStart ? String(gap.drop(while: \.isWhitespace)) : gap).utf8
    atStart = false
    let marks = marks(ink)
    // Colours end with the line, as pagers want it.
    let lines = TerminalText.printable(text).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    for (place, line) in lines.enumerated() {
      if place > 0 { output.append(10) }
      if !line.isEmpty { output += Array((marks.0 + line + marks.1).utf8) }
    }
  }

  func finish(_ tail: String) -> [UInt8] {
    var end = TerminalText.printable(tail)
    while let last = end.last, last.isWhitespace { end.removeLast() }
    let all = output + Array(end.utf8)
    return all.isEmpty ? [] : all + [10]
  }

  private func marks(_ ink: Ink) -> (String, String) {
    let end = "\u{1B}[0m"
    return switch (style, ink) {
    case (_, .same), (.plain, .note): ("", "")
    case (.plain, .removed): ("[-", "-]")
    case (.plain, .inserted): ("{+", "+}")
    case (.plain, .movedOut): ("[~", "~]")
    case (.plain, .movedIn): ("{~", "~}")
    case (.colours, .removed): ("\u{1B}[31;9m", end)
    case (.colours, .inserted): ("\u{1B}[32;4m", end)
    case (.colours, .movedOut): ("\u{1B}[35;9m", end)
    case (.colours, .movedIn): ("\u{1B}[35;4m", end)
    case (.colours, .note): ("\u{1B}[2m", end)
    }
  }
}
