import SidikTestSupport
import Testing

@testable import SidikCore

@Suite struct TimestampTests {
  /// 25 April 2021, 10:11:12 UTC.
  static let moment = 1_619_345_472
  static let midnight = 1_619_308_800

  @Test(
    arguments: [
      ("2021-04-25T10:11:12Z", moment, true), ("2021-04-25 10:11:12", moment, false),
      ("2021-04-25T17:11:12+07:00", moment, true), ("2021-04-25T17:11:12+0700", moment, true),
      ("2021-04-25T05:11:12-05", moment, true), ("20210425T101112Z", moment, true),
      ("20210425101112", moment, false), ("  2021-04-25T10:11:12.000Z\n", moment, true),
      ("2021/04/25 10:11:12", moment, false), ("25/04/2021 10:11:12", moment, false),
      ("25-04-2021 10:11:12", moment, false), ("25.04.2021, 10:11:12", moment, false),
      ("04/25/2021 10:11:12", moment, false), ("25/4/21 10:11:12", moment, false),
      ("Minggu, 25 April 2021 17:11:12 WIB", moment, true),
      ("Minggu, 25 Apr 2021 18.11.12 WITA", moment, true),
      ("25 April 2021 pukul 19:11:12 WIT", moment, true),
      ("Sun, 25 Apr 2021 10:11:12 +0000", moment, true),
      ("Sun, 25 Apr 2021 10:11:12 GMT", moment, true),
      ("Sun, 25 Apr 2021 03:11:12 -0700 (PDT)", moment, true),
      ("April 25, 2021 10:11:12 AM", moment, false), ("25-Apr-2021 10:11:12", moment, false),
      ("Sunday, April 25th, 2021 at 10:11:12 am UTC", moment, true),
      ("10:11:12 25/04/2021", moment, false), ("1619345472", moment, true),
      ("1619345472000", moment, true), ("1619345472000000", moment, true),
      ("1619345472000000000", moment, true), ("1.619345472e9", moment, true),
      ("2021-04-25", midnight, false), ("20210425", midnight, false),
      ("25 April 2021", midnight, false), ("25 Apr 21", midnight, false),
      ("2021 April 25", midnight, false), ("Minggu, 25/04/2021", midnight, false),
      ("Jum'at, 23 April 2021", midnight - 2 * 86400, false),
      ("Senin, 25 Apr 2021 10:30 WIB", midnight + 3 * 3600 + 1800, true),
      ("Senin (25/04/2021)", nil, false),
      ("25 Agustus 2020 | 07:05 WIB", 1_598_313_900, true),
      ("2021-04-24T24:00:00", midnight, false), ("12:30 AM 25/04/2021", midnight + 1800, false),
      ("12:30 PM 25/04/2021", midnight + 45000, false), ("1970-01-01", 0, false),
      ("1969-12-31T23:59:59Z", -1, true), ("29 Februari 2020", 1_582_934_400, false),
      ("31 Desember 1999", 946_598_400, false), ("April 2021", 1_617_235_200, false),
      ("2021-04", 1_617_235_200, false), ("2021", 1_609_459_200, false),
    ] as [(String, Int?, Bool)]
  )
  func understands(_ text: String, _ seconds: Int?, _ hasZone: Bool) {
    let read = Timestamp(text)
    #expect(read?.seconds == seconds, "\(text)")
    if seconds != nil { #expect(read?.hasZone == hasZone, "\(text)") }
  }

  @Test(arguments: [
    "", " ", "kemarin", "2 jam lalu", "31/02/2021", "29 Februari 2021", "2021-13-01",
    "2021-00-10", "25/25/2021", "2021-04-25T25:00", "10:30", "12", "-5", "1e400", "1e999999999",
    "99999999999999999999999", "2021-04-25T10:61", "April", "Senin", "2021-04-25 10:11:12 XYZ",
    "\u{0}2021", "2021-04-25\u{0}", "२५ अप्रैल", "😀", "(((((", "25 April 2021 26 Mei 2021",
    "13:00 PM 25/04/2021", "nan", "inf", "0x10", "1.2.3.4.5", "+", "::::", "2021-04-25T",
    "10000-01-01", "0000-01-01", String(repeating: "1", count: 99),
    String(repeating: "a", count: 5000),
  ])
  func refuses(_ text: String) {
    #expect(Timestamp(text) == nil, "\(text)")
  }

  @Test func fractionsOrder() throws {
    let early = try #require(Timestamp("2021-04-25T10:11:12.1Z"))
    let late = try #require(Timestamp("2021-04-25T10:11:12.123456789123Z"))
    #expect(early.nanoseconds == 100_000_000)
    #expect(late.nanoseconds == 123_456_789)
    #expect(early < late)
    #expect(Timestamp("1619345472123")?.nanoseconds == 123_000_000)
    #expect(Timestamp("1619345472.5")?.nanoseconds == 500_000_000)
  }

  @Test func everyDayOfFourCenturiesRoundTrips() throws {
    var expected = -135_140 * 86400  // 1 January 1600
    for year in 1600..<2000 {
      for month in 1...12 {
        for day in 1...31 {
          guard let seconds = CivilTime(year: year, month: month, day: day).seconds else {
            continue
          }
          #expect(seconds == expected)
          expected += 86400
        }
      }
    }
    #expect(expected == 10957 * 86400)
  }

  @Test func randomBytesNeverCrash() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("0123456789-/.: tzapm+,jufebwib(')\u{0}é".utf8)
    var understood = 0
    for _ in 0..<20000 {
      let count = Int.random(in: 0...30, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      if Timestamp(utf8: bytes) != nil { understood += 1 }
    }
    #expect(understood < 20000)
  }
}
