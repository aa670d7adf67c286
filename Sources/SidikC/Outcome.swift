internal import CSidik
internal import Glibc
internal import Sidik

/// A fault of the caller's own making, beside those of the library.
enum CallFault: Error {
  /// A null pointer, a negative count, or arrays that do not fit.
  case argument(String)
  /// A process whose parent used threads before it forked.
  case forked
}

/// What a function of the interface came to.
enum Outcome {
  /// Runs a call: gives its code, and keeps what was wrong for `sidik_last_error`.
  static func of(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return SIDIK_OK
    } catch let fault as CallFault {
      return report(fault)
    } catch let error as SidikError {
      LastError.set(plain(error.description))
      return code(of: error)
    } catch is CancellationError {
      LastError.set("was cancelled")
      return SIDIK_ERROR_CANCELLED
    } catch {
      LastError.set("\(error)")
      return SIDIK_ERROR_FILE
    }
  }

  private static func report(_ fault: CallFault) -> Int32 {
    switch fault {
    case .argument(let message):
      LastError.set(message)
      return SIDIK_ERROR_ARGUMENT
    case .forked:
      LastError.set(
        "this process was forked after its parent had run Sidik on several threads, which it does "
          + "not have; start processes afresh (spawn) instead"
      )
      return SIDIK_ERROR_FORKED
    }
  }

  private static func code(of error: SidikError) -> Int32 {
    switch error.code {
    case .usage: SIDIK_ERROR_USAGE
    case .data: SIDIK_ERROR_DATA
    case .budget: SIDIK_ERROR_BUDGET
    case .incompatible: SIDIK_ERROR_INCOMPATIBLE
    case .busy: SIDIK_ERROR_BUSY
    default: SIDIK_ERROR_FILE
    }
  }

  /// A message without the dashes of an option's name on the command line.
  private static func plain(_ message: String) -> String {
    message.split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("--") && $0.count > 2 ? $0.dropFirst(2) : $0 }
      .joined(separator: " ")
  }
}

/// The message of each thread's last failed call.
enum LastError {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    _ = unsafe pthread_key_create(&key) { unsafe free($0) }
    return key
  }()

  /// Keeps a message for the calling thread.
  static func set(_ message: String) {
    unsafe free(pthread_getspecific(key))
    _ = unsafe pthread_setspecific(key, strdup(message))
  }

  /// The message of the calling thread; nil before any.
  static var pointer: UnsafePointer<CChar>? {
    guard let text = unsafe pthread_getspecific(key) else { return nil }
    return unsafe UnsafePointer(text.assumingMemoryBound(to: CChar.self))
  }
}

/// Objects in the hands of the caller.
enum Handle {
  /// Gives an object out; ``free(_:_:)`` takes it back.
  static func make(_ object: some AnyObject) -> OpaquePointer {
    unsafe OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  /// Stores a new object where the caller wants it; null there is a fault.
  static func give<Object: AnyObject>(
    _ place: UnsafeMutablePointer<OpaquePointer?>?,
    _ name: String,
    _ object: () throws -> Object
  ) throws {
    guard let place = unsafe place else { throw CallFault.argument("\(name) is null") }
    let object = try object()
    unsafe place.pointee = make(object)
  }

  /// The object behind a pointer.
  static func object<Object: AnyObject>(
    _ pointer: OpaquePointer?,
    _ name: String,
    as type: Object.Type = Object.self
  ) throws -> Object {
    guard let pointer = unsafe pointer else { throw CallFault.argument("\(name) is null") }
    return unsafe Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
  }

  /// The object behind a pointer that may be null.
  static func optional<Object: AnyObject>(
    _ pointer: OpaquePointer?,
    _ name: String
  ) throws -> Object? {
    try unsafe pointer.map { try unsafe object($0, name) }
  }

  /// Takes an object back; nothing happens for null.
  static func free<Object: AnyObject>(_ pointer: OpaquePointer?, _ type: Object.Type) {
    guard let pointer = unsafe pointer else { return }
    unsafe Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}
