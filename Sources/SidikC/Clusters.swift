internal import CSidik
internal import Glibc
internal import Sidik

/// The families of a run, as the caller asks for them.
final class Clusters: Sendable {
  let result: PipelineResult
  /// Those that count: families of one belong to templates.
  let families: [Family]
  let provenance: Provenance
  let basis: ClusteringBasis
  /// That of a run on texts; nil for families made from edges.
  let configuration: PipelineConfiguration?
  /// For each document of the result its row; nil where they are the same.
  private let rows: [Int]?

  /// Takes a run on texts.
  init(_ result: PipelineResult, _ configuration: PipelineConfiguration) {
    self.result = result
    families = result.families(withSingletons: false)
    provenance = Provenance(configuration)
    basis = ClusteringBasis(configuration)
    self.configuration = configuration
    rows = nil
  }

  /// Takes families made from edges.
  init(_ result: PipelineResult, _ basis: ClusteringBasis, rows: [Int]) {
    self.result = result
    families = result.families(withSingletons: false)
    provenance = Provenance(basis)
    self.basis = basis
    configuration = nil
    self.rows = rows
  }

  /// Documents.
  var count: Int { result.documents.count }

  /// Members of all families.
  var memberCount: Int { families.reduce(0) { $0 + $1.members.count } }

  /// The row of a document.
  func row(_ document: Int) -> Int { rows?[document] ?? document }

  /// Writes a file as the program does it.
  func write(_ what: Int32, to path: String, force: Bool) throws {
    let file = try OutputFile.open(path, force: force)
    switch what {
    case SIDIK_WRITE_FAMILIES:
      try FamilyWriter(result.documents, provenance: provenance)
        .write(families, as: .jsonl, to: file)
    case SIDIK_WRITE_EDGES:
      try EdgeWriter(result, basis: basis).write(to: file)
    case SIDIK_WRITE_STATISTICS:
      let writer =
        configuration.map { StatisticsWriter($0, notes: []) }
        ?? StatisticsWriter(ofEdges: provenance, file: "edges")
      try file.write(writer.json(result.statistics))
    default:
      throw CallFault.argument("what is \(what)")
    }
    try file.finish()
  }
}

extension Options {
  /// The configuration of a batch run over texts that are in memory already.
  ///
  /// Normalised texts go to a file of `/dev/shm`, which is memory, where it has room for them.
  ///
  /// - Parameters:
  ///   - bytes: of the texts.
  ///   - control: is told how far the run is.
  /// - Returns: the configuration.
  /// - Throws: `SidikError` where an option is wrong.
  func configuration(
    forTextsOf bytes: Int,
    _ control: Control?
  ) throws -> PipelineConfiguration {
    var configuration = try configuration()
    if configuration.temporaryFolder == nil, Self.sharedMemory > 2 * bytes + (64 << 20) {
      configuration.temporaryFolder = "/dev/shm"
    }
    if let control { configuration.progress = { control.show($0) } }
    return configuration
  }

  /// Bytes that are free in the system's shared memory; 0 where it has none.
  private static var sharedMemory: Int {
    var status = statvfs()
    guard unsafe statvfs("/dev/shm", &status) == 0, unsafe access("/dev/shm", W_OK) == 0 else {
      return 0
    }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}

/// A row a document, a family, an edge: columns of the caller, all of one length.
enum Rows {
  /// Makes sure that a column has room.
  static func check(_ count: Int64, is expected: Int, _ name: String) throws {
    guard count == Int64(expected) else {
      throw CallFault.argument("there are \(expected) \(name), count is \(count)")
    }
  }
}
