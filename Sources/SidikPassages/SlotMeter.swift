/// Measures what stands in the slots of two texts: told apart are one text, edited, and one frame
/// with other numbers and names.
///
/// A slot lies between two pieces of the frame (``SlotAlignment``) and has at least one and at most
/// ``mostWords`` words on either side; what is longer is other text, no slot. Nothing but the words is
/// made before it is asked for, since most pairs are settled by their numbers. Scratch memory belongs
/// to the meter and is used again; one meter serves one thread.
@safe
public final class SlotMeter {
  /// Words of a slot on either side, at most: a date, an amount or a name with its title.
  public static let mostWords = 12
  /// Bytes of a slot on either side, at most; numbers side by side are one word, however many.
  public static let mostBytes = 256
  /// Words of one side of a slot that may be names, at most: the first of them.
  static let mostNameWords = 4
  /// Slots beyond this many are not looked at: the first say what the rest is like.
  public static let mostSlots = 256

  private let longer = SlotText()
  private let shorter = SlotText()
  private let alignment = SlotAlignment()
  private var numbers = SlotNumbers()
  private var spelling = SlotSpelling()
  private var names = SlotNames()
  private let isRare: (UnsafeBufferPointer<UInt8>) -> Bool

  /// Where the texts measured last differ, in order, not beyond ``mostSlots``.
  public private(set) var slots: [Slot] = []

  /// Makes a meter for one worker.
  ///
  /// - Parameter isRare: whether a word is too rare to be one of the language: a name.
  public init(isRare: @escaping (UnsafeBufferPointer<UInt8>) -> Bool) {
    unsafe self.isRare = isRare
  }

  /// Takes the longer text of the pairs to come.
  ///
  /// - Parameter text: normalised UTF-8; must stay where it is while it is compared.
  /// - Complexity: O(n).
  public func prepare(longer text: UnsafeBufferPointer<UInt8>) { unsafe longer.take(text) }

  /// Takes the shorter text of a pair.
  ///
  /// - Parameter text: normalised UTF-8; must stay where it is while it is compared.
  /// - Complexity: O(n).
  public func take(shorter text: UnsafeBufferPointer<UInt8>) { unsafe shorter.take(text) }

  /// Whether a name of the shorter text stands nowhere in the longer one that was prepared.
  ///
  /// - Parameter traits: those of the shorter text.
  /// - Returns: whether it has such a name.
  /// - Complexity: O(n) for the first such question to a text, O(1) after it.
  public func longerLacksName(of traits: SlotTraits) -> Bool { longer.lacksName(of: traits) }

  /// How much of the words that only one of the texts has are its names, of the text where that is
  /// less.
  ///
  /// - Parameters:
  ///   - shorter: the traits of the shorter text.
  ///   - longer: the traits of the longer text.
  ///   - least: the longer text is not looked at where the shorter has less than this.
  /// - Returns: the smaller share, 0...1.
  /// - Complexity: O(n) in words.
  public func shareOfNames(
    _ shorter: SlotTraits,
    _ longer: SlotTraits,
    least: Double
  ) -> Double {
    let share = self.shorter.shareOfNames(shorter, against: self.longer)
    if share < least || !self.shorter.lacksName(of: longer) { return 0 }
    return min(share, self.longer.shareOfNames(longer, against: self.shorter))
  }

  /// How many numbers the two texts have in common wherever they stand, and how many of the one with
  /// fewer are left.
  ///
  /// - Returns: both counts.
  /// - Complexity: O(n), and O(d log d) in numbers.
  public func compareNumbers() -> (changed: Int, kept: Int) {
    numbers.compare(shorter.words, longer.words)
  }

  /// Measures the pair.
  ///
  /// - Parameter findsNames: whether names are looked for; there are none where not.
  /// - Returns: what its slots hold.
  /// - Complexity: O(n log n) in words, and bounded for each of at most ``mostSlots`` slots.
  public func measure(findsNames: Bool) -> SlotMeasures {
    slots.removeAll(keepingCapacity: true)
    names.removeAll()
    var measures = SlotMeasures.none
    alignment.align(shorter.words, longer.words)
    var letters = 0
    var last: SlotAlignment.Block?
    for block in alignment.blocks {
      if let last, slots.count < Self.mostSlots {
        take(last, block, &measures, findsNames)
      }
      let frame = block.first..<block.first + block.count
      letters += shorter.words.letters(frame)
      measures.keptNumbers += shorter.words.numbers(frame)
      last = block
    }
    let all = shorter.words.letters + longer.words.letters
    measures.frame = all == 0 ? 0 : Double(2 * letters) / Double(all)
    (measures.nameSlots, measures.names) = names.count()
    return measures
  }

  /// Takes what stands between two blocks.
  private func take(
    _ last: SlotAlignment.Block,
    _ next: SlotAlignment.Block,
    _ measures: inout SlotMeasures,
    _ findsNames: Bool
  ) {
    let a = last.first + last.count..<next.first
    let b = last.second + last.count..<next.second
    var slot = Slot(
      shorter: shorter.words.span(a),
      longer: longer.words.span(b),
      isFilled: !a.isEmpty && !b.isEmpty && max(a.count, b.count) <= Self.mostWords
    )
    slot.isFilled = slot.isFilled && max(slot.shorter.count, slot.longer.count) <= Self.mostBytes
    slots.append(slot)
    guard slot.isFilled else { return }
    if hasOtherNumbers(a, b) {
      measures.numberSlots += 1
      measures.changedNumbers += min(shorter.words.numbers(a), longer.words.numbers(b))
      return
    }
    measures.wordSlots += 1
    if unsafe findsNames && !spelling.areOne(shorter.words.text(a), longer.words.text(b)) {
      addNames(a, b)
    }
  }

  /// Whether either side of a slot has a number that the other has not; the same digits are the same
  /// numbers, written together or apart (`rp553`, `rp 553`).
  private func hasOtherNumbers(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    let (x, y) = (shorter.words.digits(a), longer.words.digits(b))
    if x.joined().elementsEqual(y.joined()) { return false }
    return x.contains { !y.contains($0) } && y.contains { !x.contains($0) }
  }

  /// Takes all words of a slot that may be names for each other.
  private func addNames(_ a: Range<Int>, _ b: Range<Int>) {
    let own = a.filter { isName(shorter.words, $0, in: longer) }.prefix(Self.mostNameWords)
    let other = b.filter { isName(longer.words, $0, in: shorter) }.prefix(Self.mostNameWords)
    for x in own {
      for y in other {
        let (word, standIn) = unsafe (
          shorter.words.text(x..<x + 1), longer.words.text(y..<y + 1)
        )
        if unsafe spelling.areOne(word, standIn) { continue }
        names.add(shorter.words[x].hash, longer.words[y].hash, slot: slots.count)
      }
    }
  }

  /// Whether a word is rare, no number, and no word of the other text.
  private func isName(_ words: SlotWords, _ place: Int, in other: SlotText) -> Bool {
    let word = words[place]
    if word.isNumber || other.contains(word.hash) { return false }
    return unsafe isRare(words.text(place..<place + 1))
  }
}
