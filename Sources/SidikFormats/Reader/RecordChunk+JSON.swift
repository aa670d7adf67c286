import CSidikKernels
import Glibc
import SidikCore

extension RecordChunk {
  /// Parses JSON records: a line each, or values with white space and commas between them.
  func parseJSON(into batch: inout DocumentBatch) throws {
    guard let fields = context.fields else { return }
    let log = ProblemLog(self)
    batch.bytes.reserveCapacity(bytes.count + bytes.count / 8)
    try unsafe bytes.withUnsafeBufferPointer { all in
      var parser = unsafe JSONRecordParser(all, context, fields, log)
      if format == .jsonl {
        try parser.parseLines(from: line, into: &batch)
      } else {
        try parser.parseValues(from: line, into: &batch)
      }
    }
  }
}

/// Turns JSON records of one chunk into documents.
@safe
private struct JSONRecordParser: ~Copyable {
  /// A value of one of the wanted fields; offsets are those of the chunk.
  private struct Found {
    var member: sidik_json_member
    var rank: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let context: InputContext
  private let fields: JSONFields
  private let log: ProblemLog
  private var walker = JSONWalker()
  private var inner = JSONWalker()
  private var found = [Found?](repeating: nil, count: FieldRole.allCases.count)
  private var lone = 0

  init(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ context: InputContext,
    _ fields: JSONFields,
    _ log: ProblemLog
  ) {
    unsafe self.bytes = bytes
    self.context = context
    self.fields = fields
    self.log = log
  }

  /// Parses one record a line; lines of white space only are no records.
  mutating func parseLines(from first: Int, into batch: inout DocumentBatch) throws {
    var line = first
    var at = 0
    let count = unsafe bytes.count
    while at < count {
      let next = feed(at).map { $0 + 1 } ?? count
      if !isBlank(at..<next) { try parse(at..<next, line: line, into: &batch) }
      line += 1
      at = next
    }
  }

  /// Parses one value after another.
  mutating func parseValues(from first: Int, into batch: inout DocumentBatch) throws {
    var line = first
    var at = 0
    let count = unsafe bytes.count
    while at < count {
      let byte = unsafe bytes[at]
      if FormatSniffer.isSpace(byte) || byte == UInt8(ascii: ",") {
        if byte == 10 { line += 1 }
        at += 1
        continue
      }
      var length = 0
      let rest = unsafe UnsafeBufferPointer(rebasing: bytes[at...])
      let state = unsafe sidik_json_value_end(rest.baseAddress, rest.count, &length)
      let end = state == Int32(SIDIK_JSON_WHOLE) && length > 0 ? at + length : count
      try parse(at..<end, line: line, into: &batch)
      line += lineFeeds(at..<end)
      at = end
    }
  }

  private func feed(_ from: Int) -> Int? {
    guard let base = unsafe bytes.baseAddress,
      let hit = unsafe memchr(base + from, 10, bytes.count - from)
    else { return nil }
    return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  private func lineFeeds(_ range: Range<Int>) -> Int {
    let part = unsafe UnsafeBufferPointer(rebasing: bytes[range])
    return unsafe sidik_count_byte(part.baseAddress, part.count, 10)
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound, unsafe FormatSniffer.isSpace(bytes[at]) { at += 1 }
    return at == range.upperBound
  }

  private mutating func parse(
    _ record: Range<Int>,
    line: Int,
    into batch: inout DocumentBatch
  ) throws {
    let part = unsafe UnsafeBufferPointer(rebasing: bytes[record])
    guard unsafe walker.walk(part) else {
      let place = record.lowerBound + walker.result.fault_offset
      try log.quarantine(record, line: line, at: place, walker.reason, &batch)
      return
    }
    find(in: record)
    let before = batch.bytes.count
    lone = 0
    guard let text = try text(record, line: line, into: &batch) else {
      batch.bytes.removeLast(batch.bytes.count - before)
      return
    }
    var damage = (bytes: lone, at: record.lowerBound, reason: "lone surrogate escapes")
    if walker.result.controls > 0 {
      damage.bytes += walker.result.controls
      damage.at = record.lowerBound + walker.result.first_control
      damage.reason = "raw control characters in strings"
    }
    guard try log.repair(record, line: line, damage, &batch) else {
      batch.bytes.removeLast(batch.bytes.count - before)
      return
    }
    let id = append(.id, to: &batch)
    var entry = DocumentBatch.Entry(
      text: text,
      id: id ?? batch.appendID(context.name, line: line),
      line: line,
      record: record
    )
    if let member = found[FieldRole.text.rawValue]?.member {
      let quote = member.isString ? 1 : 0
      entry.field = member.value_start - quote..<member.value_end + quote
    }
    entry.source = append(.source, to: &batch)
    entry.author = append(.author, to: &batch)
    entry.time = append(.time, to: &batch)
    batch.entries.append(entry)
  }

  /// Picks the wanted members; of repeated names the last counts.
  private mutating func find(in record: Range<Int>) {
    for role in found.indices { found[role] = nil }
    for index in 0..<walker.result.count {
      var member = walker.members[index]
      member.key_start += record.lowerBound
      member.key_end += record.lowerBound
      member.value_start += record.lowerBound
      member.value_end += record.lowerBound
      for field in fields.fields {
        if isNamed(member, field.name) {
          keep(member, field, rank: field.rank)
        } else if !field.path.isEmpty, isNamed(member, field.path[0]),
          let deep = descend(member, field.path)
        {
          keep(deep, field, rank: field.rank + 1)
        }
      }
    }
  }

  private mutating func keep(_ member: sidik_json_member, _ field: JSONFields.Field, rank: Int) {
    let role = field.role.rawValue
    if let old = found[role], old.rank < rank { return }
    found[role] = Found(member: member, rank: rank)
  }

  private func isNamed(_ member: sidik_json_member, _ name: [UInt8]) -> Bool {
    let key = unsafe UnsafeBufferPointer(rebasing: bytes[member.key_start..<member.key_end])
    if member.key_escaped != 0 {
      var copy = unsafe Array(key)
      var lone = 0
      let count = unsafe sidik_json_unescape(&copy, copy.count, &lone)
      return copy[..<count] == name[...]
    }
    return unsafe key.count == name.count && key.elementsEqual(name)
  }

  /// Follows a dotted name into nested objects.
  private mutating func descend(
    _ outer: sidik_json_member,
    _ path: [[UInt8]]
  ) -> sidik_json_member? {
    var member = outer
    for name in path.dropFirst() {
      guard member.isObject else { return nil }
      let start = member.value_start
      let part = unsafe UnsafeBufferPointer(rebasing: bytes[start..<member.value_end])
      guard unsafe inner.walk(part) else { return nil }
      var next: sidik_json_member?
      for index in 0..<inner.result.count {
        var child = inner.members[index]
        child.key_start += start
        child.key_end += start
        child.value_start += start
        child.value_end += start
        if isNamed(child, name) { next = child }
      }
      guard let next else { return nil }
      member = next
    }
    return member
  }

  /// Appends the text, or quarantines the record and gives nil.
  private mutating func text(
    _ record: Range<Int>,
    line: Int,
    into batch: inout DocumentBatch
  ) throws -> Range<Int>? {
    guard let member = found[FieldRole.text.rawValue]?.member else {
      let reason = "no field `\(fields.textName)`"
      try log.quarantine(record, line: line, at: record.lowerBound, reason, &batch)
      return nil
    }
    if member.isString { return appendString(member, to: &batch) }
    if member.isArray, let joined = appendJoined(member, to: &batch) { return joined }
    let kind = member.isArray ? "an array that holds more than strings" : member.kindName
    let reason = "field `\(fields.textName)` is \(kind), not text"
    try log.quarantine(record, line: line, at: member.value_start, reason, &batch)
    return nil
  }

  private mutating func appendString(
    _ member: sidik_json_member,
    to batch: inout DocumentBatch
  ) -> Range<Int> {
    let start = batch.bytes.count
    let part = unsafe UnsafeBufferPointer(rebasing: bytes[member.value_start..<member.value_end])
    unsafe batch.bytes.append(contentsOf: part)
    if member.value_escaped != 0 {
      let kept = unsafe batch.bytes.withUnsafeMutableBufferPointer { all in
        let text = unsafe UnsafeMutableBufferPointer(rebasing: all[start...])
        return unsafe sidik_json_unescape(text.baseAddress, text.count, &lone)
      }
      batch.bytes.removeLast(batch.bytes.count - start - kept)
    }
    return start..<batch.bytes.count
  }

  /// Appends the strings of an array with line feeds between them; nil if it holds others.
  private mutating func appendJoined(
    _ member: sidik_json_member,
    to batch: inout DocumentBatch
  ) -> Range<Int>? {
    let start = batch.bytes.count
    let part = unsafe UnsafeBufferPointer(rebasing: bytes[member.value_start..<member.value_end])
    guard unsafe inner.walk(part, array: true) else { return nil }
    for index in 0..<inner.result.count {
      var element = inner.members[index]
      guard element.isString else { return nil }
      element.value_start += member.value_start
      element.value_end += member.value_start
      if index > 0 { batch.bytes.append(10) }
      _ = appendString(element, to: &batch)
    }
    return start..<batch.bytes.count
  }

  /// Appends a string or a number; nil for anything else and for what is empty.
  private mutating func append(_ role: FieldRole, to batch: inout DocumentBatch) -> Range<Int>? {
    guard let member = found[role.rawValue]?.member, member.value_end > member.value_start else {
      return nil
    }
    if member.isString { return appendString(member, to: &batch) }
    guard member.isNumber else { return nil }
    let part = unsafe UnsafeBufferPointer(rebasing: bytes[member.value_start..<member.value_end])
    return unsafe batch.append(part)
  }
}
