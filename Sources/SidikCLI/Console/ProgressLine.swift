import Glibc
import Sidik
import Synchronization

/// Draws progress on standard error: a bar on a terminal, a plain line now and then elsewhere.
final class ProgressLine: Sendable {
  /// How progress is shown.
  enum Style: String, Sendable, CaseIterable {
    case auto, plain, json, never
  }

  private struct State: Sendable {
    var last = ContinuousClock.now
    var started = ContinuousClock.now
    var stage: PipelineProgress.Stage?
    var drawn = false
  }

  private let style: Style
  private let state = Mutex(State())
  private let fraction: @Sendable () -> Double?

  /// Style `auto` draws a bar on a terminal and nothing elsewhere; `fraction` says how much of the
  /// input has been read, where that is known.
  init(_ style: Style, isQuiet: Bool, fraction: @escaping @Sendable () -> Double?) {
    let resolved: Style = style == .auto ? (Console.isTerminal(2) ? .auto : .never) : style
    self.style = isQuiet ? .never : resolved
    self.fraction = fraction
  }

  /// Shows a value, at most ten times a second on a terminal and every five seconds elsewhere.
  func show(_ progress: PipelineProgress) {
    guard style != .never else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      let pause: Duration = style == .auto ? .milliseconds(100) : .seconds(5)
      if state.stage == progress.stage, now - state.last < pause { return }
      if state.stage != progress.stage { state.started = now }
      (state.last, state.stage) = (now, progress.stage)
      draw(progress, elapsed: now - state.started, &state)
    }
  }

  /// Removes the bar, so that what follows starts on a line of its own.
  func finish() {
    state.withLock { state in
      if state.drawn { Self.write("\r\u{1B}[2K") }
      state.drawn = false
    }
  }

  private func draw(_ progress: PipelineProgress, elapsed: Duration, _ state: inout State) {
    let share =
      progress.stage == .sketch
      ? fraction()
      : progress.total.map {
        Double(progress.done) / Double(max(1, $0))
      }
    let percent = share.map { Int(min(1, $0) * 100) }
    if style == .json {
      var json = JSONWriter()
      json.beginObject()
      json.member("stage", progress.stage.rawValue)
      json.member("done", progress.done)
      if let total = progress.total { json.member("total", total) }
      if let percent { json.member("percent", percent) }
      json.endObject()
      json.endLine()
      Self.write(String(decoding: json.bytes, as: UTF8.self))
      return
    }
    var text = "\(progress.stage.rawValue) \(progress.done)"
    if let total = progress.total { text += "/\(total)" }
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    if seconds > 0.5 { text += "  \(Int(Double(progress.done) / seconds))/s" }
    if let percent { text += "  \(percent) %" }
    if let share, share > 0.01, share < 1, seconds > 1 {
      text += "  \(Int(seconds / share * (1 - share))) s left"
    }
    if style == .plain {
      Self.write("sidik: " + text + "\n")
      return
    }
    let width = Console.width(of: 2) - 1
    let room = min(30, width - text.count - 3)
    if let share, room >= 8 {
      let full = Int(min(1, share) * Double(room))
      text += " [" + String(repeating: "#", count: full)
      text += String(repeating: ".", count: room - full) + "]"
    }
    Self.write("\r\u{1B}[2K" + String(text.prefix(width)))
    state.drawn = true
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
