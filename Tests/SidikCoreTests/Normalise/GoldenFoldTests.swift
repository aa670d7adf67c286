import SidikCore
import Testing

/// Folds a string with some options.
func fold(_ text: String, _ options: NormaliserOptions = .chat) -> String {
  var normaliser = Normaliser(options)
  return normaliser.normalise(text).string
}

@Suite struct GoldenFoldTests {
  @Test(arguments: [
    ("", ""),
    ("   \n\t ", ""),
    ("!?...", ""),
    ("Halo, Dunia!", "halo dunia"),
    ("  a  b  ", "a b"),
    ("snake_case", "snake_case"),
    ("Kata\u{2014}kata \u{201C}kutip\u{201D}", "kata kata kutip"),
    ("\u{FEFF}awal", "awal"),
    ("STRASSE Stra\u{DF}e", "strasse strasse"),
    ("\u{FB01}lm", "film"),
    ("\u{BD} kg", "1 2 kg"),
    ("\u{2122}", "tm"),
    ("a\u{2026}b", "a b"),
    ("\u{39F}\u{394}\u{39F}\u{3A3}", "\u{3BF}\u{3B4}\u{3BF}\u{3C3}"),
  ])
  func compatibility(_ input: String, _ expected: String) {
    #expect(fold(input, .corpus) == expected)
  }

  @Test(arguments: [
    ("hoaks\u{200B}hoaks", "hoakshoaks"),
    ("ti\u{AD}dak", "tidak"),
    ("\u{202E}abc\u{202C} def", "abc def"),
    ("a\u{FE0F}b", "ab"),
    ("x\u{E0041}\u{E0042}y", "xy"),
    ("abc \u{200B} def", "abc def"),
    ("\u{200D}\u{200D}", ""),
    ("par\u{200D}ah", "parah"),
    // A joiner inside Devanagari and Arabic words is spelling, at their ends it is not.
    ("\u{915}\u{94D}\u{200D}\u{937}", "\u{915}\u{94D}\u{200D}\u{937}"),
    ("\u{645}\u{6CC}\u{200C}\u{62E}\u{648}", "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}"),
    ("\u{645}\u{200C} abc", "\u{645} abc"),
    ("\u{634}\u{650}\u{200C}\u{62E}", "\u{634}\u{650}\u{200C}\u{62E}"),
    ("\u{634}\u{200D}\u{650}", "\u{634}\u{650}"),
  ])
  func invisibles(_ input: String, _ expected: String) {
    #expect(fold(input, .article) == expected)
    #expect(fold(input, .corpus) == expected)
  }

  @Test(arguments: [
    ("caf\u{E9} cafe\u{301}", "cafe cafe"),
    ("Vi\u{1EC7}t", "viet"),
    ("z\u{315}\u{300}a\u{334}l\u{20DD}go\u{489}", "zalgo"),
    ("\u{39A}\u{3B1}\u{3BB}\u{3AE}", "\u{3BA}\u{3B1}\u{3BB}\u{3B7}"),
    // й and ї are letters, ё is written е as often as not, stress marks go.
    (
      "\u{419}\u{456}\u{308} \u{451}\u{436} \u{430}\u{301}", "\u{439}\u{457} \u{435}\u{436} \u{430}"
    ),
    // Marks that carry letters stay.
    ("\u{915}\u{94D}\u{937}", "\u{915}\u{94D}\u{937}"),
    ("\u{304B}\u{3099}", "\u{304C}"),
    ("\u{E01}\u{E34}\u{E19}", "\u{E01}\u{E34}\u{E19}"),
    ("\u{628}\u{64F}", "\u{628}\u{64F}"),
  ])
  func marks(_ input: String, _ expected: String) {
    #expect(fold(input, .article) == expected)
  }

  @Test(arguments: [
    // Mixed words and a Latin document.
    ("p\u{435}n\u{456}pu\u{430}n besar", "penipuan besar"),
    ("\u{441}\u{43E}\u{440} di sini", "cop di sini"),
    ("v\u{3BF}ucher grat\u{3B9}s", "voucher gratis"),
    // A word with letters that have no Latin double stays, even in a Latin document.
    (
      "kota \u{41C}\u{43E}\u{441}\u{43A}\u{432}\u{438}\u{447} indah",
      "kota \u{43C}\u{43E}\u{441}\u{43A}\u{432}\u{438}\u{447} indah"
    ),
    // Genuine Russian and Greek are never touched.
    (
      "\u{41E}\u{43D}\u{430} \u{441}\u{430}\u{43C}\u{430} \u{440}\u{430}\u{441}\u{441}\u{43A}\u{430}\u{437}\u{430}\u{43B}\u{430}",
      "\u{43E}\u{43D}\u{430} \u{441}\u{430}\u{43C}\u{430} \u{440}\u{430}\u{441}\u{441}\u{43A}\u{430}\u{437}\u{430}\u{43B}\u{430}"
    ),
    ("\u{3BD}\u{3BF}\u{3C5} \u{3BF}", "\u{3BD}\u{3BF}\u{3C5} \u{3BF}"),
  ])
  func confusables(_ input: String, _ expected: String) {
    #expect(fold(input, .article) == expected)
  }

  @Test(arguments: [
    ("\u{1D5D5}\u{1D5D4}\u{1D5DB}\u{1D5D4}\u{1D5EC}\u{1D5D4}", "bahaya"),
    ("\u{FF28}\u{FF4F}\u{FF41}\u{FF58}", "hoax"),
    ("\u{24D7}\u{24DE}\u{24D0}\u{24E7}", "hoax"),
    ("\u{1F157}\u{1F15E}\u{1F170}\u{1F187}", "hoax"),
    ("\u{1F1ED}\u{1F1F4}\u{1F1E6}\u{1F1FD}", "hoax"),
    ("\u{29C}\u{1D0F}\u{1D00}x", "hoax"),
    ("\u{250}\u{29E}\u{26F}", "akm"),
    ("\u{249E}\u{249D}", "c b"),
    ("\u{2776}\u{2777}", "12"),
    // ɔ is a letter of its own unless the word is upside down.
    ("\u{254}k\u{254}", "\u{254}k\u{254}"),
    ("\u{254}\u{29E}\u{254}", "ckc"),
  ])
  func styled(_ input: String, _ expected: String) {
    #expect(fold(input, .article) == expected)
  }

  @Test(arguments: [
    ("aman\u{1F64F}\u{1F3FD}semua", "aman semua"),
    ("\u{1F1EE}\u{1F1E9} merdeka \u{1F1EE}\u{1F1E9}\u{1F1F2}\u{1F1FE}", "merdeka"),
    ("1\u{FE0F}\u{20E3} satu", "1 satu"),
    ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", ""),
  ])
  func emoji(_ input: String, _ expected: String) {
    #expect(fold(input, .article) == expected)
  }

  @Test(arguments: [
    ("cek https://contoh.id/a?b=1, ya", "cek ya"),
    ("cek www.contoh.id. ya", "cek ya"),
    ("cek bit.ly/abc-DEF (ya)", "cek ya"),
    ("(http://x.com/a)", ""),
    ("dan/atau 10/02/2021 km/jam", "dan atau 10 02 2021 km jam"),
    ("http://a.com/1 http://a.com/2 z", "z"),
    ("awww. iya", "awww iya"),
    ("https://", ""),
    ("a:// b", "a b"),
  ])
  func urls(_ input: String, _ expected: String) {
    #expect(
      fold(input, NormaliserOptions(folds: [.compatibility, .punctuation, .urls])) == expected
    )
  }

  @Test(arguments: [
    ("WA +62 812-3456-7890 ya", "wa 0 ya"),
    ("hub 081234567890.", "hub 0"),
    ("hub (021) 555-1234 segera", "hub 0 segera"),
    ("6281234567890", "0"),
    ("gempa 6.0 dan 9.8", "gempa 6 0 dan 9 8"),
    ("2021-02-10 08:12:33", "2021 02 10 08 12 33"),
    ("Rp 1.500.000.000", "rp 1 500 000 000"),
    ("0812-3456-7890 0813-4567-8901", "0 0"),
    ("A081234567890", "a081234567890"),
  ])
  func phones(_ input: String, _ expected: String) {
    let options = NormaliserOptions(folds: [.compatibility, .punctuation, .phones])
    #expect(fold(input, options) == expected)
  }

  @Test(arguments: [
    ("p e n i p u", "penipu"),
    ("p.e.n.i.p.u itu", "penipu itu"),
    ("awas p e n i p u", "awas penipu"),
    ("a b c", "a b c"),
    ("x a b c d ya", "xabcd ya"),
    ("1 2 3 4", "1 2 3 4"),
    (
      "\u{43F} \u{440} \u{438} \u{432} \u{435} \u{442}",
      "\u{43F}\u{440}\u{438}\u{432}\u{435}\u{442}"
    ),
  ])
  func spacedLetters(_ input: String, _ expected: String) {
    #expect(fold(input) == expected)
  }

  @Test(arguments: [
    ("anak2 kecil", "anak anak kecil"),
    ("anak2nya", "anak anaknya"),
    ("anak\u{B2}", "anak anak"),
    ("teman2an", "teman temanan"),
    ("co2 h2o", "co2 h2o"),
    ("covid2020", "covid2020"),
    ("rumah2x", "rumah2x"),
    ("aaa2", "a2"),
  ])
  func reduplication(_ input: String, _ expected: String) {
    #expect(fold(input) == expected)
  }

  @Test(arguments: [
    ("p3n1pu4n", "penipuan"),
    ("5aya m4u", "saya mau"),
    ("s@ya bi$nis", "saya bisnis"),
    ("tulis ke redaksi@contoh.id", "tulis ke redaksi contoh id"),
    ("covid19 g20 a1", "covid19 g20 a1"),
    ("5kg 10ribu 3jt", "5kg 10ribu 3jt"),
    ("2021", "2021"),
    ("Rp500jt CR7 mp3 buday4", "rp500jt cr7 mp3 budaya"),
    ("kab1n3t", "kabinet"),
  ])
  func leet(_ input: String, _ expected: String) {
    #expect(fold(input) == expected)
  }

  @Test(arguments: [
    ("penipuuuuan", "penipuan"),
    ("hahaaaa", "haha"),
    ("maaf saat", "maaf saat"),
    ("wwww aaaa", "ww aa"),
    ("PPP, PPPK dan www", "ppp pppk dan www"),
    ("hmmm sssst brrrr", "hm st br"),
    ("pasal iii dan xviii", "pasal iii dan xviii"),
    ("iiiya", "iya"),
    ("1000000", "1000000"),
    ("\u{434}\u{430}\u{430}\u{430}\u{430}", "\u{434}\u{430}"),
  ])
  func runs(_ input: String, _ expected: String) {
    #expect(fold(input) == expected)
  }

  @Test(arguments: [
    ("Diteruskan\nAda kabar penting hari ini", "ada kabar penting hari ini"),
    (
      "*Diteruskan berkali-kali*\n\n[10/02 08.12] +62 812-3456-7890: Ada kabar penting",
      "ada kabar penting"
    ),
    ("10/02/21 08.12 - Budi: Ada kabar penting", "ada kabar penting"),
    ("Ada kabar penting.\nSebarkan ke semua grup keluarga!", "ada kabar penting"),
    ("Ada kabar penting. Semoga bermanfaat. Copas dari grup sebelah", "ada kabar penting"),
    ("\u{1D401}\u{1D402}\nAda kabar penting", "ada kabar penting"),
    // Only the edges, only whole segments, never a whole short text.
    ("Surat itu diteruskan ke menteri pagi ini", "surat itu diteruskan ke menteri pagi ini"),
    (
      "Satu dua tiga.\nSebarkan ke semua.\nEmpat lima enam",
      "satu dua tiga sebarkan ke semua empat lima enam"
    ),
    ("Semoga bermanfaat", "semoga bermanfaat"),
    ("Diteruskan\nSebarkan ke semua", "sebarkan ke semua"),
    ("Diteruskan\nAda apa", "diteruskan ada apa"),
    ("\n\n Ada kabar penting \n\n", "ada kabar penting"),
    ("[1] catatan kaki: isi teks", "1 catatan kaki isi teks"),
  ])
  func forwardMarks(_ input: String, _ expected: String) {
    #expect(fold(input) == expected)
  }

  @Test func slangIsOffByDefault() {
    #expect(fold("yg gak") == "yg gak")
    var options = NormaliserOptions.chat
    options.folds.insert(.slang)
    #expect(fold("yg tdk dgn aq", options) == "yang tidak dengan aku")
  }
}
