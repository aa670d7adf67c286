import Foundation
import SidikTestSupport
import Testing

/// Every link inside the documentation leads somewhere.
@Suite struct DocumentationLinkTests {
  @Test(arguments: DocumentationPage.all)
  func linksLeadSomewhere(_ page: DocumentationPage) throws {
    let lines = try page.lines()
    let fenced = Fence.all(in: lines).map(\.content)
    for (place, line) in lines.enumerated() where !fenced.contains(where: { $0.contains(place) }) {
      for match in line.matches(of: /\]\(([^)\s]+)\)/) where !match.1.contains("://") {
        let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let file = parts[0].isEmpty ? page.path : resolved(String(parts[0]), from: page.path)
        #expect(
          FileManager.default.fileExists(atPath: ProjectFiles.url(file).path),
          "\(page.path):\(place + 1): there is no \(match.1)"
        )
        guard parts.count > 1 else { continue }
        let anchors = try DocumentationPage(path: file).lines().compactMap(anchor)
        #expect(
          anchors.contains(String(parts[1])),
          "\(page.path):\(place + 1): there is no \(match.1)"
        )
      }
    }
  }

  private func resolved(_ target: String, from path: String) -> String {
    let folder = path.split(separator: "/").dropLast()
    var parts = Array(folder)
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// The name by which a heading is linked to; nil for any other line.
  private func anchor(_ line: String) -> String? {
    guard line.hasPrefix("#") else { return nil }
    let title = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
    return String(
      title.compactMap { character in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || "-_".contains(character)
          ? character : nil
      }
    )
  }
}
