import CSidikKernels
import Testing

/// A level of kernels that this machine can run, as a test argument.
@safe struct KernelLevel: CustomTestStringConvertible, Sendable {
  let name: String
  nonisolated(unsafe) let table: UnsafePointer<sidik_kernels>

  var testDescription: String { name }

  /// Every level this machine can run; scalar always stands first.
  static let all: [KernelLevel] = {
    var levels: [KernelLevel] = []
    var index = 0
    while let name = unsafe sidik_kernels_name(index) {
      if let table = unsafe sidik_kernels_named(name) {
        unsafe levels.append(KernelLevel(name: String(cString: name), table: table))
      }
      index += 1
    }
    return levels
  }()
}

/// Sizes round vector widths, where loops change their gait.
let boundarySizes = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 127, 128, 129,
  255, 256, 257, 1023, 1024, 1025, 5000,
]

/// Fixed constants for all kernel tests.
let testKeys = sidik_hash_keys(
  token: (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, 0x0F1E_2D3C_4B5A_6978),
  multiplier: 0x9E37_79B9_7F4A_7C15,
  finish: 0xD6E8_FEB8_6659_FD93
)
