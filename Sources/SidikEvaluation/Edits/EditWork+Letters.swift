/// Edits of single letters.
extension EditWork {
  /// Capitals and no punctuation; between two letters or digits it leaves a blank.
  func casePunctuation(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (i, scalar) in scalars.enumerated() {
      if EditScalars.isBlank(scalar) || scalar.value >= 0x1F000 {
        result.append(scalar)
      } else if EditScalars.isWordScalar(scalar) {
        result.append(EditScalars.uppercased(scalar))
      } else if i > 0, i + 1 < scalars.count, EditScalars.isWordScalar(scalars[i - 1]),
        EditScalars.isWordScalar(scalars[i + 1])
      {
        result.append(" ")
      }
    }
    return String(result)
  }

  /// Replaced, deleted, inserted and swapped letters, each in a quarter of the places.
  ///
  /// New letters are drawn from the text itself, so that they are of its script.
  mutating func typo(_ text: String, percent: Int) -> String {
    let scalars = Array(text.unicodeScalars)
    let letters = scalars.indices.filter { EditScalars.isLetter(scalars[$0]) }
    let mask = random.mask(scalars.count, eligible: letters, percent: percent)
    let stock = letters.map { scalars[$0] }
    var result = String.UnicodeScalarView()
    var i = 0
    while i < scalars.count {
      defer { i += 1 }
      guard mask[i] else {
        result.append(scalars[i])
        continue
      }
      switch random.below(4) {
      case 0: result.append(random.pick(stock) ?? scalars[i])
      case 1: break
      case 2:
        result.append(scalars[i])
        result.append(random.pick(stock) ?? scalars[i])
      default:
        if i + 1 < scalars.count, !mask[i + 1] {
          result.append(scalars[i + 1])
          result.append(scalars[i])
          i += 1
        } else {
          result.append(random.pick(stock) ?? scalars[i])
        }
      }
    }
    return String(result)
  }

  /// Look-alikes for a share of the ASCII letters.
  mutating func homoglyphs(_ text: String, percent: Int) -> String {
    mapLetters(text, percent: percent, where: EditScalars.isASCIILetter) { random, scalar in
      [random.pick(LookAlikes.homoglyphs(of: scalar)) ?? scalar]
    }
  }

  /// An invisible character after a share of the letters.
  mutating func zeroWidth(_ text: String, percent: Int) -> String {
    mapLetters(text, percent: percent, where: EditScalars.isLetter) { random, scalar in
      [scalar] + (random.pick(LookAlikes.invisible).map { [$0] } ?? [])
    }
  }

  /// Digits in the place of letters: as many as the share of all letters, where there are so many.
  mutating func leet(_ text: String, percent: Int) -> String {
    let scalars = Array(text.unicodeScalars)
    let letters = scalars.filter(EditScalars.isLetter).count
    let open = scalars.indices.filter { LookAlikes.leet(scalars[$0]) != nil }
    guard !open.isEmpty else { return text }
    let wanted = min(100, max(1, letters * percent / open.count))
    let mask = random.mask(scalars.count, eligible: open, percent: wanted)
    var result = String.UnicodeScalarView()
    for (i, scalar) in scalars.enumerated() {
      result.append(mask[i] ? LookAlikes.leet(scalar) ?? scalar : scalar)
    }
    return String(result)
  }

  /// A combining mark after a share of the ASCII letters.
  mutating func diacritics(_ text: String, percent: Int) -> String {
    mapLetters(text, percent: percent, where: EditScalars.isASCIILetter) { random, scalar in
      [scalar] + (random.pick(LookAlikes.marks).map { [$0] } ?? [])
    }
  }

  /// Neighbours on the keyboard; a capital stays a capital.
  mutating func keyboardTypo(_ text: String, percent: Int) -> String {
    mapLetters(text, percent: percent, where: EditScalars.isASCIILetter) { random, scalar in
      let hit = random.pick(LookAlikes.keyboardNeighbours(of: scalar)) ?? scalar
      return [scalar.value < 0x61 ? EditScalars.uppercased(hit) : hit]
    }
  }

  /// What a scanner reads for a share of the letters it confuses.
  mutating func ocrTypo(_ text: String, percent: Int) -> String {
    let open = { (scalar: Unicode.Scalar) in !LookAlikes.misreadings(of: scalar).isEmpty }
    return mapLetters(text, percent: percent, where: open) { random, scalar in
      Array((random.pick(LookAlikes.misreadings(of: scalar)) ?? "").unicodeScalars)
    }
  }

  /// Puts `change` in the place of a share of the scalars that `eligible` accepts.
  private mutating func mapLetters(
    _ text: String,
    percent: Int,
    where eligible: (Unicode.Scalar) -> Bool,
    _ change: (inout EditRandom, Unicode.Scalar) -> [Unicode.Scalar]
  ) -> String {
    let scalars = Array(text.unicodeScalars)
    let places = scalars.indices.filter { eligible(scalars[$0]) }
    let mask = random.mask(scalars.count, eligible: places, percent: percent)
    var result = String.UnicodeScalarView()
    for (i, scalar) in scalars.enumerated() {
      if mask[i] {
        result.append(contentsOf: change(&random, scalar))
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
