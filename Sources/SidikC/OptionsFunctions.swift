internal import CSidik
internal import Sidik

/// Makes options.
@c @implementation
public func sidik_options_create(
  _ options: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of { try unsafe Handle.give(options, "options") { Options() } }
}

/// Sets an option.
@c @implementation
public func sidik_options_set(
  _ options: OpaquePointer?,
  _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    try unsafe options.set(Text.read(name, "name"), value.map { unsafe try Text.read($0, "value") })
  }
}

/// Writes the line of parameters.
@c @implementation
public func sidik_options_parameters(
  _ options: OpaquePointer?,
  _ text: UnsafeMutablePointer<CChar>?,
  _ room: Int64,
  _ length: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let options: Options = try unsafe Handle.object(options, "options")
    let line = try options.configuration().parameters.utf8CString
    unsafe length?.pointee = Int64(line.count - 1)
    guard let text = unsafe text, room >= line.count else { return }
    for (index, character) in line.enumerated() { unsafe text[index] = character }
  }
}

/// Gives options back.
@c @implementation
public func sidik_options_free(_ options: OpaquePointer?) {
  unsafe Handle.free(options, Options.self)
}

/// Texts of the caller.
enum Text {
  /// A string that ends with a zero byte.
  static func read(_ text: UnsafePointer<CChar>?, _ name: String) throws -> String {
    guard let text = unsafe text else { throw CallFault.argument("\(name) is null") }
    return unsafe String(cString: text)
  }
}
