internal import CSidikKernels

extension Unicode.Scalar {
  /// Whether the script is written without spaces between words, as the kernels see it.
  var isWrittenWithoutSpaces: Bool { kernelFlags & UInt32(SIDIK_SCALAR_NO_SPACE) != 0 }

  /// Whether the script's characters are syllables or words, as the kernels see it.
  var isDense: Bool { kernelFlags & UInt32(SIDIK_SCALAR_DENSE) != 0 }

  private var kernelFlags: UInt32 { sidik_scalar_flags(value) }
}
