internal import SidikCluster
internal import SidikCore

/// How the texts of a report are laid out in its blocks.
///
/// A block holds about 1 MB, so that looking at a family opens little, and holds whole texts;
/// texts that are equal byte for byte stand once in a family.
struct ReportBlocks {
  /// Where a text stands; block -1 where the report has none.
  struct Place {
    var block = -1
    var offset = 0
    var length = 0
  }

  static let blockBytes = 1 << 20

  /// A place for each document in report order.
  private(set) var places: [Place] = []
  /// The documents whose texts each block holds, in order, by their number in the input.
  private(set) var blocks: [[Int]] = []
  private var used = 0

  /// Lays out all texts.
  init(_ data: ReportData, _ texts: ReportTexts) {
    var next = 0
    for family in data.families {
      lay(data.order[next..<next + family.members.count], texts)
      next += family.members.count
    }
    for document in data.order[next...] { lay([document], texts) }
  }

  private mutating func lay(_ documents: ArraySlice<Int>, _ texts: ReportTexts) {
    var known: [ExactDigest: Place] = [:]
    for document in documents {
      let entry = texts.entries[document]
      guard entry.length >= 0 else {
        places.append(Place())
        continue
      }
      if let place = known[entry.digest] {
        places.append(place)
        continue
      }
      if blocks.isEmpty || (used > 0 && used + entry.length > Self.blockBytes) {
        blocks.append([])
        used = 0
      }
      let place = Place(block: blocks.count - 1, offset: used, length: entry.length)
      blocks[blocks.count - 1].append(document)
      used += entry.length
      known[entry.digest] = place
      places.append(place)
    }
  }
}
