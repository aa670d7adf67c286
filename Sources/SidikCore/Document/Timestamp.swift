/// A moment, as texts write it, made comparable.
///
/// Understood are ISO 8601, `2021-04-25 10:11:12`, `25/04/2021` (the day first, unless only the
/// other order makes a date), `25 April 2021` and `Sunday, April 25, 2021` with Indonesian and
/// English names, `Senin, 25 Apr 2021 10.30 WIB`, RFC 2822, and seconds, milli-, micro- or
/// nanoseconds since 1970. Anything else is nil: a wrong order is worse than none.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Whole seconds since 1970-01-01 00:00 UTC.
  public let seconds: Int
  /// The rest, in nanoseconds.
  public let nanoseconds: Int
  /// Whether the text named a time zone; without one it is taken as UTC.
  public let hasZone: Bool

  /// Makes a moment.
  public init(seconds: Int, nanoseconds: Int = 0, hasZone: Bool = true) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.hasZone = hasZone
  }

  /// Reads a moment from a text.
  ///
  /// - Parameter text: in any of the forms above; white space round it is allowed.
  public init?(_ text: String) { self.init(utf8: Array(text.utf8)) }

  /// Reads a moment from the bytes of a text.
  ///
  /// - Parameter bytes: in any of the forms above; white space round it is allowed.
  /// - Complexity: O(n), and nothing longer than 100 bytes is looked at.
  public init?(utf8 bytes: some Collection<UInt8>) {
    guard bytes.count <= 100 else { return nil }
    let plain = bytes.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }
    let isSpace: (UInt8) -> Bool = { $0 == 32 || ($0 >= 9 && $0 <= 13) }
    guard let first = plain.firstIndex(where: { !isSpace($0) }),
      let last = plain.lastIndex(where: { !isSpace($0) })
    else { return nil }
    let text = Array(plain[first...last])
    if let number = Timestamp(number: text) {
      self = number
      return
    }
    var parser = TimestampParser(text)
    guard let moment = parser.parse() else { return nil }
    self = moment
  }

  /// Orders by the moment; of equal ones, one that names its zone comes first.
  public static func < (a: Timestamp, b: Timestamp) -> Bool {
    if a.seconds != b.seconds { return a.seconds < b.seconds }
    if a.nanoseconds != b.nanoseconds { return a.nanoseconds < b.nanoseconds }
    return a.hasZone && !b.hasZone
  }

  /// Reads a bare number: a time since 1970, by its size, or digits of a date.
  private init?(number text: [UInt8]) {
    let digits = text.prefix { $0 >= 48 && $0 <= 57 }.count
    let rest = text[digits...]
    if rest.isEmpty, let date = Timestamp(digits: text) {
      self = date
      return
    }
    guard digits > 0, rest.isEmpty || rest.first == 46 || rest.first == 101,
      rest.allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 101 || $0 == 43 }),
      let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
    else { return nil }
    // Seconds have nine to eleven digits from 1973 on; each further unit has three more.
    let units: [(low: Double, perSecond: Double)] = [
      (1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (1e8, 1),
    ]
    guard value < 1e20, let unit = units.first(where: { value >= $0.low }) else { return nil }
    if rest.isEmpty, let whole = Int(String(decoding: text, as: UTF8.self)) {
      let per = Int(unit.perSecond)
      self.init(seconds: whole / per, nanoseconds: whole % per * (1_000_000_000 / per))
      return
    }
    let seconds = (value / unit.perSecond).rounded(.down)
    let fraction = (value / unit.perSecond - seconds) * 1e6
    // A double holds about a microsecond of today's seconds.
    self.init(seconds: Int(seconds), nanoseconds: Int(fraction.rounded()) * 1000)
  }

  /// Reads `2021`, `20210425`, `202104251030` or `20210425103000`.
  private init?(digits text: [UInt8]) {
    func value(_ range: Range<Int>) -> Int {
      text[range].reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    guard [4, 8, 12, 14].contains(text.count) else { return nil }
    let year = value(0..<4)
    guard year >= 1800, year < 2200 else { return nil }
    var civil = CivilTime(year: year, month: 1, day: 1)
    if text.count >= 8 {
      civil.month = value(4..<6)
      civil.day = value(6..<8)
    }
    if text.count >= 12 {
      civil.hour = value(8..<10)
      civil.minute = value(10..<12)
    }
    if text.count == 14 { civil.second = value(12..<14) }
    guard let seconds = civil.seconds else { return nil }
    self.init(seconds: seconds, hasZone: false)
  }
}

/// A date and time of day as calendars write it.
struct CivilTime {
  var year: Int
  var month: Int
  var day: Int
  var hour = 0
  var minute = 0
  var second = 0

  /// Whether a year of the Gregorian calendar has a 29 February.
  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days before a month in a common year.
  private static let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

  /// Whole seconds since 1970 as if in UTC; nil where there is no such date or time.
  var seconds: Int? {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1 else { return nil }
    let leap = Self.isLeap(year)
    var length = Self.daysBefore[month] - Self.daysBefore[month - 1]
    if leap, month == 2 { length += 1 }
    let midnight = hour == 24 && minute == 0 && second == 0
    guard day <= length, hour >= 0, hour < 24 || midnight, minute >= 0, minute < 60,
      second >= 0, second <= 60
    else { return nil }
    let past = year - 1
    var days = past * 365 + past / 4 - past / 100 + past / 400
    days += Self.daysBefore[month - 1] + day - 1
    if leap, month > 2 { days += 1 }
    // 719,162 days lie between 1 January of year 1 and 1 January 1970.
    return (days - 719_162) * 86400 + hour * 3600 + minute * 60 + second
  }
}
