public import CSidik
internal import Sidik

/// Clusters texts.
@c @implementation
public func sidik_cluster(
  _ options: OpaquePointer?,
  _ texts: UnsafePointer<sidik_column>?,
  _ fields: UnsafePointer<sidik_fields>?,
  _ control: OpaquePointer?,
  _ clusters: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Outcome.of {
    let run = try unsafe BatchRun(options, texts, fields, control)
    try unsafe Handle.give(clusters, "clusters") {
      let result = try run.wait { configuration, source in
        try await Pipeline(configuration).run(source)
      }
      return Clusters(result, run.configuration)
    }
  }
}

/// Numbers of a run.
@c @implementation
public func sidik_clusters_counts(
  _ clusters: OpaquePointer?,
  _ documents: UnsafeMutablePointer<Int64>?,
  _ families: UnsafeMutablePointer<Int64>?,
  _ members: UnsafeMutablePointer<Int64>?,
  _ edges: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let clusters: Clusters = try unsafe Handle.object(clusters, "clusters")
    unsafe documents?.pointee = Int64(clusters.count)
    unsafe families?.pointee = Int64(clusters.families.count)
    unsafe members?.pointee = Int64(clusters.memberCount)
    unsafe edges?.pointee = Int64(clusters.result.edges.count)
  }
}

/// A row a document.
@c @implementation
public func sidik_clusters_copy_documents(
  _ clusters: OpaquePointer?,
  _ count: Int64,
  _ families: UnsafeMutablePointer<Int64>?,
  _ levels: UnsafeMutablePointer<Int8>?,
  _ similarity: UnsafeMutablePointer<Double>?,
  _ containment: UnsafeMutablePointer<Double>?,
  _ representatives: UnsafeMutablePointer<Int64>?,
  _ repeats: UnsafeMutablePointer<Float>?
) -> Int32 {
  Outcome.of {
    let clusters: Clusters = try unsafe Handle.object(clusters, "clusters")
    try Rows.check(count, is: clusters.count, "documents")
    for document in 0..<clusters.count {
      let row = clusters.row(document)
      unsafe families?[row] = -1
      unsafe levels?[row] = Int8(SIDIK_LEVEL_NONE)
      unsafe similarity?[row] = .nan
      unsafe containment?[row] = .nan
      unsafe representatives?[row] = Int64(row)
      unsafe repeats?[row] = clusters.result.documents.rows[document].repeats
    }
    for (number, family) in clusters.families.enumerated() {
      let representative = Int64(clusters.row(family.representative))
      for member in family.members {
        let row = clusters.row(member.document)
        unsafe families?[row] = Int64(number)
        unsafe levels?[row] = Int8(Optional(member.level).code)
        unsafe similarity?[row] = member.isMeasured ? member.similarity : .nan
        unsafe containment?[row] = member.isMeasured ? member.containment : .nan
        unsafe representatives?[row] = representative
      }
    }
  }
}

/// A row a family.
@c @implementation
public func sidik_clusters_copy_families(
  _ clusters: OpaquePointer?,
  _ count: Int64,
  _ identifiers: UnsafeMutablePointer<UInt64>?,
  _ sizes: UnsafeMutablePointer<Int64>?,
  _ levels: UnsafeMutablePointer<Int8>?,
  _ representatives: UnsafeMutablePointer<Int64>?,
  _ weakest: UnsafeMutablePointer<Double>?,
  _ median: UnsafeMutablePointer<Double>?,
  _ templates: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  Outcome.of {
    let clusters: Clusters = try unsafe Handle.object(clusters, "clusters")
    try Rows.check(count, is: clusters.families.count, "families")
    for (number, family) in clusters.families.enumerated() {
      unsafe identifiers?[number] = UInt64(family.identifier, radix: 16) ?? 0
      unsafe sizes?[number] = Int64(family.members.count)
      unsafe levels?[number] = Int8(Optional(family.level).code)
      unsafe representatives?[number] = Int64(clusters.row(family.representative))
      unsafe weakest?[number] = family.weakest
      unsafe median?[number] = family.median
      unsafe templates?[number] = family.template.flatMap { UInt64($0, radix: 16) } ?? 0
    }
  }
}

/// The documents of all families.
@c @implementation
public func sidik_clusters_copy_members(
  _ clusters: OpaquePointer?,
  _ count: Int64,
  _ documents: UnsafeMutablePointer<Int64>?
) -> Int32 {
  Outcome.of {
    let clusters: Clusters = try unsafe Handle.object(clusters, "clusters")
    try Rows.check(count, is: clusters.memberCount, "members")
    var place = 0
    for family in clusters.families {
      for member in family.members {
        unsafe documents?[place] = Int64(clusters.row(member.document))
        place += 1
      }
    }
  }
}

/// A row a verified pair.
@c @implementation
public func sidik_clusters_copy_edges(
  _ clusters: OpaquePointer?,
  _ count: Int64,
  _ first: UnsafeMutablePointer<Int64>?,
  _ second: UnsafeMutablePointer<Int64>?,
  _ levels: UnsafeMutablePointer<Int8>?,
  _ jaccard: UnsafeMutablePointer<Double>?,
  _ containment_of_first: UnsafeMutablePointer<Double>?,
  _ containment_of_second: UnsafeMutablePointer<Double>?,
  _ coverage: UnsafeMutablePointer<Double>?,
  _ strengths: UnsafeMutablePointer<Double>?,
  _ weights: UnsafeMutablePointer<Double>?,
  _ origins: UnsafeMutablePointer<Int8>?
) -> Int32 {
  Outcome.of {
    let clusters: Clusters = try unsafe Handle.object(clusters, "clusters")
    try Rows.check(count, is: clusters.result.edges.count, "edges")
    for (number, edge) in clusters.result.edges.enumerated() {
      unsafe first?[number] = Int64(clusters.row(edge.a))
      unsafe second?[number] = Int64(clusters.row(edge.b))
      unsafe levels?[number] = Int8(Optional(edge.level).code)
      unsafe jaccard?[number] = edge.scores.jaccard
      unsafe containment_of_first?[number] = edge.scores.containmentOfFirst
      unsafe containment_of_second?[number] = edge.scores.containmentOfSecond
      unsafe coverage?[number] = edge.scores.coverage ?? .nan
      unsafe strengths?[number] = edge.strength
      unsafe weights?[number] = edge.weight
      let origin = Edge.Origin.allCases.firstIndex(of: edge.origin) ?? 0
      unsafe origins?[number] = Int8(origin)
    }
  }
}

/// Writes a file as the program does it.
@c @implementation
public func sidik_clusters_write(
  _ clusters: OpaquePointer?,
  _ what: Int32,
  _ path: UnsafePointer<CChar>?,
  _ force: Int32
) -> Int32 {
  Outcome.of {
    let clusters: Clusters = try unsafe Handle.object(clusters, "clusters")
    try unsafe clusters.write(what, to: Text.read(path, "path"), force: force != 0)
  }
}

/// Gives families back.
@c @implementation
public func sidik_clusters_free(_ clusters: OpaquePointer?) {
  unsafe Handle.free(clusters, Clusters.self)
}
