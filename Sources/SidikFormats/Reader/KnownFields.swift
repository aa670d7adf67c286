/// The field names that are taken for a role when the user names none, best first.
enum KnownFields {
  static let text = [
    "full_text", "text", "content", "body", "article_body", "articlebody", "isi_berita",
    "isi_artikel", "isi", "narasi", "konten", "teks", "naskah", "berita", "artikel", "article",
    "news", "story", "message", "pesan", "chat", "tweet", "post", "caption", "comment",
    "komentar", "description", "deskripsi", "document", "passage", "paragraph", "raw_content",
    "page_content", "selftext",
  ]
  static let id = [
    "id", "_id", "uuid", "guid", "doc_id", "docid", "document_id", "article_id", "news_id",
    "id_str", "tweet_id", "post_id", "message_id", "url", "link", "permalink", "uri",
  ]
  static let source = [
    "source", "sumber", "domain", "site", "website", "media", "publisher", "outlet", "portal",
    "newspaper", "channel", "kanal", "platform", "source_name", "sitename", "site_name",
  ]
  static let author = [
    "author", "user", "username", "user_name", "screen_name", "penulis", "pengarang",
    "pengirim", "sender", "from", "byline", "writer", "account", "akun", "nickname", "authors",
  ]
  static let time = [
    "time", "date", "timestamp", "datetime", "published", "published_at", "publish_date",
    "date_published", "pubdate", "pub_date", "publication_date", "tanggal", "waktu", "tgl",
    "created_at", "created", "created_utc", "posted_at", "date_time", "date_publish",
    "datepublished", "tanggal_terbit",
  ]

  static func names(_ role: FieldRole) -> [String] {
    switch role {
    case .text: text
    case .id: id
    case .source: source
    case .author: author
    case .time: time
    }
  }

  /// A field name as the lists have it: lower case, spaces and hyphens as underscores.
  static func plain(_ name: String) -> String {
    var text = name.lowercased()
    while text.first == " " || text.first == "\u{FEFF}" { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text.map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

/// What a sample shows about the fields of an input, and the choice made from it.
struct FieldSurvey {
  private struct Seen {
    var count = 0
    var bytes = 0
  }

  private var order: [String] = []
  private var strings: [String: Seen] = [:]
  private var values: [String: Int] = [:]
  private(set) var records = 0
  /// How many records were tried, broken ones too.
  private(set) var tried = 0

  /// Counts one more record that may be broken.
  mutating func addTry() { tried += 1 }

  /// Counts one more record.
  mutating func addRecord() { records += 1 }

  /// Counts a string of that many bytes in a field.
  mutating func addString(_ field: String, bytes: Int) {
    addValue(field)
    strings[field, default: Seen()].count += bytes > 0 ? 1 : 0
    strings[field, default: Seen()].bytes += bytes
  }

  /// Counts a field that holds something else that can serve as an id or a time.
  mutating func addValue(_ field: String) {
    if values.updateValue((values[field] ?? 0) + 1, forKey: field) == nil { order.append(field) }
  }

  /// The fields for the text, best first: known names that hold strings, else the longest.
  func textFields() -> [String] {
    var found: [String] = []
    for name in KnownFields.text {
      for field in order where KnownFields.plain(field) == name {
        if (strings[field]?.count ?? 0) > 0 { found.append(field) }
      }
    }
    // A name that only few records have must not win over one that all have.
    let enough = found.firstIndex { (strings[$0]?.count ?? 0) * 10 >= records }
    if let enough, enough > 0 { found.swapAt(0, enough) }
    if !found.isEmpty { return found }
    var best: (field: String, bytes: Int)?
    for field in order {
      let bytes = strings[field]?.bytes ?? 0
      if bytes > best?.bytes ?? 0 { best = (field, bytes) }
    }
    return best.map { [$0.field] } ?? []
  }

  /// The field for any other role, by its name alone.
  func field(_ role: FieldRole, besides text: String?) -> String? {
    for name in KnownFields.names(role) {
      for field in order where KnownFields.plain(field) == name && field != text { return field }
    }
    return nil
  }
}
