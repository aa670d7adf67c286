public import SidikCore
internal import SidikFormats

/// Writes sketches as the contract in `Documentation/Formats/sketches.md` says.
public enum SketchWriter {
  /// The first line: every parameter by name.
  public static func header(_ parameters: SketchParameters) -> [UInt8] {
    JSONWriter.line { json in
      json.member("sidik", SidikVersion.current)
      for (name, value) in parameters.named { json.member(name, value) }
    }
  }

  /// A document's line; `minhash` is null for a document without features.
  public static func line(_ id: String, _ sketch: Sketch) -> [UInt8] {
    JSONWriter.line { json in
      json.member("id", id)
      json.member("digest", sketch.digest)
      json.member("simhash", Hexadecimal.string(sketch.simhash))
      json.key("minhash")
      if let signature = sketch.signature {
        json.array(signature) { $0.number(Int($1)) }
      } else {
        json.null()
      }
    }
  }
}
