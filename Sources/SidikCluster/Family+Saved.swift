extension Family {
  /// A family as saved output says it.
  ///
  /// - Parameters:
  ///   - identifier: 16 hexadecimal digits.
  ///   - level: the loosest level among the members.
  ///   - members: the representative first.
  ///   - firstSeen: the earliest time among them.
  ///   - cohesion: the weakest and the median of the verified edges inside.
  ///   - template: the template it belongs to; nil: none.
  public init(
    saved identifier: String,
    level: Level,
    members: [Member],
    firstSeen: String?,
    cohesion: (weakest: Double, median: Double),
    template: String?
  ) {
    precondition(!members.isEmpty, "a family has members")
    self.init(
      identifier: identifier,
      representative: members[0].document,
      level: level,
      members: members,
      firstSeen: firstSeen,
      weakest: cohesion.weakest,
      median: cohesion.median,
      template: template
    )
  }
}

extension Family.Member {
  /// A member as saved output says it.
  ///
  /// - Parameters:
  ///   - document: its index into the documents at hand.
  ///   - level: what it is to the representative.
  ///   - scores: its similarity and containment to the representative; nil where neither is known.
  public init(
    saved document: Int,
    level: Level,
    scores: (similarity: Double, containment: Double)?
  ) {
    self.init(
      document: document,
      level: level,
      similarity: scores?.similarity ?? 0,
      containment: scores?.containment ?? 0,
      isMeasured: scores != nil
    )
  }
}
