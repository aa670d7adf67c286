/// What links ask of the documents of a run.
struct ResolvedLinks: Sendable {
  /// The links, with the documents of their ids; those without any are left out.
  private(set) var applied: [(link: Link, a: [Int], b: [Int])] = []
  private(set) var statistics = LinkStatistics()
  /// A number for each linked document, ascending by document.
  let documents: [Int]
  private let numbers: [Int: Int]
  /// What must be together and apart by the links alone, by those numbers.
  private(set) var sets: LinkSets

  /// Looks for the linked documents; an id that stands for several means all of them.
  ///
  /// - Complexity: O(documents + links).
  init(_ list: LinkList, _ table: DocumentTable) {
    let wanted = Set(list.links.flatMap { [$0.a, $0.b] })
    var found: [String: [Int]] = [:]
    for document in 0..<table.count {
      let id = table.id(document)
      if wanted.contains(id) { found[id, default: []].append(document) }
    }
    documents = found.values.joined().sorted()
    var numbers: [Int: Int] = [:]
    for (number, document) in documents.enumerated() { numbers[document] = number }
    self.numbers = numbers
    var sets = LinkSets(documents.count)
    statistics.file = list.file
    statistics.given = list.links.count
    statistics.missing = wanted.count - found.count
    for link in list.links {
      guard let a = found[link.a], let b = found[link.b] else {
        if statistics.firstMissing == nil {
          statistics.firstMissing = (found[link.a] == nil ? link.a : link.b, link.line)
        }
        continue
      }
      applied.append((link, a, b))
      guard link.verdict == .same else { continue }
      for other in a + b { sets.join(numbers[a[0]] ?? 0, numbers[other] ?? 0) }
    }
    for (link, a, b) in applied where link.verdict == .different {
      for x in a { for y in b { sets.part(numbers[x] ?? 0, numbers[y] ?? 0) } }
    }
    self.sets = sets
    statistics.same = applied.count { $0.link.verdict == .same }
    statistics.different = applied.count - statistics.same
  }

  /// The number of a linked document; nil for others.
  func number(_ document: Int) -> Int? { numbers[document] }

  /// Whether links make two documents the same.
  func areSame(_ a: Int, _ b: Int) -> Bool {
    guard let x = numbers[a], let y = numbers[b] else { return false }
    return sets.root(x) == sets.root(y)
  }

  /// Whether links make two documents different.
  func areApart(_ a: Int, _ b: Int) -> Bool {
    guard let x = numbers[a], let y = numbers[b] else { return false }
    return sets.areApart(x, y)
  }

  /// For each node of a family the others that links join it to.
  func partners(among family: [Int], _ nodes: Nodes) -> [Int: [Int]] {
    var together: [Int: [Int]] = [:]
    for node in family {
      for root in Set(nodes.documents[node].compactMap { numbers[Int($0)].map(sets.root) }) {
        together[root, default: []].append(node)
      }
    }
    var partners: [Int: [Int]] = [:]
    for group in together.keys.sorted().compactMap({ together[$0] }) where group.count > 1 {
      for node in group { partners[node, default: []] += group.filter { $0 != node } }
    }
    return partners
  }

  /// Tells each family which links it holds and which end in it.
  func annotate(_ families: inout [Family]) {
    var familyOf: [Int: Int] = [:]
    for (index, family) in families.enumerated() {
      for member in family.members where numbers[member.document] != nil {
        familyOf[member.document] = index
      }
    }
    for (link, a, b) in applied {
      let ends = Set((a + b).compactMap { familyOf[$0] })
      for family in ends.sorted() {
        if families[family].links == nil { families[family].links = Family.Links() }
        if link.verdict == .same {
          families[family].links?.same.append(link)
        } else {
          families[family].links?.different.append(link)
        }
      }
    }
  }
}

/// What became of links.
public struct LinkStatistics: Sendable {
  /// The file they stood in.
  public var file = ""
  /// Links given.
  public var given = 0
  /// Links of both verdicts whose documents were there.
  public var applied: Int { same + different }
  /// Links applied that join.
  public var same = 0
  /// Links applied that part.
  public var different = 0
  /// Ids that no document has.
  public var missing = 0
  /// The first of them and the line it stands in.
  public var firstMissing: (id: String, line: Int)?
}
