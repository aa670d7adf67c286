internal import SidikEvaluation
internal import SidikFormats

/// What the tables of tuning share.
enum TuningTable {
  /// A parameter with at most four decimals, as the command line takes it.
  static func number(_ value: Double) -> String {
    var json = JSONWriter()
    json.number(value, decimals: 4)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// The lines that say what was chosen, what it reaches and how it is used.
  ///
  /// - Parameters:
  ///   - estimates: what the chosen row reaches.
  ///   - isReached: whether that is what was asked for.
  ///   - options: the options of the command line that apply the choice.
  /// - Returns: lines without line feeds.
  static func choice(_ estimates: [Estimate], isReached: Bool, options: String) -> [String] {
    ["", isReached ? "chosen (*):" : "not reached; the closest (*):"]
      + estimates.map { "  \($0.name) " + TextColumns.cell($0) }
      + ["", (isReached ? "use: " : "that is: ") + "sidik cluster \(options)"]
  }
}
