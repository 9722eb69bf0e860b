import Foundation
import Testing

/// `outcome`: how a call ends that can throw, seen and changed.
@Suite struct OutcomeTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/failing.swift")
  }

  private func context(_ name: String) -> String {
    "'\(Workspace.fixture("Contexts/Outcomes.swift")):\(name)'"
  }

  private static let plain = """
    text threw true
      gone 0
    object threw true
      gone 0
    nothing threw y
    five threw x
    same threw x
    shared threw text("wide, long enough to lie on the heap")
    sharedText threw y
    sharedNothing threw y
    sharedObject threw 0
      gone 0
    apart threw long enough to lie on the heap
    apartFive threw x
    sameApart threw number(3)
      gone 0
    optional nil nil
    text text 1, long enough to lie on the heap
      gone 1
    object 1
    nothing
    five five, long enough to lie on the heap
    same s 7
    shared 1
    sharedText shared 1, long enough to lie on the heap
    sharedNothing
      gone 1
    sharedObject 1
    apart 1.5
    apartFive five, long enough to lie on the heap
    sameApart [1]
    optional Optional("text 1, long enough to lie on the heap") Optional(1)
    Five

    """

  @Test func theProgramItself() async throws {
    _ = try await workspace.run("swiftc", ["failing.swift", "-o", "plain"])
    #expect(try await workspace.run("./plain", []).stdout == Self.plain)
  }

  /// Each ending comes with the result's type and the real error, of `throws(E)` too, and what
  /// the hook hands back as it was leaves the program as it was.
  @Test(arguments: ["debug", "release"], [["program"], ["dynamic", "--trigger", "main"]])
  func endingsAreSeen(_ configuration: String, _ scope: [String]) async throws {
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["run", "-c", configuration, "-W", context("Endings"), "--scope"] + scope
        + ["failing.swift"])
    let lines = ran.stdout.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.filter { !$0.hasPrefix("+ ") }.joined(separator: "\n") == Self.plain, "\(ran.stderr)")
    let seen = lines.filter { $0.hasPrefix("+ ") }.joined(separator: "\n")
    #expect(seen.hasPrefix(Self.endings), "\(seen)")
  }

  private static let endings = """
    + text String threw Held
    + did throw Held
    + object Object threw Held
    + did throw Held
    + nothing () threw Small
    + did throw Small
    + five Five threw Small
    + did throw Small
    + same String threw Small
    + did throw Small
    + shared Int threw Wide
    + did throw Wide
    + sharedText String threw Small
    + did throw Small
    + sharedNothing () threw Small
    + did throw Small
    + sharedObject Object threw Held
    + did throw Held
    + apart Double threw Big
    + did throw Big
    + apartFive Five threw Small
    + did throw Small
    + sameApart Array<Int> threw Wide
    + did throw Wide
    + text String threw Held
    + did throw Held
    + shared Int threw Wide
    + did throw Wide
    + text String
    + object Object
    + nothing ()
    + five Five
    + same String
    + same Int
    + shared Int
    """

  /// Throws become values of the types that the context has, values become throws; what a
  /// `throws(E)` function cannot throw it does not throw.
  private static let turned = """
      gone 0
    text turned, long enough to lie on the heap
    object threw true
      gone 0
    nothing
    five threw x
    same turned, long enough to lie on the heap -1
    shared -1
    sharedText turned, long enough to lie on the heap
    sharedNothing
    sharedObject threw 0
      gone 0
    apart -2.5
    apartFive threw x
    sameApart [9]
      gone 0
    optional Optional("turned, long enough to lie on the heap") Optional(-1)
    text threw false
      gone 1
    object threw false
    nothing threw Turned()
    five threw Turned()
    same threw Turned()
    shared 1
    sharedText shared 1, long enough to lie on the heap
    sharedNothing
      gone 1
    sharedObject 1
    apart 1.5
    apartFive five, long enough to lie on the heap
    sameApart [1]
    optional nil Optional(1)
    Five

    """

  @Test(arguments: ["debug", "release"], [["program"], ["dynamic", "--trigger", "main"]])
  func throwsAndValuesChangePlaces(_ configuration: String, _ scope: [String]) async throws {
    let ran = try await workspace.run(
      Toolkit.rayc,
      ["run", "-c", configuration, "-W", context("Turning"), "--scope"] + scope
        + ["failing.swift"])
    #expect(ran == Outcome(stdout: Self.turned, stderr: "", termination: .exited(0)))
  }

  /// The old value or error is released, the new one owned.
  @Test(arguments: ["debug", "release"])
  func nothingLeaksAndNothingIsReleasedTwice(_ configuration: String) async throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/valgrind") else { return }
    for (name, expected) in [("Endings", nil), ("Turning", Self.turned), ("Renaming", nil)] {
      let built = try await workspace.rayc(
        "build", "-c", configuration, "-W", context(name), "failing.swift", "-o", name)
      #expect(built.termination == .exited(0), "\(built.stderr)")
      let ran = try await workspace.run(
        "valgrind",
        [
          "-q", "--error-exitcode=9", "--leak-check=full", "--show-leak-kinds=definite",
          "--errors-for-leak-kinds=definite", "./\(name)",
        ])
      #expect(ran.termination == .exited(0) && ran.stderr == "", "\(name): \(ran.stderr)")
      if let expected { #expect(ran.stdout == expected) }
    }
  }

  @Test(arguments: ["debug", "release"])
  func anErrorBecomesAnother(_ configuration: String) async throws {
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", context("Renaming"), "failing.swift")
    #expect(ran.stdout.contains("text threw false\n"), "\(ran.stdout)")
    #expect(ran.stdout.contains("nothing threw Other()\n"), "\(ran.stdout)")
    #expect(ran.stdout.contains("sharedText threw y\n"), "\(ran.stdout)")
  }

  /// What the first context has turned is what the second sees; the hooks behind see the last.
  @Test func severalContexts() async throws {
    let ran = try await workspace.rayc(
      "run", "-W", context("Turning"), "-W", context("Endings"), "-W", context("Seeing"),
      "failing.swift")
    let seen = ran.stdout.split(separator: "\n").filter { $0.hasPrefix("+ ") }
    #expect(
      Array(seen.prefix(2)) == [
        "+ text String", "+ sees turned, long enough to lie on the heap",
      ], "\(ran.stdout)\(ran.stderr)")
    #expect(seen.contains("+ text String threw Turned"), "\(ran.stdout)")
    #expect(seen.contains("+ sees Turned()"), "\(ran.stdout)")
  }

  /// The third read fails, and what is printed of the calls is what the program has written.
  @Test func theExamples() async throws {
    let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples").path()
    let third = try await workspace.rayc(
      "run", "-W", "'\(examples)/ThirdRead.swift:ThirdRead'", "\(examples)/Reader.swift")
    #expect(third.stdout == "a one\nb two\nc failed: Fault()\n", "\(third.stderr)")
    let calls = try await workspace.rayc(
      "run", "-W", "'\(examples)/Calls.swift:Calls' Reader", "\(examples)/Reader.swift")
    #expect(
      calls.stdout == """
        read("a")
        a one
        read("b")
        b two
        read("c")
        c three

        """, "\(calls.stderr)")
  }

  /// A context of the program's own.
  @Test(arguments: ["debug", "release"])
  func inAnExtent(_ configuration: String) async throws {
    try workspace.write(
      """
      import Ray
      struct Third: RayContext {
        struct Fault: Error {}
        var reads = 0
        mutating func outcome<T>(
          _ outcome: Result<T, any Error>, of site: Site
        ) -> Result<T, any Error> {
          guard site.shortCallee.contains("read") else { return outcome }
          reads += 1
          return reads == 3 ? .failure(Fault()) : outcome
        }
      }
      @inline(never) func read(_ n: Int) throws -> String { "line \\(n)" }
      func readAll() { for n in 1...4 { print((try? read(n)) ?? "none") } }
      var third = Third()
      overdub(&third) { readAll() }
      print(third.reads)
      """, "own.swift")
    let ran = try await workspace.rayc("run", "-c", configuration, "own.swift")
    #expect(ran.stdout == "line 1\nline 2\nnone\nline 4\n4\n", "\(ran.stderr)")
  }
}
