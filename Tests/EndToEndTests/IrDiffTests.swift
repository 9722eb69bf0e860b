import Foundation
import Testing

/// `rayc ir show|diff|stats`, as a user runs them.
@Suite struct IrDiffTests {
  static let program = """
    @inline(never)
    func square(_ x: Double) -> Double { x * x }

    @inline(never)
    func sum(_ numbers: [Double]) -> Double {
      var total = 0.0
      for number in numbers { total += square(number) }
      return total
    }

    print(sum([1, 2, 3]))

    """

  private func changed(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { line in
      guard let first = line.first, !line.hasPrefix("---"), !line.hasPrefix("+++") else {
        return false
      }
      return "+->".contains(first)
    }
  }

  @Test func onlyHooksDiffer() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    // No call and no load is in it: sum has both.
    let square = try await workspace.rayc("ir", "diff", "main.swift", "--fn", "square")
    #expect(square == Outcome(stdout: "", stderr: "", termination: .exited(0)))
    let sum = try await workspace.rayc("ir", "diff", "main.swift", "--fn", "main.sum")
    let lines = changed(sum.stdout)
    #expect(!lines.isEmpty)
    #expect(lines.allSatisfy { $0.hasPrefix(">") || $0.contains("rayc_") }, "\(sum.stdout)")
    #expect(sum.stdout.contains("; main.swift:7: for number in numbers"))
    #expect(sum.stdout.contains("hidden on both sides: debug information"))
  }

  @Test(arguments: ["swift", "instrumented", "optimized"])
  func aFileAndItselfAreTheSame(stage: String) async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    let outcome = try await workspace.rayc(
      "ir", "diff", "main.swift", "main.swift", "--stage", stage, "-c", "release", "--exit-code")
    #expect(outcome == Outcome(stdout: "", stderr: "", termination: .exited(0)))
  }

  /// A file of 1,000 lines and one with a statement more: nothing but that function.
  @Test func aStatementTouchesItsFunctionOnly() async throws {
    let workspace = try Workspace()
    func source(_ more: String) -> String {
      (0..<200).map { number in
        """
        func f\(number)(_ x: Int) -> Int {
          \(number == 77 ? more : "")
          if x > \(number) { return f\((number + 1) % 200)(x - 1) }
          return x
        }

        """
      }.joined() + "print(f0(3))\n"
    }
    try workspace.write(source(""), "a.swift")
    try workspace.write(source("if x == 99 { return 7 }"), "b.swift")
    let outcome = try await workspace.rayc("ir", "diff", "a.swift", "b.swift", "--exit-code")
    #expect(outcome.termination == .exited(1), "\(outcome.stderr)")
    #expect(outcome.stdout.contains("a.f77(_:)  changed"), "\(outcome.stdout)")
    #expect(outcome.stdout.contains("functions: 1 changed, 204 the same\n"), "\(outcome.stdout)")
    // The comparison, two branches, two labels; the phi has one value more.
    #expect(changed(outcome.stdout).count == 7, "\(outcome.stdout)")
  }

  @Test func comparesTwoWaysToCompile() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    let outcome = try await workspace.rayc("ir", "diff", "main.swift", "-Onone", "-O", "--stat")
    #expect(outcome.stdout.hasPrefix("--- main.swift, -Onone, swift\n+++ main.swift, -O, swift\n"))
    #expect(outcome.stdout.contains("main.sum(_:)  changed"))
  }

  @Test func comparesWithARevision() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    for arguments in [
      ["init", "-q"], ["add", "."],
      ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "first"],
    ] {
      #expect(try await workspace.run("git", arguments).termination == .exited(0))
    }
    try workspace.write(Self.program.replacing("x * x", with: "x * x * x"), "main.swift")
    let outcome = try await workspace.rayc("ir", "diff", "main.swift", "--rev", "HEAD")
    #expect(outcome.stdout.hasPrefix("--- main.swift at HEAD, swift\n"), "\(outcome.stderr)")
    #expect(outcome.stdout.contains("main.square(_:)  changed  +2 -1"), "\(outcome.stdout)")
    let unknown = try await workspace.rayc("ir", "diff", "main.swift", "--rev", "nowhere")
    expectRefusal(unknown, status: 1, "git has no 'main.swift' in revision 'nowhere'")
  }

  @Test func comparesIR() async throws {
    let workspace = try Workspace()
    let text = "define i64 @f(i64 %x) {\n  %y = add i64 %x, 1\n  ret i64 %y\n}\n"
    try workspace.write(text, "a.ll")
    try workspace.write(text.replacing("add", with: "sub"), "b.ll")
    let outcome = try await workspace.rayc("ir", "diff", "a.ll", "b.ll", "--word", "--fn", "f")
    #expect(outcome.stdout.contains("[-add-]{+sub+}") || outcome.stdout.contains("[-%add1"))
    let json = try await workspace.rayc("ir", "diff", "a.ll", "b.ll", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any])
    let functions = try #require(document["functions"] as? [[String: Any]])
    #expect(functions.count == 1)
    #expect(functions[0]["status"] as? String == "changed")
    #expect((functions[0]["rows"] as? [String])?.first == " define i64 @f(i64 %arg1)")
  }

  @Test func showsAFunctionAtAStage() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    let outcome = try await workspace.rayc(
      "ir", "show", "main.swift", "square", "--hide-metadata")
    #expect(
      outcome.stdout.contains("; main.square(_:)\ndefine hidden swiftcc double"),
      "\(outcome.stdout)")
    #expect(outcome.stdout.contains("  %fmul1 = fmul double %arg1, %arg1\n"))
    #expect(!outcome.stdout.contains("!dbg"))
    #expect(!outcome.stdout.contains("sum"))
    let missing = try await workspace.rayc("ir", "show", "main.swift", "squre")
    expectRefusal(missing, status: 64, "no function matches 'squre'", "did you mean")
  }

  /// All of what `show` prints is IR again.
  @Test func whatIsShownIsIR() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    for stage in ["swift", "instrumented", "optimized"] {
      let shown = try await workspace.rayc("ir", "show", "main.swift", "--stage", stage)
      try workspace.write(shown.stdout, "shown.ll")
      let checked = try await workspace.run(
        "opt-22", ["-passes=verify", "shown.ll", "-disable-output"])
      #expect(checked.termination == .exited(0), "\(stage): \(checked.stderr)")
    }
  }

  @Test func statistics() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    let outcome = try await workspace.rayc(
      "ir", "stats", "main.swift", "--fn", "main.sum", "--format", "json")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? [[String: Any]])
    #expect(rows.count == 1)
    #expect(rows[0]["name"] as? String == "main.sum(_:)")
    #expect((rows[0]["calls"] as? Int ?? 0) >= 2)
    let sizes = [rows[0]["size"] as? Int ?? 0, rows[0]["instrumentedSize"] as? Int ?? 0]
    #expect(sizes[0] > 0 && sizes[1] > sizes[0])
  }

  @Test func refusals() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    try workspace.write("", "notes.txt")
    expectRefusal(
      try await workspace.rayc("ir", "diff", "notes.txt"), status: 64,
      "'notes.txt' is no Swift file, no folder and no LLVM IR")
    // What LLVM says of it, and nothing of LLVM's own inside.
    try workspace.write("define i64 @f(i32 %x) {\n  ret i64 %x\n}\n", "types.ll")
    try workspace.write(
      "define i64 @f() {\n  br label %b\nb:\n  %y = add i64 %z, 1\n  %z = add i64 %y, 1\n"
        + "  ret i64 %y\n}\n", "order.ll")
    try workspace.write("no IR", "text.bc")
    for (file, words) in [
      ("types.ll", "types.ll:2:11: error: '%x' defined with type 'i32' but expected 'i64'"),
      ("order.ll", "Instruction does not dominate all uses"),
      ("text.bc", "error: expected top-level entity"),
    ] {
      for arguments in [
        ["show", file], ["stats", file], ["diff", file], ["diff", file, "--passes"],
      ] {
        let refused = try await workspace.run(Toolkit.rayc, ["ir"] + arguments)
        expectRefusal(refused, status: 1, words)
        #expect(!refused.stderr.contains("Stack dump"), "\(refused.stderr)")
      }
    }
    expectRefusal(
      try await workspace.rayc("ir", "diff", "gone.swift"), status: 1, "no such file: 'gone.swift'")
    expectRefusal(
      try await workspace.rayc("ir", "diff", "main.swift", "--passes", "--format", "html"),
      status: 64, "'--passes' has no HTML form")
  }
}
