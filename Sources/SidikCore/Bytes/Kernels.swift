internal import CSidikKernels

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The level of kernels in use, chosen once.
///
/// The environment variable `SIDIK_KERNELS` (`scalar`, `avx2`, `avx512`, `neon`) forces a
/// level; otherwise the fastest that this machine runs is taken. No level changes an answer.
public enum Kernels {
  /// Every level this build knows, fastest last on its own kind of machine.
  public static var allNames: [String] {
    var names: [String] = []
    while let name = unsafe sidik_kernels_name(names.count) {
      unsafe names.append(String(cString: name))
    }
    return names
  }

  /// The levels that this machine can run.
  public static var availableNames: [String] {
    allNames.filter { unsafe sidik_kernels_named($0) != nil }
  }

  /// The name of the level in use.
  public static var activeName: String { unsafe String(cString: active.pointee.name) }

  /// Checks `SIDIK_KERNELS`, which programs do at start.
  ///
  /// - Throws: ``SidikError`` of code `usage` where it names no level, or one that this
  ///   machine cannot run.
  public static func checkEnvironment() throws(SidikError) {
    guard let name = forcedName, unsafe sidik_kernels_named(name) == nil else { return }
    let known = allNames.contains(name)
    throw SidikError(
      .usage,
      known
        ? "SIDIK_KERNELS=\(name): this machine cannot run that level (it can run "
          + availableNames.joined(separator: ", ") + ")"
        : "SIDIK_KERNELS=\(name): no such level (there are "
          + allNames.joined(separator: ", ") + ")"
    )
  }

  static let forcedName: String? = unsafe getenv("SIDIK_KERNELS").map { unsafe String(cString: $0) }

  /// The functions in use.
  ///
  /// A forced level that cannot run falls back to scalar here: programs have refused it before
  /// by ``checkEnvironment()``.
  static nonisolated(unsafe) let active: UnsafePointer<sidik_kernels> = {
    if let forcedName {
      return unsafe sidik_kernels_named(forcedName) ?? sidik_kernels_named("scalar")
    }
    return unsafe sidik_kernels_best()
  }()
}

extension Kernels {
  /// Asks for the line of the cache at an address, so that it is there when it is read.
  ///
  /// - Parameter address: any address; it is not read.
  @_spi(Kernels)
  public static func prefetch(_ address: UnsafeRawPointer) { unsafe sidik_prefetch(address) }
}
