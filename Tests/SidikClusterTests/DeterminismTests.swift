import Foundation
import SidikCore
import SidikTestSupport
import Testing

@testable import SidikCluster

/// Same input, same options, same answer.
@Suite struct DeterminismTests {
  /// Reposts, equal texts, texts of signs, blanks, and ids that repeat.
  static func documents() throws -> [TestDocument] {
    let all = try BundledReposts().documents
    var documents = Array(all[..<70] + all.suffix(20))
    for index in stride(from: 0, to: 60, by: 6) {
      documents.append(TestDocument("equal\(index)", all[index].text, time: all[index].time))
      documents.append(TestDocument("twin", all[index].text, source: "s\(index)"))
      documents.append(
        TestDocument("twin", all[index].text.replacing(".", with: " ya."), time: "2020-01-01")
      )
    }
    return documents
      + [("e1", "🙏"), ("e2", "🙏"), ("e3", ""), ("e4", " ")].map { TestDocument($0.0, $0.1) }
  }

  @Test func overThreadsAndChunks() async throws {
    let documents = try Self.documents()
    let answer = try await cluster(documents, threads: 1, perChunk: 1000)
    #expect(answer.families.count > 5)
    for (threads, perChunk) in [(1, 1), (2, 7), (3, 3), (8, 1)] {
      let other = try await cluster(documents, threads: threads, perChunk: perChunk)
      #expect(other.transcript == answer.transcript)
      // With the input in the same order even the numbers of documents agree.
      #expect(other.edges == answer.edges && other.repeating == answer.repeating)
    }
  }

  @Test func overTheOrderOfTheInput() async throws {
    var generator = SeededGenerator(seed: 1)
    let documents = try Self.documents()
    let answer = try await cluster(documents).transcript
    for round in 0..<5 {
      let other = try await cluster(
        documents.shuffled(using: &generator),
        threads: round % 3 + 1,
        perChunk: 2 + 5 * round
      )
      #expect(other.transcript == answer)
    }
  }

  @Test func theCorpusProfileToo() async throws {
    var generator = SeededGenerator(seed: 2)
    let documents = try Self.documents()
    let answer = try await cluster(documents, profile: .corpus).transcript
    let other = try await cluster(
      documents.shuffled(using: &generator),
      profile: .corpus,
      threads: 3,
      perChunk: 9
    )
    #expect(other.transcript == answer)
  }

  /// The answer in a process of its own, since the level of kernels is chosen once a process.
  static func printAnswer(level: String) async throws {
    unsafe setenv("SIDIK_KERNELS", level, 1)
    guard Kernels.availableNames.contains(level) else { return }
    let result = try await cluster(Array(documents()[..<40]))
    print("answer by \(Kernels.activeName)")
    for line in result.transcript { print("answer", line) }
  }

  private func answer(_ output: [UInt8]) -> [Substring] {
    String(decoding: output, as: UTF8.self).split(separator: "\n").filter {
      $0.hasPrefix("answer")
    }
  }

  @Test func overLevelsOfKernels() async throws {
    var answers: [String: [Substring]] = [:]
    let scalar = await #expect(
      processExitsWith: .success,
      observing: [\.standardOutputContent]
    ) { try await DeterminismTests.printAnswer(level: "scalar") }
    answers["scalar"] = answer(scalar?.standardOutputContent ?? [])
    let avx2 = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      try await DeterminismTests.printAnswer(level: "avx2")
    }
    answers["avx2"] = answer(avx2?.standardOutputContent ?? [])
    let avx512 = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      try await DeterminismTests.printAnswer(level: "avx512")
    }
    answers["avx512"] = answer(avx512?.standardOutputContent ?? [])
    let neon = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      try await DeterminismTests.printAnswer(level: "neon")
    }
    answers["neon"] = answer(neon?.standardOutputContent ?? [])
    let expected = try #require(answers["scalar"]).dropFirst()
    #expect(expected.count > 20)
    for level in Kernels.availableNames {
      #expect(answers[level]?.first ?? "none" == "answer by \(level)")
      #expect(answers[level]?.dropFirst() == expected)
    }
  }
}
