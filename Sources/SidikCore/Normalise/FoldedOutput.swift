/// Folded bytes under construction, with the origin of each where offsets are tracked.
struct FoldedOutput: ~Copyable {
  var bytes = ScratchBuffer<UInt8>()
  var starts = ScratchBuffer<UInt32>(capacity: 16)
  var ends = ScratchBuffer<UInt32>(capacity: 16)
  var tracking = false

  /// The number of bytes written.
  var count: Int {
    @inline(__always) get { bytes.count }
    @inline(__always) set { bytes.count = newValue }
  }

  /// Whether the last byte belongs to a word.
  var endsInWord: Bool {
    @inline(__always) get { count > 0 && bytes[count - 1] != 0x20 }
  }

  mutating func reset(tracking: Bool, expecting size: Int) {
    self.tracking = tracking
    bytes.count = 0
    reserve(size)
  }

  /// Makes room for that many bytes in all.
  @inline(__always)
  mutating func reserve(_ size: Int) {
    bytes.reserve(size)
    guard tracking else { return }
    starts.count = bytes.count
    ends.count = bytes.count
    starts.reserve(size)
    ends.reserve(size)
  }

  /// Ends the current word, if there is one.
  @inline(__always)
  mutating func appendBreak(_ start: Int, _ end: Int) {
    if endsInWord { appendByte(0x20, start, end) }
  }

  @inline(__always)
  mutating func appendByte(_ byte: UInt8, _ start: Int, _ end: Int) {
    reserve(count + 1)
    bytes[count] = byte
    note(start, end)
    count += 1
  }

  /// Appends one scalar that came from `start..<end` of the source.
  @inline(__always)
  mutating func appendScalar(_ scalar: UInt32, _ start: Int, _ end: Int) {
    reserve(count + 4)
    let length = unsafe UTF8Coding.encode(scalar, bytes.base, count)
    if tracking {
      for _ in 0..<length {
        note(start, end)
        count += 1
      }
    } else {
      count += length
    }
  }

  @inline(__always)
  private mutating func note(_ start: Int, _ end: Int) {
    guard tracking else { return }
    starts[count] = UInt32(clamping: start)
    ends[count] = UInt32(clamping: end)
  }

  /// Appends bytes of another output with their origins.
  mutating func append(_ other: borrowing FoldedOutput, _ from: Int, _ to: Int) {
    guard to > from else { return }
    reserve(count + to - from)
    unsafe (bytes.base + count).update(from: other.bytes.base + from, count: to - from)
    if tracking {
      unsafe (starts.base + count).update(from: other.starts.base + from, count: to - from)
      unsafe (ends.base + count).update(from: other.ends.base + from, count: to - from)
    }
    count += to - from
  }
}
