import Foundation
import SidikTestSupport
import Testing

/// Broken input, full disks, closed pipes, interrupts: the right code, one clear line, nothing
/// lost and nothing left behind.
@Suite struct FaultTests {
  private static let text =
    "Warga Kampung Randu menutup jalan menuju tambang pasir sejak Senin pagi karena jembatan retak"

  private func jsonLines(_ count: Int) -> String {
    (0..<count).map {
      "{\"id\":\"d\($0)\",\"text\":\"kabar nomor \($0) dari desa \($0 % 7) \(Self.text)\"}\n"
    }
    .joined()
  }

  /// Texts without a word in common.
  private func unlikeLines(_ count: Int) -> String {
    var generator = SeededGenerator(seed: 5)
    return (0..<count).map { _ in
      let words = (0..<12).map { _ in
        String(UInt32.random(in: .min ... .max, using: &generator), radix: 26)
      }
      return "{\"text\":\"\(words.joined(separator: " "))\"}\n"
    }.joined()
  }

  /// Expects one line on standard error that names what is wrong.
  private func expectOneLine(
    _ outcome: SidikProgram.Outcome,
    _ status: Int32,
    naming words: String...,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(!outcome.isTimedOut, sourceLocation: location)
    #expect(outcome.status == status, "\(outcome.stderr)", sourceLocation: location)
    let lines = outcome.stderr.split(separator: "\n")
    #expect(lines.count == 1, "\(outcome.stderr)", sourceLocation: location)
    for word in words {
      #expect(outcome.stderr.contains(word), "\(outcome.stderr)", sourceLocation: location)
    }
  }

  @Test(arguments: ["cluster", "dedup", "normalize", "sketch"])
  func aTruncatedLineIsSetAsideAndTheRestIsRead(_ command: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", jsonLines(3) + "{\"id\":\"d3\",\"text\":\"terpoto")
    let before = try Inventory(scratch)
    let outcome = try SidikProgram.run(
      "$SIDIK \(command) -q --quarantine aside.jsonl docs.jsonl",
      in: scratch
    )
    expectOneLine(outcome, 3, naming: "docs.jsonl:4", "set aside")
    #expect(
      try scratch.text("aside.jsonl").contains(#""record":"{\"id\":\"d3\",\"text\":\"terpoto""#)
    )
    try before.expectUnchanged(scratch)
  }

  @Test(.enabled(if: SidikProgram.isSlowWanted, "SIDIK_SLOW=1 runs it"))
  func anOverlongLineIsSetAsideInBoundedMemoryAndNotLost() throws {
    let scratch = try ScratchFolder()
    // 200 MB of one letter in one line, streamed, with 500 MB of memory for data.
    let big = "head -c 200000000 /dev/zero | tr '\\000' a"
    let line = """
      { printf '{"text":"satu dua tiga empat"}\\n'; printf '{"text":"'; \(big)
      printf '"}\\n{"text":"lima enam"}\\n'; } \
      | { ulimit -d 500000; $SIDIK dedup -q -T 2; } | wc -c
      """
    let outcome = try SidikProgram.run(line, in: scratch, seconds: 600)
    #expect(outcome.text.trimmingCharacters(in: .whitespacesAndNewlines) == "200000064")
    #expect(outcome.stderr.split(separator: "\n").count == 1, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("-:2") && outcome.stderr.contains("longer"))
    #expect(scratch.files() == [])
  }

  @Test(.enabled(if: SidikProgram.isSlowWanted, "SIDIK_SLOW=1 runs it"))
  func aQuarantineHoldsAllOfAnOverlongLine() throws {
    let scratch = try ScratchFolder()
    let outcome = try SidikProgram.run(
      """
      { head -c 200000000 /dev/zero | tr '\\000' a; printf '\\n{"text":"lima enam"}\\n'; } \
      | $SIDIK dedup -q --quarantine aside.jsonl; wc -c < aside.jsonl
      """,
      in: scratch,
      seconds: 600
    )
    let size = outcome.text.split(separator: "\n").last.flatMap { Int($0) }
    #expect((size ?? 0) > 200_000_000)
  }

  @Test(.enabled(if: SidikProgram.isSlowWanted, "SIDIK_SLOW=1 runs it"))
  func aLineOf60MegabytesIsADocument() throws {
    let scratch = try ScratchFolder()
    let outcome = try SidikProgram.run(
      """
      { printf '{"id":"big","text":"'; yes 'kata yang panjang sekali' | head -c 60000000 \
      | tr '\\n' ' '; printf '"}\\n'; } | $SIDIK cluster -q --all | cut -c1-60
      """,
      in: scratch,
      seconds: 300
    )
    #expect(outcome.text.contains("\"size\":1"), "\(outcome.stderr)")
    #expect(outcome.stderr == "")
  }

  @Test func nulBytesAndBadUTF8AreRepairedAndCounted() throws {
    let scratch = try ScratchFolder()
    let bytes = Array("{\"text\":\"satu\0dua tiga\"}\n{\"text\":\"empat ".utf8) + [0xFF, 0xC3]
    try scratch.write("docs.jsonl", bytes + Array("\"}\n".utf8))
    let outcome = try SidikProgram.run(
      "$SIDIK cluster --all --stats numbers.json docs.jsonl",
      in: scratch
    )
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("2 records were repaired, the first at docs.jsonl:1"))
    #expect(outcome.text.split(separator: "\n").count == 2)
    #expect(try scratch.text("numbers.json").contains("\"repaired_bytes\":2"))
  }

  @Test(arguments: [
    ("ln -s loop loop", "loop", "too many levels"),
    ("ln -s nowhere x.txt", "x.txt", "no such file"),
    ("mkdir d; ln -s nowhere d/x.txt", "d", "no such file"), ("mkdir d", "d", "no texts"),
    ("mkdir d; : > d/p.png", "d", "no texts"), ("true", "/proc/self/mem", "cannot be read"),
    ("true", "\"\"", "no such file"), ("true", "docs.jsonl/x", "not a directory"),
  ])
  func whatCannotBeReadIsNamed(_ setUp: String, _ input: String, _ reason: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", jsonLines(2))
    for command in ["cluster", "dedup"] {
      let outcome = try SidikProgram.run(
        "\(setUp); $SIDIK \(command) -o out docs.jsonl \(input); code=$?; rm -rf d; exit $code",
        in: scratch
      )
      expectOneLine(outcome, 2, naming: reason)
      #expect(!scratch.files().contains("out"))
      if setUp != "true" { try? FileManager.default.removeItem(at: scratch.file(input)) }
    }
  }

  @Test(.enabled(if: getuid() != 0, "root reads every file"))
  func aFileWithoutPermissionIsNamed() throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", jsonLines(2))
    let outcome = try SidikProgram.run("chmod 0 docs.jsonl; $SIDIK cluster docs.jsonl", in: scratch)
    expectOneLine(outcome, 2, naming: "docs.jsonl", "permission denied")
  }

  @Test func aPipeNobodyWritesToIsNoTextOfAFolderAndYieldsToAnInterrupt() throws {
    let scratch = try ScratchFolder()
    try scratch.write("d/a.txt", "satu dua tiga")
    let folder = try SidikProgram.run(
      "mkfifo d/b.txt; $SIDIK cluster -q --all d; code=$?; rm d/b.txt; exit $code",
      in: scratch,
      seconds: 20
    )
    #expect(!folder.isTimedOut && folder.status == 0)
    #expect(folder.text.split(separator: "\n").count == 1)
    // Named outright it is waited for, as every program does, and Ctrl-C ends the wait.
    let named = try SidikProgram.run(
      """
      mkfifo p; $SIDIK cluster -o out.jsonl p & job=$!; sleep 3; kill -INT $job; wait $job
      code=$?; rm p; exit $code
      """,
      in: scratch,
      seconds: 20
    )
    expectOneLine(named, 130, naming: "interrupted")
    #expect(scratch.files() == ["d/a.txt"])
  }

  @Test(arguments: ["gz", "zst"])
  func aDamagedArchiveGivesWhatCameBeforeTheDamageAndFails(_ kind: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", unlikeLines(5000))
    let pack = kind == "gz" ? "gzip -c" : "zstd -q -c"
    guard kind == "gz" || FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd") else {
      return
    }
    for damage in ["head -c 20000", "{ head -c 20000; head -c 64 /dev/zero; cat; }"] {
      let outcome = try SidikProgram.run(
        "\(pack) docs.jsonl | \(damage) > bad.\(kind); $SIDIK dedup -q -o out.jsonl bad.\(kind)",
        in: scratch
      )
      expectOneLine(outcome, 2, naming: "bad.\(kind)")
      #expect(scratch.files() == ["bad.\(kind)", "docs.jsonl"])
    }
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "docs.jsonl",
      (0..<3000).map { "{\"text\":\"\($0) \($0 * 7919) \($0 * 104729) sendiri\"}\n" }.joined()
    )
    for command in ["dedup", "cluster --all", "normalize", "sketch"] {
      let outcome = try SidikProgram.run(
        "{ $SIDIK \(command) -q docs.jsonl; echo $? > code; } | head -n 1 | wc -l",
        in: scratch
      )
      #expect(outcome.text.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
      #expect(outcome.stderr == "", "\(command)")
      #expect(try scratch.text("code") == "0\n", "\(command)")
    }
  }

  @Test(arguments: ["INT", "TERM"])
  func anInterruptEndsWith130AndLeavesNothing(_ signal: String) throws {
    let scratch = try ScratchFolder()
    let outcome = try SidikProgram.run(
      """
      mkfifo p; { i=0; while true; do i=$((i + 1)); echo "{\\"text\\":\\"berita $i\\"}"; done; } > p &
      writer=$!
      $SIDIK dedup -q -o out.jsonl --removed gone.jsonl --stats s.json < p & job=$!
      sleep 3; kill -\(signal) $job; wait $job; code=$?; kill $writer 2> kills; rm -f p kills; exit $code
      """,
      in: scratch,
      seconds: 30
    )
    expectOneLine(outcome, 130, naming: "interrupted")
    #expect(scratch.files() == [])
  }

  @Test(arguments: ["cluster", "dedup", "normalize", "sketch"])
  func outputsThatCannotBeWrittenAreRefusedBeforeTheRun(_ command: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", jsonLines(3))
    try scratch.write("old", "lama")
    let before = try Inventory(scratch)
    for (target, word) in [
      ("old", "--force"), ("nofolder/x", "no such file"), ("docs.jsonl", "exists already"),
      (".", "is a folder"), ("old/x", "not a directory"), ("/proc/x", "cannot be written"),
    ] {
      if target == "docs.jsonl" {
        let forced = try SidikProgram.run(
          "$SIDIK \(command) --force -o docs.jsonl docs.jsonl",
          in: scratch
        )
        expectOneLine(forced, 2, naming: "docs.jsonl", "inputs")
        continue
      }
      let outcome = try SidikProgram.run("$SIDIK \(command) -o \(target) docs.jsonl", in: scratch)
      expectOneLine(outcome, 2, naming: target, word)
      #expect(outcome.stdout.isEmpty)
    }
    try before.expectUnchanged(scratch)
  }

  @Test func aFullDeviceIsCode4() throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", jsonLines(50))
    for command in ["cluster --all", "dedup", "normalize", "sketch"] {
      let outcome = try SidikProgram.run("$SIDIK \(command) -q docs.jsonl > /dev/full", in: scratch)
      expectOneLine(outcome, 4, naming: "no space left")
    }
    let named = try SidikProgram.run("$SIDIK dedup -q -o /dev/full docs.jsonl", in: scratch)
    expectOneLine(named, 4, naming: "/dev/full", "no space left")
  }

  /// Whether a small file system of our own can be mounted here.
  private static let canMount: Bool = {
    guard getuid() == 0, let scratch = try? ScratchFolder() else { return false }
    let line = "mkdir m && mount -t tmpfs -o size=64k tmpfs m && umount m"
    return (try? SidikProgram.run(line, in: scratch, seconds: 20))?.status == 0
  }()

  @Test(
    .enabled(if: canMount, "needs the right to mount a tmpfs"),
    arguments: ["-o full/out.jsonl", "--removed full/out.jsonl", "--temp-dir full"]
  )
  func aFullDiskIsCode4AndLeavesNoPartOfAnOutput(_ option: String) throws {
    let scratch = try ScratchFolder()
    // Each text twice, so that what is removed fills the disk as well.
    let texts = unlikeLines(2000)
    try scratch.write("docs.jsonl", texts + texts)
    for input in ["docs.jsonl", "-"] {
      let outcome = try SidikProgram.run(
        """
        mkdir -p full; mount -t tmpfs -o size=128k tmpfs full
        $SIDIK dedup -q --level exact \(option) \(input) < docs.jsonl > kept; code=$?
        ls -A full | sed 's/^/left: /' >&2; umount full; rmdir full; rm kept; exit $code
        """,
        in: scratch
      )
      expectOneLine(outcome, 4, naming: "no space left")
      #expect(scratch.files() == ["docs.jsonl"])
    }
  }

  @Test(.enabled(if: canMount, "needs the right to mount a tmpfs"))
  func aFullTMPDIRIsCode4() throws {
    let scratch = try ScratchFolder()
    try scratch.write("docs.jsonl", unlikeLines(4000))
    let outcome = try SidikProgram.run(
      """
      mkdir full; mount -t tmpfs -o size=256k tmpfs full
      cat docs.jsonl | TMPDIR=$PWD/full $SIDIK cluster -q -o out.jsonl; code=$?
      umount full; rmdir full; exit $code
      """,
      in: scratch
    )
    expectOneLine(outcome, 4, naming: "no space left", "TMPDIR")
    #expect(scratch.files() == ["docs.jsonl"])
  }

  @Test func anOutputThatAppearsDuringTheRunIsKept() throws {
    let scratch = try ScratchFolder()
    let outcome = try SidikProgram.run(
      """
      mkfifo p; $SIDIK cluster -q --all -o out.jsonl < p & job=$!
      { sleep 3; echo lain > out.jsonl; echo '{"text":"satu dua"}'; } > p; wait $job
      code=$?; rm p; exit $code
      """,
      in: scratch,
      seconds: 20
    )
    expectOneLine(outcome, 2, naming: "out.jsonl", "exists already")
    #expect(try scratch.text("out.jsonl") == "lain\n")
    #expect(scratch.files() == ["out.jsonl"])
  }
}
