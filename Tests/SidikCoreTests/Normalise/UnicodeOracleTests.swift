import Foundation
import SidikCore
import SidikTestSupport
import Testing

/// Only NFKC_Casefold: nothing is a break but white space and controls.
private let foldOnly = NormaliserOptions(folds: [.compatibility, .invisibles])

/// The scalars of a UCD file's hexadecimal field.
private func scalars(_ field: Substring) -> String {
  var text = ""
  for part in field.split(separator: " ") {
    if let value = UInt32(part, radix: 16), let scalar = Unicode.Scalar(value) {
      text.unicodeScalars.append(scalar)
    }
  }
  return text
}

@Suite struct UnicodeOracleTests {
  /// Scalars on which the oracle cannot be asked: it removes no ignorables, its case mapping is
  /// not case folding (ß, ς, ŉ, ǰ, ΐ, և, İ, Cherokee and others that fold away from lower case),
  /// and it knows scalars that 15.0 does not.
  private static func isComparable(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    guard let age = properties.age, age.major < 15 || (age.major == 15 && age.minor == 0) else {
      return false
    }
    if properties.isDefaultIgnorableCodePoint || properties.isWhitespace { return false }
    switch properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate, .spaceSeparator: return false
    default: break
    }
    let lower = oracle(String(scalar))
    return !lower.isEmpty && !lower.unicodeScalars.contains { $0.properties.isWhitespace }
      && !foldsAway(scalar)
  }

  private static func foldsAway(_ scalar: Unicode.Scalar) -> Bool {
    for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch part.value {
      case 0xDF, 0x130, 0x131, 0x149, 0x17F, 0x1F0, 0x345, 0x390, 0x3B0, 0x3C2, 0x587, 0x1E9E:
        return true
      case 0x13A0...0x13FF, 0xAB70...0xABBF, 0x1C80...0x1C88: return true
      case 0x1E96...0x1E9B, 0x1F50...0x1F56, 0x1F80...0x1FFF: return true
      case 0x3D0...0x3F5, 0x2126, 0x212A, 0x212B: return true
      default: break
      }
    }
    switch scalar.value {
    case 0x1E96...0x1E9E, 0x1F50...0x1F56, 0x1F80...0x1FFF, 0x390, 0x3B0, 0x1F0, 0x149: return true
    default: return false
    }
  }

  private static func oracle(_ text: String) -> String {
    text.precomposedStringWithCompatibilityMapping.lowercased()
      .precomposedStringWithCompatibilityMapping
  }

  /// Compares scalars, as == on strings would call equivalent ones equal.
  private func same(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.elementsEqual(b.unicodeScalars)
  }

  @Test func everyScalarAgreesWithFoundation() {
    var normaliser = Normaliser(foldOnly)
    var compared = 0
    for value in UInt32(0x21)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value), Self.isComparable(scalar) else { continue }
      let text = String(scalar)
      let result = normaliser.normalise(text).string
      compared += 1
      #expect(same(result, Self.oracle(text)), "U+\(String(value, radix: 16))")
    }
    #expect(compared > 100_000)
  }

  /// Random words of letters and marks: ordering and composition across scalars.
  @Test func randomWordsAgreeWithFoundation() {
    var random = SeededGenerator(seed: 11)
    var pool: [Unicode.Scalar] = []
    var marks: [Unicode.Scalar] = []
    for value in UInt32(0x41)...0x1E8FF {
      guard let scalar = Unicode.Scalar(value), Self.isComparable(scalar) else { continue }
      if scalar.properties.canonicalCombiningClass.rawValue != 0 {
        marks.append(scalar)
      } else if scalar.properties.isAlphabetic, value < 0x3400 || (0xAC00...0xB000).contains(value)
      {
        pool.append(scalar)
      }
    }
    var normaliser = Normaliser(foldOnly)
    for _ in 0..<6000 {
      var text = ""
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        if let letter = pool.randomElement(using: &random) { text.unicodeScalars.append(letter) }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          if let mark = marks.randomElement(using: &random) { text.unicodeScalars.append(mark) }
        }
      }
      let result = normaliser.normalise(text).string
      #expect(same(result, Self.oracle(text)), "\(text.unicodeScalars.map { $0.value })")
    }
  }

  /// The conformance test of Unicode 15.0, if the package unicode-data is installed.
  ///
  /// All five columns of a line fold alike; where the NFKC column folds to itself it is the
  /// result. Lines with white space or controls are skipped: those are word breaks here.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: conformanceFile), "no unicode-data"))
  func conformsToNormalizationTest() throws {
    let lines = try conformanceLines()
    var compared = 0
    var normaliser = Normaliser(foldOnly)
    for line in lines where !line.hasPrefix("#") && !line.hasPrefix("@") && !line.isEmpty {
      let columns = line.split(separator: ";").prefix(5).map(scalars)
      let isBroken = columns.joined().unicodeScalars.contains {
        $0.properties.isWhitespace || $0.properties.generalCategory == .control
      }
      // The ypogegrammeni (U+0345) folds to a letter, so its place among marks is lost (D145).
      let hasIota = columns.joined().unicodeScalars.contains { $0.value == 0x345 }
      if columns.count < 5 || isBroken || hasIota { continue }
      let folded = columns.map { normaliser.normalise($0).string }
      for other in folded.dropFirst() { #expect(same(folded[0], other), "\(line)") }
      let isPlain = columns[3].unicodeScalars.allSatisfy {
        Self.isComparable($0) && !$0.properties.isUppercase && !$0.properties.changesWhenLowercased
      }
      if isPlain {
        compared += 1
        #expect(same(folded[0], columns[3]), "\(line)")
      }
    }
    #expect(compared > 10_000)
  }

  @Test func scriptsWithoutSpaces() {
    for scalar in "\u{4E2D}\u{3042}\u{30AB}\u{30FC}\u{E01}\u{EAA}\u{1780}\u{1000}".unicodeScalars {
      #expect(UnicodeFacts.isWrittenWithoutSpaces(scalar.value))
    }
    for scalar in "aZ9\u{E9}\u{416}\u{915}\u{D55C}\u{628} ".unicodeScalars {
      #expect(!UnicodeFacts.isWrittenWithoutSpaces(scalar.value))
    }
    #expect(!UnicodeFacts.isWrittenWithoutSpaces(0x11_0000))
    #expect(!UnicodeFacts.isWrittenWithoutSpaces(.max))
  }
}

private let conformanceFile = "/usr/share/unicode/NormalizationTest.txt.bz2"

private func conformanceLines() throws -> [String] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["bzcat", conformanceFile]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
}
