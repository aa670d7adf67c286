import Testing
@testable import SidikCore
@Test func errorsNameTheirPlace() {
  let error = SidikError(.data, "not JSON", file: "a.jsonl", line: 3, offset: 17)
  #expect(error.description == "a.jsonl:3: byte 17: not JSON")
}
