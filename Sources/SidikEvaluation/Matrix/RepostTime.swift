/// A moment of the form `2024-01-17T06:40:00+07:00` that minutes can be added to.
///
/// The offset is carried along as written: a repost is given in the zone of its original.
struct RepostTime {
  private var minutes: Int
  private let seconds: Int
  private let zone: String

  /// Reads a moment, or nil where the text has another form or an impossible field.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
      let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
    else { return nil }
    minutes = (Self.days(year: year, month: month, day: day) * 24 + hour) * 60 + minute
    seconds = second
    zone = String(decoding: bytes[19...], as: UTF8.self)
  }

  /// Moves the moment.
  mutating func add(minutes more: Int) { minutes += more }

  /// The moment as text again.
  var text: String {
    var days = minutes / 1440
    var year = 0
    while days >= Self.length(year: year) {
      days -= Self.length(year: year)
      year += 1
    }
    var month = 1
    while days >= Self.length(month: month, year: year) {
      days -= Self.length(month: month, year: year)
      month += 1
    }
    let ofDay = minutes % 1440
    return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(days + 1, 2)
      + "T" + Self.padded(ofDay / 60, 2) + ":" + Self.padded(ofDay % 60, 2) + ":"
      + Self.padded(seconds, 2) + zone
  }

  /// Days from 1 January of the year 0 of the Gregorian calendar.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let whole = (0..<year).reduce(0) { $0 + length(year: $1) }
    return (1..<month).reduce(whole + day - 1) { $0 + length(month: $1, year: year) }
  }

  private static func length(year: Int) -> Int { isLeap(year) ? 366 : 365 }

  private static func length(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
