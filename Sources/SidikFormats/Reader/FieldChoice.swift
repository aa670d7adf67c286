import CSidikKernels
import SidikCore

/// The fields of JSON records that carry the roles.
struct JSONFields: Sendable {
  /// One way to find a role's value: a name, or a path into nested objects.
  struct Field: Sendable {
    var role: FieldRole
    /// The whole name, as it may stand at the top level.
    var name: [UInt8]
    /// The parts of a dotted name, where there are several.
    var path: [[UInt8]]
    /// Smaller is better where several fields could serve.
    var rank: Int
  }

  private(set) var fields: [Field] = []
  /// The name the text goes by in messages.
  private(set) var textName = "text"
  private var isBlind = false

  /// Takes the explicit names and finds the others in a survey of the input.
  init(_ mapping: FieldMapping, _ survey: FieldSurvey) {
    // Nothing could be surveyed: every known name may turn up later.
    let blind = survey.records == 0
    isBlind = blind && mapping.text == nil
    let texts = mapping.text.map { [$0] } ?? (blind ? KnownFields.text : survey.textFields())
    textName = blind && mapping.text == nil ? "text" : texts.first ?? "text"
    for (rank, name) in (texts.isEmpty ? ["text"] : texts).enumerated() {
      add(.text, name, rank: rank, nested: mapping.text != nil)
    }
    for role in [FieldRole.id, .source, .author, .time] {
      if let name = mapping.name(of: role) {
        add(role, name, rank: 0, nested: true)
      } else if blind {
        for (rank, name) in KnownFields.names(role).enumerated() {
          add(role, name, rank: rank, nested: false)
        }
      } else if let name = survey.field(role, besides: texts.first) {
        add(role, name, rank: 0, nested: false)
      }
    }
  }

  private mutating func add(_ role: FieldRole, _ name: String, rank: Int, nested: Bool) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
    fields.append(
      Field(
        role: role,
        name: Array(name.utf8),
        path: nested && parts.count > 1 ? parts : [],
        rank: rank
      )
    )
  }

  /// The choice, for a note.
  var summary: String {
    guard !isBlind else { return "fields by their usual names" }
    var shown: Set<FieldRole> = []
    var parts: [String] = []
    for field in fields where shown.insert(field.role).inserted {
      parts.append("\(field.role.name) `\(String(decoding: field.name, as: UTF8.self))`")
    }
    if !shown.contains(.id) { parts.append("no id") }
    return parts.joined(separator: ", ")
  }
}

/// The columns of a CSV file that carry the roles.
struct CSVColumns: Sendable {
  /// The names in the header.
  private(set) var names: [String]
  /// The column of each role, by ``FieldRole/rawValue``; nil where there is none.
  private(set) var columns: [Int?] = [Int?](repeating: nil, count: FieldRole.allCases.count)

  /// Takes the explicit names and finds the others by name and by a survey of the rows.
  ///
  /// - Throws: ``SidikError`` where an explicitly named text column does not exist.
  init(_ mapping: FieldMapping, names: [String], longest: Int?, file: String) throws {
    self.names = names
    let plain = names.map(KnownFields.plain)
    for role in FieldRole.allCases {
      if let wanted = mapping.name(of: role) {
        columns[role.rawValue] =
          names.firstIndex(of: wanted) ?? plain.firstIndex(of: KnownFields.plain(wanted))
        if columns[role.rawValue] == nil, role == .text {
          throw SidikError(
            .data,
            "has no column `\(wanted)`; the columns are \(Self.list(names))",
            file: file
          )
        }
      } else {
        let taken = columns[FieldRole.text.rawValue]
        for known in KnownFields.names(role) {
          if let column = plain.firstIndex(of: known), column != taken {
            columns[role.rawValue] = column
            break
          }
        }
        if role == .text, columns[role.rawValue] == nil { columns[role.rawValue] = longest ?? 0 }
      }
    }
  }

  static func list(_ names: [String]) -> String {
    names.filter { !$0.isEmpty }.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// The column of a role.
  func column(_ role: FieldRole) -> Int? { columns[role.rawValue] }

  /// The name the text goes by in messages.
  var textName: String { column(.text).map { names[$0] } ?? "text" }

  /// The choice, for a note.
  var summary: String {
    var parts: [String] = []
    for role in FieldRole.allCases {
      if let column = column(role) { parts.append("\(role.name) `\(names[column])`") }
    }
    if column(.id) == nil { parts.append("no id") }
    return parts.joined(separator: ", ")
  }
}
