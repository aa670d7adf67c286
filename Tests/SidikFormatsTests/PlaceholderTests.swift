import Testing
@testable import SidikFormats
@Test func placeholder() { #expect(Bool(true)) }
