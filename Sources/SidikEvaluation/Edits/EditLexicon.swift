/// The Indonesian words that edits know: chat spellings, synonyms, nouns with an emoji.
///
/// Written for this project. The arrays are the lists; the tables are only ever looked up, never
/// walked, since the order of a dictionary is no part of its contract.
enum EditLexicon {
  /// Formal word and chat spelling.
  static let slang: [(String, String)] = [
    ("yang", "yg"), ("dan", "n"), ("dengan", "dgn"), ("untuk", "utk"), ("dari", "dr"),
    ("tidak", "ga"), ("bukan", "bkn"), ("sudah", "udh"), ("belum", "blm"), ("akan", "bakal"),
    ("saya", "sy"), ("kami", "km"), ("kamu", "lu"), ("anda", "ente"), ("mereka", "mrk"),
    ("karena", "krn"), ("kalau", "klo"), ("jika", "klo"), ("tetapi", "tp"), ("atau", "ato"),
    ("juga", "jg"), ("saja", "aja"), ("lagi", "lg"), ("sedang", "lg"), ("masih", "msh"),
    ("hanya", "cm"), ("banyak", "byk"), ("orang", "org"), ("semua", "smua"), ("setiap", "tiap"),
    ("bisa", "bs"), ("dapat", "dpt"), ("harus", "hrs"), ("jangan", "jgn"), ("sampai", "smp"),
    ("seperti", "kyk"), ("sama", "sm"), ("lebih", "lbh"), ("sangat", "bgt"), ("sekali", "bgt"),
    ("besar", "gede"), ("kecil", "kcl"), ("sebelum", "sblm"), ("setelah", "stlh"),
    ("sekarang", "skrg"), ("kemarin", "kmrn"), ("besok", "bsk"), ("hari", "hr"),
    ("minggu", "mgg"), ("bulan", "bln"), ("tahun", "thn"), ("jam", "jm"), ("menit", "mnt"),
    ("pagi", "pg"), ("siang", "siank"), ("malam", "mlm"), ("rumah", "rmh"), ("jalan", "jln"),
    ("sekolah", "skul"), ("teman", "tmn"), ("keluarga", "klg"), ("bapak", "bpk"), ("ibu", "bu"),
    ("uang", "duit"), ("mobil", "mbl"), ("motor", "mtr"), ("telepon", "tlp"),
    ("nomor", "no"), ("pesan", "psn"), ("tolong", "tlg"), ("terima", "trm"), ("kasih", "ksh"),
    ("langsung", "lgsg"), ("bagaimana", "gmn"), ("mengapa", "knp"), ("kenapa", "knp"),
    ("siapa", "sp"), ("kapan", "kpn"), ("begitu", "gitu"), ("begini", "gini"), ("benar", "bnr"),
    ("memang", "emg"), ("punya", "pny"), ("kata", "kt"), ("katanya", "ktnya"), ("tahu", "tau"),
    ("pakai", "pk"), ("memakai", "pake"), ("melihat", "liat"), ("habis", "abis"),
    ("hati", "ati"), ("hilang", "ilang"), ("cepat", "cpt"), ("sedikit", "dikit"),
    ("dalam", "dlm"), ("pada", "pd"), ("kepada", "kpd"), ("oleh", "ama"), ("dulu", "dl"),
    ("terus", "trs"), ("tanggal", "tgl"), ("kabupaten", "kab"), ("provinsi", "prov"),
    ("kecamatan", "kec"), ("pemerintah", "pmrnth"), ("rupiah", "rp"), ("ribu", "rb"),
    ("juta", "jt"), ("kilogram", "kg"), ("kilometer", "km"), ("persen", "prsn"),
    ("silakan", "silahkn"), ("mohon", "mhn"), ("selamat", "slmt"), ("warga", "wrg"),
  ]

  /// Words of about one meaning, the first replaced by any of the others.
  static let synonyms: [[String]] = [
    ["mengatakan", "menyebutkan", "menyatakan"], ["menyebut", "menilai", "mengatakan"],
    ["kata", "ujar", "tutur"], ["menjelaskan", "menerangkan", "memaparkan"],
    ["menuturkan", "menceritakan"], ["besar", "raya", "akbar"], ["kecil", "mungil", "mini"],
    ["banyak", "sejumlah", "beragam"], ["semua", "seluruh", "segenap"],
    ["setelah", "sesudah", "selepas"], ["sebelum", "menjelang"], ["karena", "sebab", "lantaran"],
    ["tetapi", "namun", "akan tetapi"], ["namun", "tetapi"], ["meskipun", "walaupun", "kendati"],
    ["untuk", "buat", "guna"], ["dengan", "memakai", "bersama"],
    ["sekitar", "kira-kira", "kurang lebih"],
    ["hampir", "nyaris"], ["hanya", "cuma", "sekadar"], ["sudah", "telah"], ["telah", "sudah"],
    ["akan", "hendak", "bakal"], ["harus", "wajib", "mesti"], ["bisa", "dapat", "mampu"],
    ["dapat", "bisa"], ["membuat", "menjadikan", "menciptakan"], ["memakai", "menggunakan"],
    ["melihat", "menyaksikan", "memandang"], ["mencari", "memburu", "menelusuri"],
    ["datang", "tiba", "hadir"], ["pulang", "kembali"], ["naik", "meningkat", "bertambah"],
    ["turun", "menurun", "merosot"], ["mulai", "sejak"], ["sejak", "semenjak"],
    ["sampai", "hingga"], ["hingga", "sampai"], ["sementara", "sedangkan"],
    ["sedangkan", "sementara"], ["warga", "penduduk", "masyarakat"], ["orang", "jiwa", "insan"],
    ["rumah", "tempat tinggal", "kediaman"], ["jalan", "ruas jalan", "lintasan"],
    ["kota", "wilayah"], ["desa", "kampung", "dusun"], ["anak", "bocah"], ["ibu", "bunda"],
    ["petugas", "aparat", "staf"], ["pemerintah", "pihak berwenang", "otoritas"],
    ["kepala", "pimpinan", "pemimpin"], ["ketua", "pimpinan"], ["pedagang", "penjual"],
    ["petani", "penggarap"], ["nelayan", "pelaut"], ["guru", "pengajar", "pendidik"],
    ["dokter", "tenaga medis"], ["polisi", "aparat keamanan"], ["harga", "nilai jual", "tarif"],
    ["uang", "dana", "duit"], ["biaya", "ongkos", "tarif"], ["hasil", "capaian", "perolehan"],
    ["jumlah", "total", "banyaknya"], ["air", "aliran air"], ["api", "kobaran", "nyala"],
    ["hujan", "guyuran"], ["kebakaran", "amukan api"], ["gempa", "guncangan"],
    ["bahaya", "ancaman", "risiko"], ["penyakit", "sakit", "gangguan"], ["obat", "ramuan"],
    ["pagi", "pagi hari"], ["malam", "malam hari"], ["hari", "sehari"],
    ["baru", "anyar", "terkini"],
    ["lama", "kuno", "dahulu"], ["cepat", "lekas", "kilat"], ["segera", "lekas", "secepatnya"],
    ["mudah", "gampang"], ["sulit", "susah", "sukar"], ["penting", "utama", "pokok"],
    ["benar", "betul", "tepat"], ["salah", "keliru"], ["baik", "bagus", "elok"],
    ["buruk", "jelek"], ["tinggi", "jangkung", "menjulang"],
    ["dekat", "sekitar", "berdekatan dengan"],
    ["jauh", "terpencil"], ["memberi", "menyerahkan", "membagikan"], ["menerima", "memperoleh"],
    ["meminta", "memohon", "mengimbau"], ["membantu", "menolong"], ["memilih", "menentukan"],
    ["menjual", "memasarkan"], ["membeli", "membayar"], ["membawa", "mengangkut"],
    ["menunggu", "menanti"], ["terjadi", "berlangsung"], ["berlangsung", "berjalan"],
    ["menjadi", "berubah menjadi"], ["terutama", "khususnya"], ["misalnya", "contohnya"],
    ["selama", "sepanjang"], ["antara", "di antara"], ["kembali", "lagi"], ["sering", "kerap"],
    ["jarang", "langka"], ["selalu", "senantiasa"], ["tahun", "warsa"], ["pekan", "minggu"],
    ["sebarkan", "bagikan", "teruskan"], ["bagikan", "sebarkan"], ["kabar", "berita", "warta"],
    ["resmi", "sah"], ["jangan", "tidak boleh"], ["sedikit", "secuil"], ["tempat", "lokasi"],
    ["teman", "kawan", "sahabat"], ["tetangga", "warga sebelah"], ["keluarga", "sanak saudara"],
  ]

  /// Nouns with the emoji that shows them.
  static let pictures: [(String, String)] = [
    ("rumah", "🏠"), ("air", "💧"), ("api", "🔥"), ("hujan", "🌧️"), ("matahari", "☀️"),
    ("bulan", "🌙"), ("bintang", "⭐"), ("pohon", "🌳"), ("bunga", "🌸"), ("ikan", "🐟"),
    ("ayam", "🐔"), ("sapi", "🐄"), ("kucing", "🐱"), ("burung", "🐦"), ("ular", "🐍"),
    ("telur", "🥚"), ("garam", "🧂"), ("kopi", "☕"), ("roti", "🍞"), ("pisang", "🍌"),
    ("cabai", "🌶️"), ("padi", "🌾"), ("gabah", "🌾"), ("buku", "📖"), ("surat", "✉️"),
    ("uang", "💰"), ("bank", "🏦"), ("sekolah", "🏫"), ("masjid", "🕌"), ("gereja", "⛪"),
    ("pabrik", "🏭"), ("mobil", "🚗"), ("motor", "🏍️"), ("truk", "🚚"), ("trem", "🚋"),
    ("perahu", "🛶"), ("kapal", "🚢"), ("telepon", "📞"), ("polisi", "👮"), ("dokter", "🧑‍⚕️"),
    ("petani", "🧑‍🌾"), ("guru", "🧑‍🏫"), ("anak", "🧒"), ("bayi", "👶"), ("tangan", "✋"),
    ("mata", "👁️"), ("kaki", "🦶"), ("jantung", "🫀"), ("obat", "💊"), ("vaksin", "💉"),
    ("jam", "🕐"), ("jalan", "🛣️"), ("gunung", "⛰️"), ("laut", "🌊"), ("gelombang", "🌊"),
    ("bola", "⚽"), ("pemenang", "🏆"), ("hadiah", "🎁"), ("malam", "🌃"), ("pagi", "🌅"),
  ]

  /// Emoji that chat messages are strewn with.
  static let emoji = [
    "😱", "🙏", "🔥", "‼️", "😭", "👉", "⚠️", "✅", "💥", "😡", "🤲", "👍", "❗", "🎉", "😷", "📢",
  ]

  /// First lines of forwards; the forwarded text follows after a blank line.
  static let forwardHeaders = [
    "*Diteruskan berkali-kali*", "Copas dari grup sebelah 👇👇", "[Forwarded] Info dari WA tetangga:",
    "Assalamualaikum, izin meneruskan pesan penting 🙏", "⚠️⚠️ BACA SAMPAI HABIS ⚠️⚠️",
    "Dapat kiriman dari sepupu, belum saya cek ya:", "Fwd: Fwd: mohon diperhatikan",
    "INFO A1 dari orang dalam, jangan tanya siapa 🤫",
  ]

  /// Last lines of forwards.
  static let forwardFooters = [
    "Sebarkan ke semua kontak kamu, jangan putus di kamu!",
    "Mohon diteruskan, semoga jadi amal jariyah 🙏",
    "Share sebanyak-banyaknya sebelum dihapus!!", "Sumber: grup alumni angkatan 2",
    "Viralkan!! Jangan sampai keluarga kita jadi korban.", "Maaf kalau sudah pernah terima.",
    "Wallahu alam, sekadar berbagi.", "Kirim ke 10 grup dan lihat keajaibannya.",
  ]

  /// The chat spelling of a word in small letters.
  static func slangSpelling(of word: String) -> String? { slangTable[word] }
  /// The synonyms of a word in small letters.
  static func synonyms(of word: String) -> [String]? { synonymTable[word] }
  /// The emoji of a noun in small letters.
  static func picture(of word: String) -> String? { pictureTable[word] }

  private static let slangTable = Dictionary(slang) { first, _ in first }
  private static let pictureTable = Dictionary(pictures) { first, _ in first }
  private static let synonymTable = Dictionary(
    synonyms.map { ($0[0], Array($0.dropFirst())) }
  ) { first, _ in first }
}
