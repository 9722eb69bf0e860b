import Foundation
import Subprocess
import Testing

/// A new context compiles and runs as it is, and the program does what it does without.
@Suite struct TemplateTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.write(
      """
      struct Tower { var height = 3.5 }
      let tower = Tower()
      func doubled(_ value: Double) -> Double { value * 2 }
      print(doubled(tower.height), readLine() ?? "no input", CommandLine.arguments.dropFirst())

      """, "main.swift")
  }

  static let combinations: [[String]] = {
    let options = ["--cli", "--runner", "--session", "--over main.swift"]
    let some = (0..<(1 << options.count)).map { bits in
      options.indices.filter { bits >> $0 & 1 == 1 }.flatMap { options[$0].split(separator: " ") }
        .map(String.init)
    }
    return some + [["--all"], ["--all", "--over", "main.swift"]]
  }()

  @Test(arguments: combinations)
  func compilesAndRuns(_ options: [String]) async throws {
    let made = try await workspace.run(Toolkit.rayc, ["template", "Patch"] + options)
    #expect(made.termination == .exited(0), "\(made.stderr)")
    let takesArguments = options.contains("--cli") || options.contains("--all")
    let spec = takesArguments ? "Patch.swift:Patch --verbose" : "Patch.swift:Patch"
    #expect(made.stdout.contains("rayc run -W \(takesArguments ? "'\(spec)'" : spec) main.swift"))

    let outcome = try await workspace.rayc("run", "-W", spec, "main.swift")
    let first = "7.0 no input []\n"
    let runsTwice = options.contains("--runner") || options.contains("--all")
    #expect(
      outcome.stdout == (runsTwice ? first + "7.0 a line of input [\"10\"]\n" : first),
      "\(outcome.stderr)")
    #expect(outcome.termination == .exited(0))
    let lines = outcome.stderr.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("Patch: ") && $0.hasSuffix(" loads") })
    let talks = lines.contains {
      $0.hasPrefix("Patch: main.swift:4") && $0.contains("doubled(_:)(3.5)")
    }
    #expect(talks == takesArguments, "\(outcome.stderr)")
    let remembers = lines.contains { $0.hasPrefix("Patch: ") && $0.contains("calls in all runs") }
    #expect(remembers == (options.contains("--session") || options.contains("--all")))
  }

  @Test func hasTheProgramsNames() async throws {
    let made = try await workspace.rayc("template", "Patch", "--over", "main.swift")
    #expect(made.termination == .exited(0), "\(made.stderr)")
    let text = try String(contentsOfFile: workspace.path("Patch.swift"), encoding: .utf8)
    #expect(text.contains("//     rayc run -W Patch.swift:Patch main.swift\n"))
    #expect(text.contains("    case \"main.doubled(_:)\": break\n"))
    #expect(text.contains("    case \"main.doubled(_:)\": return value\n"))
    #expect(text.contains("    switch site.variable {\n"))
    #expect(text.contains("    case \"tower\": return value\n"), "\(text)")
  }

  @Test func knowsThePackagesNames() async throws {
    try workspace.copy("Package", as: "pkg")
    let made = try await workspace.rayc("template", "Patch", "--over", "pkg")
    #expect(made.termination == .exited(0), "\(made.stderr)")
    #expect(made.stdout.contains("rayc run -W Patch.swift:Patch --package-path pkg"))
    let text = try String(contentsOfFile: workspace.path("Patch.swift"), encoding: .utf8)
    #expect(text.contains("    case \"Lib."), "\(text)")
  }

  @Test func keepsWhatIsThere() async throws {
    try workspace.write("// mine", "Patch.swift")
    expectRefusal(
      try await workspace.rayc("template", "Patch"), status: 1, "'Patch.swift'", "'-f'")
    #expect(try String(contentsOfFile: workspace.path("Patch.swift"), encoding: .utf8) == "// mine")
    let forced = try await workspace.rayc("template", "Patch", "-f")
    #expect(forced.termination == .exited(0))
  }

  @Test(arguments: [
    ("Patch.swift", "leave '.swift' out"), ("2fast", "identifier"), ("a b", "identifier"),
    ("x/y", "identifier"), ("", "identifier"), ("class", "word of the language"),
    ("Site", "'SiteContext'"),
  ])
  func refusesNames(_ name: String, _ words: String) async throws {
    expectRefusal(
      try await workspace.rayc("template", name), status: 64, "'\(name)'", words)
    #expect(workspace.files() == ["main.swift"])
  }

  @Test func refusesAProgramThatIsNotThere() async throws {
    expectRefusal(
      try await workspace.rayc("template", "Patch", "--over", "mian.swift"), status: 1,
      "no such file: 'mian.swift'")
    #expect(workspace.files() == ["main.swift"])
  }
}
