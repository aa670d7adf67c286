internal import SidikCore

/// Reads texts that are looked at once, on one thread.
///
/// A large corpus is copied from its file text by text: mapping a page costs more than copying it,
/// and pages that are mapped count as memory of the program.
@safe
final class TextReader {
  private let corpus: Corpus
  private var buffer: UnsafeMutableRawBufferPointer

  init(_ corpus: Corpus) {
    self.corpus = corpus
    unsafe buffer = .allocate(byteCount: 1 << 14, alignment: 16)
  }

  deinit { unsafe buffer.deallocate() }

  /// A document's normalised text, valid until the next one is read.
  func text(_ document: Int) -> UnsafeBufferPointer<UInt8> {
    let place = corpus.place(of: document)
    guard place.map.isLarge else { return unsafe corpus.text(document) }
    if unsafe buffer.count < place.range.count {
      unsafe buffer.deallocate()
      unsafe buffer = .allocate(byteCount: 2 * place.range.count, alignment: 16)
    }
    let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<place.range.count])
    guard unsafe place.map.copy(place.range, into: part) else {
      return unsafe corpus.text(document)
    }
    return unsafe UnsafeRawBufferPointer(part).assumingMemoryBound(to: UInt8.self)
  }

  /// Asks for texts that will be read soon, in the order in which they stand on disk.
  ///
  /// - Parameter documents: any number, repeats included.
  /// - Complexity: O(n log n); nothing where the corpus is small.
  func prefetch(_ documents: some Sequence<Int>) {
    guard corpus.texts.isLarge else { return }
    let wanted = documents.sorted {
      corpus.documents.rows[$0].textOffset < corpus.documents.rows[$1].textOffset
    }
    var last = -1
    for document in wanted where document != last {
      let place = corpus.place(of: document)
      place.map.prefetch(place.range)
      last = document
    }
  }
}
