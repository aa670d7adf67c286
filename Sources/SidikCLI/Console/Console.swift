import Glibc
import Sidik

/// What a person reads: everything on standard error.
enum Console {
  /// One line, with control characters made visible so that no input steers the terminal.
  static func line(_ text: String) {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 32 || (127..<160).contains(scalar.value)
      bytes += isControl && scalar != "\t" ? Array("?".utf8) : Array(String(scalar).utf8)
    }
    bytes.append(10)
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes[start...].withUnsafeBytes { part in
        unsafe write(2, part.baseAddress, part.count)
      }
      if written <= 0 { return }
      start += written
    }
  }

  /// One line that says the run failed.
  static func error(_ text: String) { line("sidik: error: " + text) }

  /// One line that does not end the run.
  static func warning(_ text: String) { line("sidik: warning: " + text) }

  /// A number with its noun.
  static func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  /// Columns of the terminal behind a descriptor; 100 where it is none.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    let known = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 100
  }

  /// Whether a terminal that can be drawn on is behind a descriptor.
  static func isTerminal(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1, let term = unsafe getenv("TERM") else { return false }
    return unsafe String(cString: term) != "dumb"
  }
}
