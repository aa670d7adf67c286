internal import SidikCore

/// The shingles of boilerplate passages, as keys of a document's shingles and their scope.
struct BoilerplateKeys: Sendable {
  private var table = KeyTable()
  private var salts: [BoilerplateScope: UInt64] = [:]

  /// Whether there is nothing to be cut anywhere.
  var isEmpty: Bool { salts.isEmpty }

  /// The sources that have passages of their own.
  var sources: Set<String> { Set(salts.keys.compactMap(\.source)) }

  /// Adds a key that was salted for a scope.
  mutating func insert(_ key: UInt64, _ scope: BoilerplateScope) {
    if salts[scope] == nil { salts[scope] = scope.salt }
    _ = table.insert(key)
  }

  /// The salts that hold at a place of a document that stands in some sources.
  func salts(_ sources: [String], _ place: BoilerplatePlace) -> [UInt64] {
    if isEmpty { return [] }
    let any = salts[BoilerplateScope(source: nil, place: place)]
    let own = sources.compactMap { salts[BoilerplateScope(source: $0, place: place)] }
    return (any.map { [$0] } ?? []) + own
  }

  /// The salt of a scope that has passages; nil for any other.
  func salt(_ scope: BoilerplateScope) -> UInt64? { salts[scope] }

  /// Whether a shingle is boilerplate under one of some salts.
  func contains(_ shingle: UInt64, _ salts: [UInt64]) -> Bool {
    for salt in salts where table.contains(shingle ^ salt) { return true }
    return false
  }
}

extension BoilerplateKeys {
  /// The shingles of written passages.
  ///
  /// - Parameters:
  ///   - boilerplate: the passages.
  ///   - configuration: how documents are folded and hashed.
  init(_ boilerplate: Boilerplate, _ configuration: PipelineConfiguration) {
    self.init()
    var normaliser = Normaliser(configuration.profile.normaliser)
    let shingler = BoilerplateShingler(configuration.keys)
    var normalised = NormalisedText()
    for passage in boilerplate.passages {
      let scope = BoilerplateScope(source: passage.source, place: passage.place)
      let text = Array(passage.text.utf8)
      unsafe text.withUnsafeBufferPointer { text in
        unsafe normaliser.normalise(text, trackOffsets: false, into: &normalised)
      }
      unsafe normalised.bytes.withUnsafeBufferPointer { text in
        unsafe shingler.forEach(text, .anywhere) { _, shingle in
          insert(shingle ^ scope.salt, scope)
          return true
        }
      }
    }
  }
}
