public import SidikCore
internal import SidikFormats

/// Writes sketches as the contract in `Documentation/Formats/sketches.md` says.
public enum SketchWriter {
  /// The first line: every parameter by name.
  public static func header(_ parameters: SketchParameters) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("sidik", SidikVersion.current)
    for (name, value) in parameters.named { json.member(name, value) }
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// A document's line; `minhash` is null for a document without features.
  public static func line(_ id: String, _ sketch: Sketch) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("id", id)
    json.member("digest", sketch.digest)
    json.member("simhash", Hexadecimal.string(sketch.simhash))
    json.key("minhash")
    if let signature = sketch.signature {
      json.beginArray()
      for slot in signature { json.number(Int(slot)) }
      json.endArray()
    } else {
      json.null()
    }
    json.endObject()
    json.endLine()
    return json.bytes
  }
}
