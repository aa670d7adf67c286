internal import CSidik
internal import Sidik

private let libraryVersion = StaticText(SidikVersion.current)
private let codeNames = [
  SIDIK_OK: "ok", SIDIK_ERROR_USAGE: "usage", SIDIK_ERROR_DATA: "data",
  SIDIK_ERROR_FILE: "file", SIDIK_ERROR_BUDGET: "budget",
  SIDIK_ERROR_INCOMPATIBLE: "incompatible", SIDIK_ERROR_BUSY: "busy",
  SIDIK_ERROR_CANCELLED: "cancelled", SIDIK_ERROR_ARGUMENT: "argument",
  SIDIK_ERROR_FORKED: "forked",
].mapValues { StaticText($0) }
private let levelNames = Level.allCases.map { StaticText($0.rawValue) }
private let noName = StaticText("none")
private let unknownName = StaticText("unknown")
private let emptyText = StaticText("")

/// The version of the library.
@c @implementation
public func sidik_version() -> UnsafePointer<CChar>? { unsafe libraryVersion.pointer }

/// The version of the interface.
@c @implementation
public func sidik_abi() -> Int32 { SIDIK_ABI }

/// What the last failed call of this thread met.
@c @implementation
public func sidik_last_error() -> UnsafePointer<CChar>? {
  unsafe LastError.pointer ?? emptyText.pointer
}

/// A name of a code.
@c @implementation
public func sidik_code_name(_ code: Int32) -> UnsafePointer<CChar>? {
  unsafe (codeNames[code] ?? unknownName).pointer
}

/// A name of a level.
@c @implementation
public func sidik_level_name(_ level: Int32) -> UnsafePointer<CChar>? {
  guard let index = Int(exactly: level), levelNames.indices.contains(index) else {
    return unsafe noName.pointer
  }
  return unsafe levelNames[index].pointer
}
