import Foundation
import Sidik
import SidikTestSupport
import Testing

/// The commands of an index as a shell uses them.
@Suite struct IndexCommandTests {
  private let scratch: ScratchFolder
  private let reposts = ProjectFiles.url("corpora/reposts/documents.jsonl").path

  init() throws { scratch = try ScratchFolder() }

  @discardableResult
  private func run(_ line: String, status: Int32 = 0) throws -> SidikProgram.Outcome {
    let outcome = try SidikProgram.run(line.replacing("REPOSTS", with: "'\(reposts)'"), in: scratch)
    #expect(outcome.status == status, "\(line): \(outcome.stderr)")
    return outcome
  }

  /// However the input arrives, the same records go on.
  @Test(arguments: ["", "--store-text"])
  func filterAnswersAlikeForFilesAndPipes(texts: String) throws {
    var answers: [Data] = []
    for (number, line) in [
      "$SIDIK filter --quiet --index i0 --add REPOSTS",
      "cat REPOSTS | $SIDIK filter --quiet --index i1 --add --flush-every 3",
      "while read -r line; do printf '%s\\n' \"$line\"; done < REPOSTS | "
        + "$SIDIK filter --quiet --index i2 --add",
      "$SIDIK filter --quiet --threads 3 --index i3 --add - < REPOSTS",
    ].enumerated() {
      try run("$SIDIK index create \(texts) i\(number)")
      answers.append(try run(line).stdout)
    }
    for answer in answers.dropFirst() {
      // Not compared by the macro, which would look for the difference byte by byte.
      let isSame = answer == answers[0]
      #expect(isSame)
    }
    // What goes on are records of the input, byte for byte and in order.
    let input = try String(contentsOfFile: reposts, encoding: .utf8).split(separator: "\n")
    let kept = String(decoding: answers[0], as: UTF8.self).split(separator: "\n")
    var place = 0
    for line in kept {
      let found = input[place...].firstIndex(of: line)
      place = try #require(found) + 1
    }
    #expect(kept.count < input.count)
    // A second time nothing is new, however the index was merged.
    try run("$SIDIK index compact --quiet i1")
    #expect(try run("$SIDIK filter --quiet --index i1 REPOSTS").stdout.isEmpty)
  }

  @Test func filterTagsEveryRecord() throws {
    try run("$SIDIK index create --store-text seen")
    try run("head -40 REPOSTS | $SIDIK index add --quiet seen -")
    let text = try run("$SIDIK filter --quiet --index seen --tag REPOSTS").text
    let lines = text.split(separator: "\n")
    #expect(lines.count == 364)
    #expect(lines[0].contains(#""sidik":{"known":true,"id":"banjir-sumber-angin","level":"exact""#))
    #expect(lines.contains { $0.contains(#""sidik":{"known":false,"by":"#) })
  }

  /// A line is answered while the pipe stays open, and an end by a signal keeps what was learnt.
  @Test func filterAnswersAtOnceAndCommitsWhenAskedToEnd() throws {
    try run("$SIDIK index create seen")
    let script = """
      mkfifo feed; $SIDIK filter --quiet --index seen --add < feed > out & pid=$!; exec 3> feed
      head -2 REPOSTS >&3; n=0
      while [ "$(wc -l < out)" -lt 1 ] && [ $n -lt 200 ]; do sleep 0.05; n=$((n+1)); done
      printf '{"id":"half' >&3; sleep 0.3; kill -TERM $pid; wait $pid; echo "code $?"; cat out
      """
    let outcome = try run(script)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.first == "code 130")
    #expect(lines.count == 2)
    #expect(try run("$SIDIK index export seen").text.split(separator: "\n").count == 1)
  }

  @Test func matchAnswersLikeGrep() throws {
    try run("$SIDIK index create --store-text seen && $SIDIK index add --quiet seen REPOSTS")
    let found = try run("head -1 REPOSTS | $SIDIK match --quiet --top 3 --index seen -")
    #expect(found.text.split(separator: "\n").count == 3)
    let first = #"{"query":"banjir-sumber-angin","id":"banjir-sumber-angin","level":"exact","#
    #expect(found.text.hasPrefix(first + #""verified":true"#))
    let asked = "echo 'lain sama sekali dari semua yang pernah ada'"
    try run("\(asked) | $SIDIK match --quiet --index seen", status: 1)
    try run("$SIDIK match --quiet --index nowhere a.txt", status: 2)
    try run("$SIDIK index create other")
    let both = try run("head -1 REPOSTS | $SIDIK match --quiet --index other --index seen -")
    #expect(both.text.contains(#""index":"seen""#))
  }

  @Test func windowsAndAgesGoByTime() throws {
    try run(
      "$SIDIK index create --store-text seen && $SIDIK index add --quiet --now 2026-06-01 seen REPOSTS"
    )
    func count(_ options: String) throws -> Int {
      let line = "head -1 REPOSTS | $SIDIK match --quiet -k 100 --index seen \(options) - || true"
      return try run(line).text.split(separator: "\n").count
    }
    let all = try count("")
    let early = try count("--until 2024-02-01")
    #expect(early > 0 && early < all)
    #expect(try count("--since 2024-02-01T00:00:01Z") == all - early)
    #expect(try count("--since 2030-01-01") == 0)
    try run("$SIDIK index expire --quiet --now 2024-02-11 --older-than 10d seen")
    #expect(try count("") == all - early)
    try run("$SIDIK index compact --quiet seen && $SIDIK index check --quiet seen")
    #expect(try count("") == all - early)
  }

  @Test func removedDocumentsAreGone() throws {
    try run("$SIDIK index create seen && $SIDIK index add --quiet seen REPOSTS")
    try run("$SIDIK index remove --quiet seen banjir-sumber-angin nobody")
    try run("$SIDIK index remove --quiet seen banjir-sumber-angin", status: 1)
    #expect(!(try run("$SIDIK index export seen").text.contains(#""id":"banjir-sumber-angin","#)))
    let info = try run("$SIDIK index info --json seen").text
    #expect(info.hasPrefix(#"{"documents":363,"removed":1,"segments":1,"#))
  }

  @Test func faultsHaveTheirCodes() throws {
    try run("$SIDIK index create seen && $SIDIK index add --quiet seen REPOSTS")
    try run("$SIDIK index create seen", status: 2)
    // Two writers.
    let busy = try run(
      "mkfifo feed; $SIDIK index add --quiet seen - < feed & exec 3> feed; sleep 0.5; "
        + "$SIDIK index compact seen; code=$?; exec 3>&-; wait; exit $code",
      status: 6
    )
    #expect(busy.stderr.contains("is being written by process "))
    // Other parameters, another secret.
    try run("head -c 32 /dev/zero > key && $SIDIK index create --threshold 0.8 strict")
    let other = try run("$SIDIK index merge seen strict", status: 5)
    #expect(other.stderr.contains("made with other parameters"))
    try run("$SIDIK match --index seen --key-file key key", status: 5)
    // A flipped bit.
    let name = try #require(scratch.files(in: "seen").first { $0.hasSuffix(".seg") })
    var bytes = try scratch.data("seen/" + name)
    bytes[5000] ^= 1
    try bytes.write(to: scratch.file("seen/" + name))
    let check = try run("$SIDIK index check seen", status: 5).stderr
    #expect(check.contains("byte 4096: a block is damaged"))
    try run("head -1 REPOSTS | $SIDIK filter --quiet --index seen - > /dev/null", status: 5)
    try run("$SIDIK index compact --repair seen && $SIDIK index check seen")
  }
}
