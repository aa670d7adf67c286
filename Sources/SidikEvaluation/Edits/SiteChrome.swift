/// What a news site puts round every article: navigation, an advertisement, links, a footer.
public struct SiteChrome: Hashable, Sendable {
  /// The site's name, which becomes the source of what is wrapped.
  public var source: String
  /// The lines before the article.
  public var header: String
  /// A line set between two paragraphs.
  public var advertisement: String
  /// Links to other articles, after the text.
  public var related: String
  /// The last lines of the page.
  public var footer: String

  /// Makes the frame of a site.
  public init(
    source: String,
    header: String,
    advertisement: String,
    related: String,
    footer: String
  ) {
    self.source = source
    self.header = header
    self.advertisement = advertisement
    self.related = related
    self.footer = footer
  }

  /// The text inside this frame, the advertisement, if any, after the word in its middle.
  ///
  /// - Parameter text: an article.
  /// - Returns: the page as a careless scraper would keep it.
  public func wrap(_ text: String) -> String {
    let body = advertisement.isEmpty ? text : interrupted(text)
    return [header, body, related, footer].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func interrupted(_ text: String) -> String {
    let cut = EditTokens(text)
    let words = cut.wordPlaces.count
    let head = cut.excerpt(words: 0..<(words / 2))
    let tail = cut.excerpt(words: (words / 2)..<words)
    return [head, advertisement, tail].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// Four invented sites.
  public static let builtIn: [SiteChrome] = [
    SiteChrome(
      source: "pelitapantai.example",
      header:
        "Pelita Pantai — terang sampai ke dermaga\nUtama · Daerah · Laut · Dapur · Video · Surat Pembaca",
      advertisement:
        "[IKLAN] Jas hujan anti sobek, beli dua dapat payung. Geser untuk melanjutkan membaca.",
      related:
        "Artikel Terkait:\n- Cara membaca pasang surut dari kulit kerang\n- Tujuh dermaga paling tenang untuk memancing\n- Kuis: ikan apakah kamu?",
      footer:
        "© Pelita Pantai. Semua hak dilindungi. Syarat Pemakaian | Karier | Peta Situs | Lapor Kesalahan"
    ),
    SiteChrome(
      source: "gardakabar.example",
      header:
        "GARDA KABAR\nHome News Ekonomi Bola Gaya Otomotif Indeks\nUnduh aplikasi kami dan baca tanpa iklan selama tujuh hari",
      advertisement: "ADVERTISEMENT — SCROLL UNTUK MELANJUTKAN — kredit panci tanpa uang muka",
      related:
        "Lihat Juga: Harga Ayam Hari Ini | Daftar Libur Bersama | Ramalan Bintang Pekan Ini | Foto Kucing Pembaca",
      footer:
        "Simak breaking news dan berita pilihan kami langsung di ponselmu. Pilih saluran andalanmu di kanal Garda Kabar.\nRedaksi Pedoman Siber Disclaimer Info Iklan"
    ),
    SiteChrome(
      source: "simpulberita.example",
      header:
        "Simpul Berita | Menyambung yang terputus\nPilih wilayah: Utara Selatan Timur Barat   Masuk   Langganan",
      advertisement:
        "Mari bergabung dengan kelas menulis daring kami, kursi terbatas untuk dua puluh peserta.",
      related:
        "Pilihan Editor\nMengapa payung selalu hilang di kantor?\nWawancara dengan penjaga mercusuar terakhir",
      footer:
        "Dapatkan buletin pagi kami. Dengan mendaftar Anda menyetujui Kebijakan Data Simpul Berita.\nTags: berita hari ini, terkini, terpopuler"
    ),
    SiteChrome(
      source: "tajukrakyat.example",
      header: "TajukRakyat.example > Nasional > Berita\nKirim naskah | Galeri | Radio | Cari",
      advertisement: "Konten ini didukung oleh Toko Bahan Bangunan Sumber Rejeki Angin.",
      related:
        "Jangan lewatkan: sepuluh sambal terpedas di Jatira; gaji lurah tahun depan; lagu lama yang kembali digemari.",
      footer:
        "Ikuti kami di semua media sosial. Komentar pembaca bukan tanggung jawab redaksi. Hak cipta 2024 TajukRakyat."
    ),
  ]
}
