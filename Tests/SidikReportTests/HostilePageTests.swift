import Foundation
import SidikReport
import SidikTestSupport
import Testing

/// Texts that would like to be markup.
@Suite struct HostilePageTests {
  static let hostile = [
    "<script>window.hacked = 1</script>", "</script><script>alert(1)</script><!--",
    "<img src=x onerror=alert(1)>", "\u{2028}</style>\u{2029}", "javascript:alert(1)",
    "]]>\u{202E}",
  ]

  @Test func `no part of a document stands in the markup`() async throws {
    let clean = try await page(of: copies)
    let records = Self.hostile.map {
      Record(id: $0, text: story + $0, source: $0, author: $0, time: $0)
    }
    let page = try await page(of: records)
    #expect(try page.column("documents", "id", String.self).sorted() == Self.hostile.sorted())
    for text in try page.documentTexts() {
      #expect(Self.hostile.contains { story + $0 == text })
    }
    // The same elements as on any other page: what differs is the letters inside them.
    #expect(Self.markup(page.html) == Self.markup(clean.html))
  }

  /// A page without what stands in the data elements.
  private static func markup(_ html: String) -> String {
    html.replacing(#/(id="sidik-[a-z0-9-]+">)[A-Za-z0-9+/=]*(<)/#) { $0.1 + $0.2 }
  }

  @Test func `the page is one element of style and one of script, and loads nothing`() async throws
  {
    let html = try await page(of: copies).html
    #expect(html.contains("default-src 'none'; script-src 'sha256-"))
    #expect(html.ranges(of: "<script>").count == 1)
    #expect(html.ranges(of: "<style>").count == 1)
    for word in ["unsafe-inline", "unsafe-eval", "<link", "<img", "<iframe", "@import", "url("] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  /// What would let a text become markup or code, or break the page's own elements.
  @Test func `the scripts make elements by name and set text as text`() throws {
    let folder = ProjectFiles.url("Sources/CSidikPage/Page")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.count > 15)
    for name in names {
      let text = try ProjectFiles.text("Sources/CSidikPage/Page/" + name)
      for word in [
        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
        "</script", "</style", "http://", "fetch(", "XMLHttpRequest", "setTimeout(\"",
      ] where !(word == "http://" && name == "dom.js") {
        #expect(!text.contains(word), "\(name) has \(word)")
      }
    }
  }

  @Test func `every word of the page stands in both languages`() throws {
    let table = try ProjectFiles.text("Sources/CSidikPage/Page/strings.js")
    let keys = Set(table.matches(of: /(?m)^  "([a-z0-9.]+)": \[/).map { String($0.1) })
    #expect(keys.count > 150)
    let folder = ProjectFiles.url("Sources/CSidikPage/Page")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".js") && name != "strings.js" {
      let text = try ProjectFiles.text("Sources/CSidikPage/Page/" + name)
      for use in text.matches(of: /\bsay\("([a-z0-9.]+)"[,)]/) {
        #expect(keys.contains(String(use.1)), "\(name) says \(use.1)")
      }
    }
  }
}
