internal import CSidikPage
internal import SidikCore
internal import SidikFormats

/// The page round the data: markup, style and script of `CSidikPage/Page`, and the policy that lets
/// nothing else in.
struct ReportPage {
  /// Up to where the data begins.
  let head: [UInt8]
  /// The program, which stands behind the first block, so that it draws while texts are read.
  let script: [UInt8]
  /// What closes the page.
  let tail = Array("</body>\n</html>\n".utf8)

  init(language: ReportLanguage) {
    let style = unsafe Self.bytes(sidik_page_style())
    let program = unsafe Self.bytes(sidik_page_script())
    let policy =
      "default-src 'none'; script-src \(Self.source(program)); style-src \(Self.source(style)); "
      + "base-uri 'none'; form-action 'none'"
    var head = Array(
      """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="sidik \(SidikVersion.current)">
      <title>Sidik</title>
      <style>
      """.utf8
    )
    head += style
    head += Array("</style>\n</head>\n<body>\n".utf8)
    head += unsafe Self.bytes(sidik_page_markup())
    self.head = head
    script = Array("<script>".utf8) + program + Array("</script>\n".utf8)
  }

  /// The bytes of a part; it is constant and always there.
  private static func bytes(_ part: sidik_page_part) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: part.bytes, count: part.count))
  }

  /// What the policy calls a piece: its SHA-256.
  private static func source(_ content: [UInt8]) -> String {
    let digest = (try? MessageDigest(.sha256))?.digest(content) ?? []
    return "'sha256-" + String(decoding: Base64.encode(digest), as: UTF8.self) + "'"
  }
}
