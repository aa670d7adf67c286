/// Reads dates and times from lower-case bytes, word by word.
struct TimestampParser {
  private let text: [UInt8]
  private var at = 0

  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var time: (hour: Int, minute: Int, second: Int, nanoseconds: Int)?
  private var half: Int?
  private var zone: Int?
  private var zoneTakesOffset = false
  private var monthIsNamed = false

  /// Makes a parser of a trimmed, lower-case text.
  init(_ text: [UInt8]) { self.text = text }

  /// The moment that the whole text stands for; nil where any of it is not understood.
  mutating func parse() -> Timestamp? {
    while let byte = peek() {
      if Self.isDigit(byte) {
        guard takeNumber() else { return nil }
      } else if Self.isLetter(byte) {
        guard takeWord() else { return nil }
      } else {
        guard takeMark(byte) else { return nil }
      }
    }
    return moment()
  }

  private func moment() -> Timestamp? {
    guard let year, let month else { return nil }
    var civil = CivilTime(year: year, month: month, day: day ?? 1)
    if let time {
      civil.hour = time.hour
      civil.minute = time.minute
      civil.second = time.second
    }
    if let half {
      guard let time, time.hour >= 1, time.hour <= 12 else { return nil }
      civil.hour = time.hour % 12 + half
    }
    guard let seconds = civil.seconds else { return nil }
    return Timestamp(
      seconds: seconds - (zone ?? 0),
      nanoseconds: time?.nanoseconds ?? 0,
      hasZone: zone != nil
    )
  }

  // MARK: Characters

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 97 && byte <= 122 }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    at + ahead < text.count ? text[at + ahead] : nil
  }

  private func isDigit(_ ahead: Int) -> Bool { peek(ahead).map(Self.isDigit) ?? false }

  /// A run of at most nine digits, passed over.
  private mutating func number() -> (value: Int, digits: Int)? {
    var value = 0
    let start = at
    while let byte = peek(), Self.isDigit(byte) {
      guard at - start < 9 else { return nil }
      value = value * 10 + Int(byte - 48)
      at += 1
    }
    return at > start ? (value, at - start) : nil
  }

  // MARK: Numbers

  private mutating func takeNumber() -> Bool {
    let start = at
    guard let first = number() else { return false }
    let next = peek()
    if next == UInt8(ascii: ":") || (next == UInt8(ascii: ".") && hasDate) {
      return isDigit(1) && takeTime(hour: first)
    }
    if !hasDate, !monthIsNamed, year == nil, day == nil, let mark = next,
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: "."),
      isDigit(1)
    {
      return takeNumericDate(first, mark)
    }
    if first.digits == 8, year == nil, next == UInt8(ascii: "t"), isDigit(1) {
      year = first.value / 10000
      month = first.value / 100 % 100
      day = first.value % 100
      return true
    }
    if hasDate, time == nil, start > 0, text[start - 1] == UInt8(ascii: "t"),
      first.digits == 6 || first.digits == 4
    {
      let full = first.digits == 6 ? first.value : first.value * 100
      time = (full / 10000, full / 100 % 100, full % 100, 0)
      return takeFraction()
    }
    return takeDatePart(first)
  }

  /// Whether a whole date was read, so that what follows is a time.
  private var hasDate: Bool { year != nil && month != nil }

  /// A day or a year beside a month's name.
  private mutating func takeDatePart(_ part: (value: Int, digits: Int)) -> Bool {
    if part.digits == 4, year == nil {
      year = part.value
      return true
    }
    guard part.digits <= 2 else { return false }
    if day == nil {
      day = part.value
      return true
    }
    guard year == nil, month != nil, part.digits == 2 else { return false }
    year = Self.century(part.value)
    return true
  }

  private static func century(_ short: Int) -> Int { short < 69 ? 2000 + short : 1900 + short }

  /// `2021-04-25`, `2021-04`, `25/04/2021`, `25.4.21`, with one mark throughout.
  private mutating func takeNumericDate(
    _ first: (value: Int, digits: Int),
    _ mark: UInt8
  ) -> Bool {
    at += 1
    guard let second = number(), second.digits <= 2 else { return false }
    let hasThird = peek() == mark && isDigit(1)
    if first.digits == 4 {
      year = first.value
      month = second.value
      guard hasThird else { return true }
      at += 1
      guard let third = number(), third.digits <= 2 else { return false }
      day = third.value
      return true
    }
    guard first.digits <= 2, hasThird else { return false }
    at += 1
    guard let third = number(), third.digits == 4 || third.digits == 2 else { return false }
    year = third.digits == 4 ? third.value : Self.century(third.value)
    let swapped = second.value > 12 && first.value <= 12
    day = swapped ? second.value : first.value
    month = swapped ? first.value : second.value
    return true
  }

  /// `10:30`, `10.30`, `10:30:15`, `10:30:15.123`, from the first mark on.
  private mutating func takeTime(hour: (value: Int, digits: Int)) -> Bool {
    guard time == nil, hour.digits <= 2, let mark = peek() else { return false }
    at += 1
    guard let minute = number(), minute.digits == 2 else { return false }
    time = (hour.value, minute.value, 0, 0)
    guard peek() == mark, isDigit(1) else { return true }
    at += 1
    guard let second = number(), second.digits == 2 else { return false }
    time = (hour.value, minute.value, second.value, 0)
    return takeFraction()
  }

  /// A decimal fraction of a second, of any length.
  private mutating func takeFraction() -> Bool {
    guard let mark = peek(), mark == UInt8(ascii: ".") || mark == UInt8(ascii: ","), isDigit(1)
    else { return true }
    at += 1
    var scale = 100_000_000
    while let byte = peek(), Self.isDigit(byte) {
      time?.nanoseconds += Int(byte - 48) * scale
      scale /= 10
      at += 1
    }
    return true
  }

  // MARK: Words

  private mutating func takeWord() -> Bool {
    let start = at
    while let byte = peek(), Self.isLetter(byte) { at += 1 }
    let word = String(decoding: text[start..<at], as: UTF8.self)
    if let named = TimestampWords.months[word] {
      guard month == nil else { return false }
      month = named
      monthIsNamed = true
      return true
    }
    if TimestampWords.ignored.contains(word) { return true }
    if ["st", "nd", "rd", "th"].contains(word) {
      return start > 0 && Self.isDigit(text[start - 1])
    }
    if word == "t" { return hasDate && time == nil && isDigit(0) }
    if word == "am" || word == "pm" {
      guard time != nil, half == nil else { return false }
      half = word == "am" ? 0 : 12
      return true
    }
    if let offset = TimestampWords.zones[word] {
      guard time != nil, zone == nil else { return false }
      zone = offset
      zoneTakesOffset = word == "utc" || word == "gmt"
      return true
    }
    return false
  }

  // MARK: Marks

  private mutating func takeMark(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), isDigit(1), time != nil {
      return takeOffset(byte)
    }
    at += 1
    if byte == UInt8(ascii: "(") {
      while let inner = peek(), inner != UInt8(ascii: ")") { at += 1 }
      guard peek() != nil else { return false }
      at += 1
      return true
    }
    return [32, 9, 10, 13].contains(byte) || ",|-/.;'".utf8.contains(byte)
  }

  /// `+07:00`, `+0700`, `-07`.
  private mutating func takeOffset(_ sign: UInt8) -> Bool {
    guard zone == nil || zoneTakesOffset else { return false }
    at += 1
    guard let first = number() else { return false }
    var hours = first.value
    var minutes = 0
    if first.digits == 4 {
      hours = first.value / 100
      minutes = first.value % 100
    } else if peek() == UInt8(ascii: ":"), isDigit(1) {
      at += 1
      guard let second = number(), second.digits == 2 else { return false }
      minutes = second.value
    }
    guard first.digits <= 2 || first.digits == 4, hours <= 15, minutes < 60 else { return false }
    zone = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    zoneTakesOffset = false
    return true
  }
}

/// The words that dates are written with, in Indonesian and English.
enum TimestampWords {
  static let months: [String: Int] = {
    let names = [
      "jan january januari", "feb february februari peb pebruari", "mar march maret mrt",
      "apr april", "may mei", "jun june juni", "jul july juli",
      "aug august agustus agu agt ags agust", "sep sept september", "oct october okt oktober",
      "nov november nop nopember", "dec december des desember",
    ]
    var months: [String: Int] = [:]
    for (index, line) in names.enumerated() {
      for name in line.split(separator: " ") { months[String(name)] = index + 1 }
    }
    return months
  }()

  /// Seconds east of Greenwich.
  static let zones = [
    "z": 0, "utc": 0, "gmt": 0, "wib": 25200, "wita": 28800, "wit": 32400, "sgt": 28800,
    "myt": 28800, "cet": 3600, "cest": 7200, "est": -18000, "edt": -14400, "cst": -21600,
    "cdt": -18000, "mst": -25200, "mdt": -21600, "pst": -28800, "pdt": -25200, "jst": 32400,
  ]

  /// Names of days and words that add nothing.
  static let ignored: Set<String> = [
    "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad", "sen", "sel", "rab",
    "kam", "jum", "sab", "min", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat",
    "sun", "pukul", "pkl", "jam", "tanggal", "tgl", "pada", "hari", "at", "on", "of", "the",
  ]
}
