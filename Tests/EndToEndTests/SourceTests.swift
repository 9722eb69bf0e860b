import Foundation
import Testing

/// `rayc source`: what it writes compiles without a warning and does what the original does.
@Suite struct SourceTests {
  private func functions(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("func ") else { return nil }
      return String(line.dropFirst(5).prefix { $0.isLetter || $0.isNumber })
    }
  }

  private func compiled(
    _ workspace: Workspace, _ files: [String], as name: String, _ options: [String] = []
  ) async throws {
    let outcome = try await workspace.run(
      "swiftc", options + files + ["-lm", "-module-name", "Program", "-o", workspace.path(name)])
    try #require(outcome.termination == .exited(0), "\(outcome.stderr)")
  }

  /// All functions of a file, regenerated together, on the inputs of its `main`.
  @Test(arguments: ["Loops", "Choices", "Types", "Closures", "Errors", "Numbers"])
  func isTheOriginal(name: String) async throws {
    let workspace = try Workspace()
    try workspace.copy("Regenerated/\(name).swift")
    try workspace.copy("Regenerated/\(name).main.swift", as: "main.swift")
    let text = try String(contentsOfFile: workspace.path("\(name).swift"), encoding: .utf8)
    let functions = functions(of: text)
    #expect(functions.count >= 7)
    let source = try await workspace.run(
      Toolkit.rayc,
      ["source", "\(name).swift", "-o", "Again.swift"] + functions.flatMap { ["--fn", $0] })
    try #require(source.termination == .exited(0), "\(source.stderr)")
    async let original: Void = compiled(workspace, ["\(name).swift", "main.swift"], as: "original")
    try await compiled(
      workspace, ["Again.swift", "main.swift"], as: "again", ["-warnings-as-errors"])
    try await original
    let expected = try await workspace.run(workspace.path("original"), [])
    let got = try await workspace.run(workspace.path("again"), [])
    #expect(expected.termination == .exited(0))
    #expect(got == expected)
  }

  /// The programs of the benchmark: a round of each gives the checksum of the original.
  @Test(arguments: ["Fib", "Sum", "Gather", "NBody", "Tree", "Words", "Axpy", "JSON", "FibThreads"])
  func kernelsAreTheOriginals(name: String) async throws {
    let workspace = try Workspace()
    let kernels = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Benchmarks/Kernels").standardizedFileURL.path()
    let files = ["\(kernels)/\(name).swift", "\(kernels)/Harness.swift"]
    let text = try String(contentsOfFile: files[0], encoding: .utf8)
    let initializer =
      text.contains("\n  init() {\n    var random") ? ["--fn", "\(name).init()"] : []
    let source = try await workspace.run(
      Toolkit.rayc,
      ["source"] + files + [
        "-o", "Again.swift", "--fn", "\(name).round", "-Xswiftc",
        "-parse-as-library",
      ] + initializer)
    try #require(source.termination == .exited(0), "\(source.stderr)")
    try workspace.write(
      """
      var kernel = \(name)()
      var checksum = 0
      for index in 0..<2 { checksum = checksum &* 31 &+ kernel.round(index) }
      print("checksum \\(checksum)")
      """, "main.swift")
    async let original: Void = compiled(
      workspace, files, as: "original", ["-O", "-parse-as-library"])
    try await compiled(
      workspace, ["Again.swift", "main.swift"], as: "again", ["-O", "-warnings-as-errors"])
    try await original
    let expected = try await workspace.run(workspace.path("original"), ["2"])
    let got = try await workspace.run(workspace.path("again"), [])
    #expect(got.stdout.split(separator: "\n").first == expected.stdout.split(separator: "\n").first)
  }

  /// A loop stays a loop, whatever its trip count is.
  @Test func sizeDoesNotGrowWithTheTripCount() async throws {
    let workspace = try Workspace()
    func length(_ count: Int) async throws -> Int {
      try workspace.write(
        "func f() -> Int {\n  var t = 0\n  for i in 0..<\(count) { t += i }\n  return t\n}\n",
        "a.swift")
      let outcome = try await workspace.rayc("source", "a.swift", "--fn", "f()")
      #expect(outcome.termination == .exited(0), "\(outcome.stderr)")
      return outcome.stdout.split(separator: "\n").count
    }
    #expect(try await length(3) == length(1_000_000))
  }

  @Test func writesWhatOneWouldWrite() async throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      func primes(upTo n: Int) -> [Int] {
        var found: [Int] = []
        outer: for i in 2...n {
          for p in found {
            if i % p == 0 { continue outer }
          }
          found.append(i)
        }
        return found
      }
      print(primes(upTo: 30))
      """, "main.swift")
    let outcome = try await workspace.rayc("source", "main.swift", "--fn", "primes(upTo:)")
    #expect(
      outcome.stdout == """
        func primes(upTo n: Int) -> [Int] {
          var found: [Int] = []
          loop: for i in 2...n {
            for p in found {
              if i % p == 0 {
                continue loop
              }
            }
            found.append(i)
          }
          return found
        }

        """, "\(outcome.stderr)")
  }

  @Test func whatCannotBeWrittenIsNamed() async throws {
    let workspace = try Workspace()
    try workspace.write(
      "func f() async -> Int { 1 }\nfunc g(_ x: Int) -> Int { x }\n", "a.swift")
    let async = try await workspace.rayc("source", "a.swift", "--fn", "f")
    expectRefusal(async, status: 1, "'f()' cannot be written as Swift: 'async'")
    let none = try await workspace.rayc("source", "a.swift", "--fn", "h")
    expectRefusal(none, status: 64, "no function matches 'h'")
    #expect(!workspace.exists("F.swift"))
  }
}
