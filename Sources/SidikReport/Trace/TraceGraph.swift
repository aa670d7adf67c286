/// Sources as a network: who had wording first that others had later (GEXF 1.3, https://gexf.net).
///
/// An edge leads from the first source of a family to each source that followed; its weight counts
/// such families. Families without times are left out, as the order of an input says nothing.
public struct TraceGraph: Sendable {
  private struct Link: Hashable {
    var from: Int
    var to: Int
  }

  private var names = NumberedNames()
  private var documents: [Int] = []
  private var families: [Int] = []
  private var firsts: [Int] = []
  private var links: [Link: Int] = [:]
  /// Families that were left out.
  public private(set) var untimed = 0

  /// An empty network.
  public init() {}

  /// Adds a family.
  public mutating func add(_ trace: FamilyTrace) {
    guard trace.order == .time else {
      untimed += 1
      return
    }
    var first: Int?
    for stop in trace.stops {
      guard let source = stop.source else {
        // What has no name still was there first.
        if first == nil { first = -1 }
        continue
      }
      let number = number(of: source)
      documents[number] += stop.documents
      families[number] += 1
      if let first {
        if first >= 0, stop.delay != nil { links[Link(from: first, to: number), default: 0] += 1 }
      } else {
        first = number
        firsts[number] += 1
      }
    }
  }

  private mutating func number(of source: String) -> Int {
    let number = names.number(source)
    if number == documents.count {
      documents.append(0)
      families.append(0)
      firsts.append(0)
    }
    return number
  }

  /// The network as XML.
  ///
  /// - Parameter creator: what made it.
  /// - Returns: UTF-8; nodes by name, edges by the names of their ends.
  public func gexf(creator: String) -> [UInt8] {
    let names = self.names.names
    let order = names.indices.sorted { names[$0] < names[$1] }
    var place = [Int](repeating: 0, count: names.count)
    for (index, node) in order.enumerated() { place[node] = index }
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#,
      "<meta><creator>\(Self.escaped(creator))</creator></meta>",
      #"<graph mode="static" defaultedgetype="directed">"#,
      #"<attributes class="node"><attribute id="0" title="documents" type="integer"/>"#
        + #"<attribute id="1" title="families" type="integer"/>"#
        + #"<attribute id="2" title="first" type="integer"/></attributes>"#,
      "<nodes>",
    ]
    for (index, node) in order.enumerated() {
      let values = [documents[node], families[node], firsts[node]].enumerated()
        .map { "<attvalue for=\"\($0.offset)\" value=\"\($0.element)\"/>" }.joined()
      lines.append(
        "<node id=\"\(index)\" label=\"\(Self.escaped(names[node]))\"><attvalues>\(values)</attvalues></node>"
      )
    }
    lines += ["</nodes>", "<edges>"]
    let sorted = links.map { (from: place[$0.key.from], to: place[$0.key.to], weight: $0.value) }
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    for (index, link) in sorted.enumerated() {
      lines.append(
        "<edge id=\"\(index)\" source=\"\(link.from)\" target=\"\(link.to)\" weight=\"\(link.weight)\"/>"
      )
    }
    lines += ["</edges>", "</graph>", "</gexf>"]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// A text as XML 1.0 takes it: characters it has no place for become U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        let isAllowed =
          scalar.value >= 32 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        result.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
      }
    }
    return result
  }
}
