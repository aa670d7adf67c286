import Glibc
import SidikCore

/// A stream of bytes that is read once, front to back.
protocol ByteInput: AnyObject {
  /// Appends at most `count` bytes.
  ///
  /// - Returns: how many were appended; 0 only at the end.
  /// - Throws: ``SidikError`` where the bytes cannot be read.
  func read(_ count: Int, onto bytes: inout [UInt8]) throws -> Int
}

extension ByteInput {
  /// Appends exactly `count` bytes, fewer only at the end of the stream or before a fault.
  ///
  /// A fault is given back beside the bytes that came before it, so that they are not lost.
  func fill(_ count: Int, onto bytes: inout [UInt8]) -> (atEnd: Bool, fault: (any Error)?) {
    var left = count
    while left > 0 {
      do {
        let got = try read(left, onto: &bytes)
        if got == 0 { return (true, nil) }
        left -= got
      } catch {
        return (true, error)
      }
    }
    return (false, nil)
  }
}

/// What the system says about the last failed call.
func systemReason(_ code: Int32) -> String {
  let text = unsafe String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// The bytes of a descriptor.
final class DescriptorInput: ByteInput {
  private let descriptor: Int32
  private let closes: Bool
  private let file: String
  private var peeked: [UInt8] = []
  private var peekedUsed = 0
  private let copy: Spool?
  private let wait: (@Sendable (Int32) throws -> Bool)?
  private let progress: (Int) -> Void
  private let converted: (any ConvertedInput)?

  /// Reads an open descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: what to read.
  ///   - closes: whether to close it in the end.
  ///   - file: the name for error messages.
  ///   - copy: receives all that is read.
  ///   - wait: called before every read; false ends the stream.
  ///   - converted: what gives the descriptor, to be asked at the end.
  ///   - progress: is told how many bytes each read brought.
  init(
    _ descriptor: Int32,
    closes: Bool,
    file: String,
    copy: Spool? = nil,
    wait: (@Sendable (Int32) throws -> Bool)? = nil,
    converted: (any ConvertedInput)? = nil,
    progress: @escaping (Int) -> Void
  ) {
    self.descriptor = descriptor
    self.closes = closes
    self.file = file
    self.copy = copy
    self.wait = wait
    self.converted = converted
    self.progress = progress
  }

  deinit {
    if closes { _ = close(descriptor) }
  }

  /// The first bytes of the stream, without using them up.
  func peek(_ count: Int) throws -> ArraySlice<UInt8> {
    while peeked.count < count {
      if try readDescriptor(count - peeked.count, onto: &peeked) == 0 { break }
    }
    return peeked.prefix(count)
  }

  func read(_ count: Int, onto bytes: inout [UInt8]) throws -> Int {
    if peekedUsed < peeked.count {
      let part = peeked[peekedUsed...].prefix(count)
      bytes.append(contentsOf: part)
      peekedUsed += part.count
      return part.count
    }
    return try readDescriptor(count, onto: &bytes)
  }

  private func readDescriptor(_ count: Int, onto bytes: inout [UInt8]) throws -> Int {
    if let wait, try !wait(descriptor) { return 0 }
    let start = bytes.count
    var failure: Int32 = 0
    bytes.append(addingCapacity: count) { (span: inout OutputSpan<UInt8>) in
      unsafe span.withUnsafeMutableBufferPointer { free, used in
        guard let base = free.baseAddress else { return }
        while true {
          let got = unsafe Glibc.read(descriptor, base + used, count)
          if got >= 0 {
            used += got
            return
          }
          if errno != EINTR {
            failure = errno
            return
          }
        }
      }
    }
    guard failure == 0 else {
      throw SidikError(.file, "cannot be read: \(systemReason(failure))", file: file)
    }
    let got = bytes.count - start
    if got > 0 {
      progress(got)
      try copy?.append(bytes[start...])
    } else {
      try converted?.finish()
    }
    return got
  }
}
