import Glibc

/// CPU time of this thread.
enum Clock {
  static func seconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Adds the time that `body` takes to `sum`.
  static func add<Result>(to sum: inout Double, _ body: () throws -> Result) rethrows -> Result {
    let start = seconds()
    defer { sum += seconds() - start }
    return try body()
  }

  /// The most memory this process has had, in MB.
  static func peakMemory() -> Int {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}

/// A number with so many places behind the point.
func rounded(_ value: Double, _ places: Int) -> String {
  let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
  let whole = Int((value * scale).rounded())
  if places == 0 { return String(whole) }
  let part = String(whole % Int(scale))
  return "\(whole / Int(scale)).\(String(repeating: "0", count: places - part.count))\(part)"
}
