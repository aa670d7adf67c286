/// Names that repeat, each with a number in the order in which they are met.
struct NumberedNames {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  /// The number of a name; -1 for none.
  mutating func number(_ name: String?) -> Int {
    guard let name, !name.isEmpty else { return -1 }
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
