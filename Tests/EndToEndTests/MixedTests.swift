import Foundation
import Testing

/// Parts that were compiled plainly and parts that rayc compiled make one program, across the
/// border of a library that may evolve: a client knows no layout and no table of its types.
@Suite(.serialized) struct MixedTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    for file in ["Evolving", "client"] { try workspace.copy("Programs/Mixed/\(file).swift") }
  }

  /// In a shared library the first call of the runtime ruined a parameter of a triggered function.
  @Test(arguments: [
    ("-Onone", "shared", Modes.scopes[0]), ("-Onone", "static", Modes.scopes[1]),
    ("-O", "shared", Modes.scopes[1]), ("-O", "static", Modes.scopes[0]),
  ])
  func anyPartsMakeTheSameProgram(
    _ level: String, _ kind: String, _ scope: (name: String, options: [String])
  ) async throws {
    // A plain client's `main` has no extent to open.
    let entry = scope.name == "twins" ? ["--trigger", "Evolving.work"] : []
    let rayc = ["-W", Modes.identity, "-W", "count"] + scope.options + entry
    let compilers = [("plain", "swiftc", []), ("rayc", Toolkit.rayc, ["swiftc"] + rayc + ["--"])]
    for (name, compiler, options) in compilers {
      try workspace.makeFolder(name)
      let output =
        kind == "shared"
        ? ["-o", name + "/libEvolving.so", "-Xlinker", "-soname=libEvolving.so"]
        : ["-static", "-o", name + "/libEvolving.a"]
      try await expectSuccess(
        compiler,
        options + [level, "-g", "-enable-library-evolution", "-parse-as-library"]
          + ["-emit-library", "-emit-module", "-emit-module-path", name + "/Evolving.swiftmodule"]
          + output + ["Evolving.swift"])
      try await expectSuccess(
        compiler,
        options + [level, "-g", "-parse-as-library", "-module-name", "client", "-I", "plain"]
          + ["-c", "client.swift", "-o", name + "/client.o"])
    }
    func link(_ compiler: Int, _ client: String, _ library: String) async throws -> Outcome {
      try await expectSuccess(
        compilers[compiler].1,
        compilers[compiler].2 + [client + "/client.o", "-L", library, "-lEvolving"]
          + ["-Xlinker", "-rpath", "-Xlinker", library, "-o", "program"])
      return try await workspace.run("./program", [])
    }
    let plain = try await link(0, "plain", "plain")
    try #require(plain.termination == .exited(0) && plain.stdout.contains("caught large"))
    #expect(plain.stderr == "")
    var events: [Int] = []
    for (client, library) in [("rayc", "plain"), ("plain", "rayc"), ("rayc", "rayc")] {
      let mixed = try await link(1, client, library)
      #expect(mixed.stdout == plain.stdout, "\(client) client, \(library) library")
      #expect(mixed.termination == plain.termination, "\(mixed.stderr)")
      events.append(calls(mixed.stderr))
    }
    #expect(events.min()! > 0)
    if entry.isEmpty { #expect(events[0] + events[1] == events[2]) }
  }

  /// The number in `rayc count: 1,594 calls, …`.
  private func calls(_ text: String) -> Int {
    let number = text.firstMatch(of: /rayc count: ([\d,]+) calls/)?.output.1
    return number.flatMap { Int($0.replacing(",", with: "")) } ?? 0
  }

  private func expectSuccess(_ program: String, _ arguments: [String]) async throws {
    let outcome = try await workspace.run(program, arguments)
    try #require(outcome.termination == .exited(0), "\(arguments): \(outcome.stderr)")
  }

  /// The driver compiles again what has changed and what that changes, and nothing else.
  @Test(arguments: [["-enable-batch-mode"], ["-disable-batch-mode", "-O"]])
  func anIncrementalBuildIsThePlainOne(_ mode: [String]) async throws {
    try workspace.write("func one() -> Int { 1 }\n", "one.swift")
    try workspace.write("struct Two { var two = 2 }\n", "two.swift")
    try workspace.write("func three() -> Int { Two().two + 1 }\n", "three.swift")
    try workspace.write("print(one(), Two(), three())\n", "main.swift")
    let names = ["one", "two", "three", "main"]
    try workspace.makeFolder("out")
    let files = names.map {
      #""\#($0).swift": {"object": "out/\#($0).o", "swift-dependencies": "out/\#($0).swiftdeps"}"#
    }
    try workspace.write(
      "{\(files.joined(separator: ", ")), \"\": {\"swift-dependencies\": \"out/all.swiftdeps\"}}",
      "map.json")
    func build() async throws -> (output: String, compiled: [String]) {
      let before = times(names)
      try await expectSuccess(
        Toolkit.rayc,
        ["swiftc", "-W", Modes.identity, "-W", "count", "--", "-incremental"] + mode
          + ["-output-file-map", "map.json", "-module-name", "main", "-o", "program"]
          + names.map { $0 + ".swift" })
      let ran = try await workspace.run("./program", [])
      #expect(calls(ran.stderr) > 0)
      let after = times(names)
      return (ran.stdout, names.filter { before[$0] != after[$0] })
    }
    let first = try await build()
    #expect(first == ("1 Two(two: 2) 3\n", names))
    let second = try await build()
    #expect(second == (first.output, []))
    // The driver compares times, of the file system's grain.
    try await Task.sleep(for: .milliseconds(20))
    try workspace.write("func one() -> Int { 10 }\n", "one.swift")
    #expect(try await build() == ("10 Two(two: 2) 3\n", ["one"]))
    try await Task.sleep(for: .milliseconds(20))
    try workspace.write("struct Two { var zero = 0, two = 20 }\n", "two.swift")
    let last = try await build()
    #expect(last.output == "10 Two(zero: 0, two: 20) 21\n")
    #expect(!last.compiled.contains("one") && last.compiled.contains("three"))
  }

  private func times(_ names: [String]) -> [String: Date] {
    var times: [String: Date] = [:]
    for name in names {
      let path = workspace.path("out/\(name).o")
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      times[name] = attributes?[.modificationDate] as? Date
    }
    return times
  }
}
