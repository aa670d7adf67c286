@_spi(Kernels) internal import SidikCore
@_spi(Kernels) internal import SidikPassages

/// The scratch memory of a verifier, which the next one of the same thread may use again.
final class VerifierTools {
  let extractor: FeatureExtractor
  /// For sizes: ``extractor`` must keep its last sequence.
  let sizer: FeatureExtractor
  let census = GramCensus()
  /// Passages are of characters, whatever the features are.
  let characters: FeatureExtractor
  let features = PassageMeter()
  let passages: PassageMeter
  /// For templates; nil where the rule finds none.
  let slots: SlotTools?

  /// Whether the features are those that passages are made of.
  var passagesAreFeatures: Bool { passages === features }

  /// Makes the tools of one thread.
  ///
  /// - Parameters:
  ///   - profile: the unit of the features and the rule.
  ///   - keys: the hash constants.
  ///   - weights: how common features are; nil takes all words for rare.
  init(_ profile: Profile, _ keys: HashKeys, _ weights: GramWeights?) {
    extractor = FeatureExtractor(unit: profile.unit, keys: keys)
    sizer = FeatureExtractor(unit: profile.unit, keys: keys)
    if case .characters = profile.unit {
      (characters, passages) = (extractor, features)
    } else {
      characters = FeatureExtractor(unit: .characters(5), keys: keys)
      passages = PassageMeter()
    }
    slots = profile.rule.template.map { SlotTools($0, keys, weights) }
  }
}

/// The scratch memory of a judge of templates.
final class SlotTools {
  let meter: SlotMeter
  let finder: SlotTraitsFinder

  /// Makes the tools of one thread.
  ///
  /// - Parameters:
  ///   - rule: when slots make a template.
  ///   - keys: the hash constants.
  ///   - weights: how common words are; nil takes all for rare.
  init(_ rule: TemplateRule, _ keys: HashKeys, _ weights: GramWeights?) {
    let rarity = WordRarity(rule.nameRarity, keys, weights)
    meter = unsafe SlotMeter { unsafe rarity.isRare($0) }
    finder = unsafe SlotTraitsFinder { unsafe rarity.isRare($0) }
  }
}
