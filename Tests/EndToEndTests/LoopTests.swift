import Foundation
import Testing

/// `rayc run --loop` runs again when a source changes, and only then.
@Suite(.serialized) struct LoopTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  private func start(_ arguments: String...) throws -> Background {
    try Background(["run", "--loop"] + arguments, in: workspace.root)
  }

  @Test func runsAgainAfterEachWayToSave() async throws {
    try workspace.write("print(\"one\")", "p.swift")
    let loop = try start("-W", context("Silent"), "p.swift")
    try await loop.wait("the first run") { loop.stderr.contains("waiting") }
    #expect(loop.stdout == "one\n")

    // In place.
    try Data("print(\"two\")".utf8).write(to: URL(filePath: workspace.path("p.swift")))
    try await loop.wait("in place") {
      loop.stdout.contains("two") && loop.stderr.count(of: "waiting") == 2
    }
    // By renaming.
    try workspace.write("print(\"three\")", "p.swift")
    try await loop.wait("renamed") {
      loop.stdout.contains("three") && loop.stderr.count(of: "waiting") == 3
    }
    // The old file away first.
    try FileManager.default.moveItem(
      atPath: workspace.path("p.swift"), toPath: workspace.path("p.swift~"))
    try workspace.write("print(\"four\")", "p.swift")
    // For a moment there is no file: a slow machine sees that, too.
    try await loop.wait("moved away") {
      loop.stdout.contains("four") && loop.stderr.hasSuffix("Ctrl-C ends\n")
    }

    #expect(loop.stdout == "one\ntwo\nthree\nfour\n")
    #expect(loop.stderr.count(of: "rayc: changed: p.swift\n") >= 3, "\(loop.stderr)")
    #expect(loop.stderr.count(of: "rayc: ended with status 0 after") == 4)
    let end = await loop.interrupt()
    #expect(end.reason == .uncaughtSignal && end.status == SIGINT)
  }

  @Test func doesNothingForWhatIsNoChange() async throws {
    try workspace.write("print(\"one\")", "p.swift")
    let loop = try start("-W", context("Silent"), "p.swift")
    try await loop.wait("the first run") { loop.stderr.contains("waiting") }
    try workspace.write("print(\"one\")", "p.swift")
    try workspace.write("not of the program", "other.swift")
    try await Task.sleep(for: .seconds(1))
    #expect(!loop.stderr.contains("changed"), "\(loop.stderr)")
  }

  @Test func showsWhatDoesNotCompileAndGoesOn() async throws {
    try workspace.write("print(\"one\")", "p.swift")
    let loop = try start("-W", context("Silent"), "p.swift")
    try await loop.wait("the first run") { loop.stderr.contains("waiting") }
    try workspace.write("print(\"two\"", "p.swift")
    try await loop.wait("the error") { loop.stderr.count(of: "waiting") == 2 }
    #expect(loop.stderr.contains("p.swift:1:12: error: expected ')'"), "\(loop.stderr)")
    try workspace.write("print(\"three\")", "p.swift")
    try await loop.wait("the next run") { loop.stdout == "one\nthree\n" }
  }

  @Test func endsAProgramThatStillRuns() async throws {
    try workspace.write(
      "import Glibc\nsignal(SIGTERM, SIG_IGN)\nprint(\"one\")\nfflush(stdout)\nsleep(1000)",
      "p.swift")
    let loop = try start("-W", context("Silent"), "p.swift")
    try await loop.wait("the first run") { loop.stdout == "one\n" }
    try workspace.write("import Glibc\nprint(\"two\")\nexit(3)", "p.swift")
    try await loop.wait("the second run") { loop.stderr.contains("ended with status 3") }
    #expect(loop.stdout == "one\ntwo\n")
  }

  @Test func contextsAreSourcesAndKeepNotes() async throws {
    try workspace.write("func f() {}\nf()", "p.swift")
    _ = try await workspace.rayc("template", "Patch", "--session")
    let loop = try start("-W", "Patch.swift:Patch", "p.swift")
    try await loop.wait("the first run") { loop.stderr.contains("waiting") }
    #expect(loop.stderr.contains("Patch: run 1\n"))
    let text = try String(contentsOfFile: workspace.path("Patch.swift"), encoding: .utf8)
    try workspace.write(text.replacing("calls += 1", with: "calls += 1000"), "Patch.swift")
    try await loop.wait("the second run") { loop.stderr.count(of: "waiting") == 2 }
    #expect(loop.stderr.contains("rayc: changed: Patch.swift\n"))
    #expect(loop.stderr.contains("Patch: run 2\n"))
    let sums = loop.stderr.split(separator: "\n").filter { $0.hasSuffix("calls in all runs") }
      .compactMap { Int($0.split(separator: " ")[1]) }
    // A thousandfold, and those of the first run.
    #expect(sums.count == 2 && sums[0] > 0 && sums[1] == 1001 * sums[0], "\(loop.stderr)")
  }

  @Test func packagesToo() async throws {
    try workspace.copy("Package", as: "pkg")
    let loop = try start(
      "--package-path", "pkg", "--product", "app", "-W", context("Silent"), "--", "x")
    try await loop.wait("the first run") { loop.stderr.contains("waiting") }
    #expect(loop.stdout == "app 42 3\n")
    let main = "pkg/Sources/App/main.swift"
    let text = try String(contentsOfFile: workspace.path(main), encoding: .utf8)
    try workspace.write("print(\"more\")\n", "pkg/Sources/Lib/More.swift.tmp")
    try workspace.write(text + "print(\"again\")\n", main)
    try await loop.wait("the second run") { loop.stdout == "app 42 3\napp 42 3\nagain\n" }
    #expect(loop.stderr.contains("rayc: changed: main.swift\n"), "\(loop.stderr)")
    // What the build itself writes is no change.
    try await loop.wait("the end") { loop.stderr.count(of: "waiting") == 2 }
    try await Task.sleep(for: .milliseconds(700))
    #expect(loop.stderr.count(of: "changed") == 1, "\(loop.stderr)")
  }
}
