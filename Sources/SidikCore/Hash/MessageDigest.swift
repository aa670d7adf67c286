internal import COpenSSL

/// A cryptographic digest by OpenSSL, its context used again for every message.
///
/// About 90 ns a short message (SHA-256, measured in evidence for the project): right for
/// one digest a document or for compatibility, too dear for every shingle.
@safe
public final class MessageDigest {
  /// The digests Sidik uses.
  public enum Algorithm: String, Sendable, Hashable, CaseIterable {
    /// 160 bits; only for compatibility with datasketch's input hash.
    case sha1
    /// 256 bits.
    case sha256
  }

  private let context: OpaquePointer
  private let method: OpaquePointer
  private let byteCount: Int

  /// Prepares a context.
  ///
  /// - Parameter algorithm: which digest.
  /// - Throws: ``SidikError`` where this OpenSSL does not offer it (a FIPS build without SHA-1).
  public init(_ algorithm: Algorithm) throws(SidikError) {
    guard let context = unsafe EVP_MD_CTX_new(),
      let method = unsafe EVP_MD_fetch(nil, algorithm.rawValue, nil)
    else {
      throw SidikError(.usage, "this OpenSSL does not offer \(algorithm.rawValue)")
    }
    unsafe self.context = context
    unsafe self.method = method
    unsafe byteCount = Int(EVP_MD_get_size(method))
  }

  deinit {
    unsafe EVP_MD_free(method)
    unsafe EVP_MD_CTX_free(context)
  }

  /// The digest of one message.
  ///
  /// - Parameter message: any bytes.
  /// - Returns: 20 or 32 bytes.
  public func digest(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      var length: UInt32 = 0
      let done =
        unsafe EVP_DigestInit_ex2(context, method, nil) == 1
        && EVP_DigestUpdate(context, message.baseAddress, message.count) == 1
        && EVP_DigestFinal_ex(context, buffer.baseAddress, &length) == 1
      precondition(done && Int(length) == byteCount, "OpenSSL failed on a prepared digest")
      count = Int(length)
    }
  }

  /// The digest of bytes in an array.
  public func digest(_ message: [UInt8]) -> [UInt8] {
    unsafe message.withUnsafeBufferPointer { unsafe digest($0) }
  }
}
