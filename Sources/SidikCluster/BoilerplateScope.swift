internal import SidikCore

/// Where in a document a boilerplate passage is looked for.
public enum BoilerplatePlace: String, Sendable, Hashable, CaseIterable {
  /// Wherever it stands.
  case anywhere
  /// Only in front of everything else.
  case start
  /// Only behind everything else.
  case end
}

/// Which documents a passage is boilerplate in, and where in them.
struct BoilerplateScope: Sendable, Hashable {
  /// The documents' source; nil is any document.
  var source: String?
  var place: BoilerplatePlace

  /// What makes a shingle's key one of this scope: keys of two scopes are unrelated numbers.
  var salt: UInt64 {
    let name = place.rawValue + (source.map { ":" + $0 } ?? "")
    return unsafe Array(name.utf8).withUnsafeBufferPointer {
      unsafe ExactDigest($0, keys: HashKeys(seed: 0)).high
    }
  }
}

/// The parameters of learning.
enum BoilerplateRule {
  /// Words of a shingle: shorter ones are phrases that anybody uses.
  static let words = 5
  /// A passage stands in so many unrelated documents of one source.
  static let leastDocuments = 4
  /// A passage at the edge of documents without a source stands in so many unrelated ones.
  static let leastAtEdges = 8
  /// So many words from its start, and from its end, are the edges of a document.
  static let edgeWords = 40
  /// Passages of so many words are more than a turn of language, however few share them.
  static let longWords = 10
  /// Shorter ones must stand in one of so many texts.
  static let frequentPart = 20
  /// A document bears witness to a passage if it has so many words in a row of its own.
  static let ownWords = 20
  /// Posts are shorter than pages: amid edges so many words suffice.
  static let ownWordsAtEdges = 8
  /// So many char-9 grams in a row stand in few other witnesses: 40 characters.
  static let ownRun = 32
  /// Documents are related if this share of the char-9 grams of one's own words stands in the
  /// other.
  static let relatedShare = 0.125
  /// So many characters must be left of a document, or none is cut.
  static let leastLeft = 40
  /// Bytes of text that are learnt from at a time, and at most from one source; of a larger one
  /// a sample of its texts is read.
  static let batchBytes = 32 << 20
  /// The stable name, part of the parameter fingerprint.
  static let name =
    "w\(words)d\(leastDocuments)e\(leastAtEdges)n\(longWords)f\(frequentPart)o\(ownWords)a\(ownWordsAtEdges)g\(ownRun)"
    + "r\(relatedShare)l\(leastLeft)"
}
