/// The wordings by which messengers and people mark a forwarded text at its ends.
///
/// Written for Sidik from the habits of Indonesian and English chats. Each is folded words with
/// single spaces; a segment (a line, or a sentence of the last line) is one of these marks when
/// it equals a whole wording, or begins with an opening one and is short.
enum ForwardMarks {
  /// The most words a segment that begins with an opening wording may have.
  static let longestSegment = 12
  /// The most segments taken off at one end.
  static let mostSegments = 6
  /// The most bytes of one end that are looked at.
  static let reach = 1024

  /// Segments that are a mark only as a whole.
  static let whole: [String] = [
    "diteruskan", "diteruskan berkali kali", "diteruskan beberapa kali", "terusan",
    "forwarded", "forwarded message", "forwarded many times", "frequently forwarded", "fwd", "fw",
    "pesan terusan", "pesan berantai", "pesan diteruskan", "broadcast", "bc", "info a1", "repost",
    "copas", "copas dari grup sebelah", "copas dari grup", "copas grup sebelah",
    "dari grup sebelah",
    "copy paste", "copy paste dari grup sebelah", "copas dari wag sebelah", "dari wag sebelah",
    "kiriman teman", "kiriman dari teman", "dapat dari grup sebelah",
    "dapat kiriman dari grup sebelah",
    "semoga bermanfaat", "semoga bermanfaat untuk kita semua", "semoga bermanfaat bagi kita semua",
    "mudah mudahan bermanfaat", "semoga berguna", "salam sehat", "wallahu a lam",
    "wallahu a lam bishawab", "terima kasih", "terimakasih", "trims", "sekian",
    "silakan disebarkan",
    "silahkan disebarkan", "silakan dishare", "silahkan dishare", "mohon disebarkan",
    "mohon disebarluaskan", "tolong disebarkan", "tolong sebarkan", "tolong dishare",
    "mohon dishare",
    "tolong di share", "mohon di share", "share", "sebarkan", "bagikan", "viralkan", "please share",
    "please forward", "pls share", "share please", "as received", "forwarded as received",
    "copied and pasted", "jangan berhenti di kamu", "jangan berhenti di anda", "stop di kamu",
    "read more", "baca selengkapnya", "selengkapnya", "lihat lainnya",
  ]

  /// Segments that are a mark when they begin so and are short.
  static let opening: [String] = [
    "diteruskan dari", "forwarded from", "fwd dari", "fwd from", "sumber grup", "copas dari",
    "copas dr", "dikutip dari grup", "dapat dari grup", "dapat info dari grup", "info dari grup",
    "sebarkan ke", "sebarkan kepada", "sebarkan pesan ini", "sebarkan info ini", "bagikan ke",
    "bagikan kepada", "bagikan pesan ini", "bagikan info ini", "share ke", "share info ini",
    "kirim ke", "kirimkan ke", "kirim pesan ini", "kirimkan pesan ini", "teruskan ke",
    "teruskan kepada", "teruskan pesan ini", "tolong sebarkan", "tolong bagikan", "tolong share",
    "tolong teruskan", "mohon sebarkan", "mohon bagikan", "mohon share", "mohon teruskan",
    "ayo sebarkan", "ayo bagikan", "ayo share", "yuk share", "yuk sebarkan", "yuk bagikan",
    "jangan lupa share", "jangan lupa bagikan", "jangan lupa sebarkan", "jangan putus di",
    "jangan berhenti di", "viralkan", "semoga bermanfaat", "semoga info ini bermanfaat",
    "share this", "share to", "please share", "please forward", "forward this", "send this to",
    "pass this on", "copied from", "copy from", "reposted from",
  ]
}
