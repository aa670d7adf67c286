import SidikCluster
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikReport

@Suite struct WordDifferenceTests {
  /// The length of the longest common subsequence, by its definition.
  static func common(_ a: [Int32], _ b: [Int32]) -> Int {
    var row = [Int](repeating: 0, count: b.count + 1)
    for word in a {
      var diagonal = 0
      for j in b.indices {
        let above = row[j + 1]
        row[j + 1] = word == b[j] ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return row[b.count]
  }

  static func check(_ a: [Int32], _ b: [Int32]) -> WordDifference {
    let difference = WordDifference(a, b)
    var (x, y) = (0, 0)
    for run in difference.runs {
      #expect(run.a.lowerBound == x && run.b.lowerBound == y)
      (x, y) = (run.a.upperBound, run.b.upperBound)
      switch run.kind {
      case .same: #expect(a[run.a].elementsEqual(b[run.b]) && !run.a.isEmpty)
      case .removed: #expect(!run.a.isEmpty && run.b.isEmpty)
      case .inserted: #expect(run.a.isEmpty && !run.b.isEmpty)
      case .replaced: #expect(!run.a.isEmpty && !run.b.isEmpty)
      }
    }
    #expect((x, y) == (a.count, b.count))
    return difference
  }

  @Test(arguments: [(4, 2), (12, 3), (40, 4), (60, 30), (120, 6)])
  func `covers both texts, and is shortest where nothing anchors it`(length: Int, letters: Int32) {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      func words() -> [Int32] {
        (0..<Int.random(in: 0...length, using: &random)).map { _ in
          Int32.random(in: 0..<letters, using: &random)
        }
      }
      let (a, b) = (words(), words())
      let difference = Self.check(a, b)
      // Each word twice in a row stands never once, so patience has nothing to hold.
      let (twice, again) = (a.flatMap { [$0, $0] }, b.flatMap { [$0, $0] })
      let doubled = Self.check(twice, again)
      let same = doubled.runs.filter { $0.kind == .same }.reduce(0) { $0 + $1.a.count }
      if !Self.hasSingle(twice, again) {
        #expect(same == Self.common(twice, again))
      }
      #expect(!difference.isCoarse)
    }
  }

  /// Whether trimming can leave a word that stands once in each part.
  private static func hasSingle(_ a: [Int32], _ b: [Int32]) -> Bool {
    let head = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a.dropFirst(head).reversed(), b.dropFirst(head).reversed())
      .prefix { $0 == $1 }.count
    let (x, y) = (a.dropFirst(head).dropLast(tail), b.dropFirst(head).dropLast(tail))
    return Set(x).contains { word in x.count { $0 == word } == 1 && y.count { $0 == word } == 1 }
  }

  @Test func `unlike texts end in time and say so`() {
    let a = (0..<20_000).map { Int32(truncatingIfNeeded: $0 &* 7919 % 900) }
    let b = (0..<20_000).map { Int32(truncatingIfNeeded: $0 &* 104_729 % 900) }
    #expect(Self.check(a, b.reversed()).isCoarse)
  }

  @Test func `passages in another place are moved`() {
    let a: [Int32] = [1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]
    let b: [Int32] = [10, 11, 12, 13, 14, 15, 1, 2, 3, 4, 5]
    let difference = Self.check(a, b)
    let moved = difference.moved(a, b)
    #expect(moved.a == [Bool](repeating: true, count: 5) + [Bool](repeating: false, count: 6))
    #expect(moved.b == [Bool](repeating: false, count: 6) + [Bool](repeating: true, count: 5))
  }
}

@Suite struct WordSequenceTests {
  @Test func `words stand where the original has them`() {
    let reader = WordReader(Profile.auto.normaliser)
    let text = "KABAR  baik, anak2 & para-orangtua! ＢＡＮＫ\u{200B}BCA"
    let first = reader.words(of: Array(text.utf8))
    let second = reader.words(of: Array("kabar baik anak anak para orangtua bankbca".utf8))
    #expect(first.words == second.words)
    var last = 0
    for range in first.ranges {
      #expect(range.lowerBound >= last && range.upperBound <= text.utf8.count)
      last = range.upperBound
    }
    let kabar = first.ranges[0]
    #expect(String(decoding: first.text[kabar], as: UTF8.self) == "KABAR")
  }
}

@Suite struct DifferenceViewTests {
  static func view(_ a: String, _ b: String, context: Int? = nil) -> String {
    let reader = WordReader(Profile.auto.normaliser)
    let view = DifferenceView(reader.words(of: Array(a.utf8)), reader.words(of: Array(b.utf8)))
    return String(decoding: view.text(.plain, context: context), as: UTF8.self)
  }

  @Test func `marks what was taken out and put in`() {
    #expect(
      Self.view(
        "Transfer ke BCA atas nama Budi hari ini",
        "Transfer ke Mandiri atas nama Citra hari ini"
      )
        == "Transfer ke [-BCA-] {+Mandiri+} atas nama [-Budi-] {+Citra+} hari ini\n"
    )
    #expect(Self.view("satu dua tiga", "SATU, dua! tiga") == "satu dua tiga\n")
    #expect(
      Self.view("Pagi, (kemarin).\n\n\n\"Ya\" katanya.", "Pagi, \"Ya\" katanya")
        == "Pagi, ([-kemarin-]).\n\n\"Ya\" katanya.\n"
    )
    #expect(Self.view("", "baru") == "{+baru+}\n")
    #expect(Self.view("", "") == "")
  }

  @Test func `long stretches are cut to their context`() {
    let words = (1...40).map { "kata\($0)x" }.joined(separator: " ")
    #expect(
      Self.view(words + " lama", words + " baru", context: 2)
        == " … 38 words alike … kata39x kata40x [-lama-] {+baru+}\n".dropFirst()
    )
  }

  @Test func `no character of a text steers the terminal`() {
    let shown = Self.view("merah \u{1B}[31m tebal \u{202E}balik", "merah \u{9B}2J tebal depan")
    #expect(
      shown.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
    )
    #expect(!shown.unicodeScalars.contains("\u{202E}"))
  }
}
