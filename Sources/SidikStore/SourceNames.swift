/// The sources of a segment, each stored once.
struct SourceNames {
  private(set) var names: [[UInt8]] = []
  private var numbers: [[UInt8]: UInt32] = [:]

  /// The number of a source plus 1; 0 for none.
  mutating func number(_ name: [UInt8]) -> UInt32 {
    if name.isEmpty { return 0 }
    if let known = numbers[name] { return known }
    names.append(name)
    numbers[name] = UInt32(names.count)
    return UInt32(names.count)
  }

  /// The section's bytes.
  var bytes: [UInt8] {
    var output: [UInt8] = []
    output.append(little: UInt32(names.count))
    var end: UInt32 = 0
    for name in names {
      end += UInt32(name.count)
      output.append(little: end)
    }
    for name in names { output += name }
    return output
  }

  init() {}

  /// Reads a section.
  init(_ bytes: [UInt8]) throws(IndexDamage) {
    let damage = IndexDamage("its list of sources is damaged")
    guard bytes.count >= 4 else { throw damage }
    let count = Int(bytes.little(0, as: UInt32.self))
    var place = 4 + 4 * count
    guard place <= bytes.count else { throw damage }
    let start = place
    for number in 0..<count {
      let end = start + Int(bytes.little(4 + 4 * number, as: UInt32.self))
      guard end >= place, end <= bytes.count else { throw damage }
      names.append(Array(bytes[place..<end]))
      numbers[names[number]] = UInt32(number + 1)
      place = end
    }
  }
}
