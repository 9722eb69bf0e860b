import Foundation
import Testing

/// `rayc source`: what it writes compiles without a warning and does what the original does.
@Suite struct SourceTests {
  @Test func aScriptsVariablesAreRefused() async throws {
    let workspace = try Workspace()
    try workspace.write("let limit = 3\nfunc f() -> Int { limit }\nprint(f())\n", "main.swift")
    let outcome = try await workspace.rayc("source", "main.swift", "--fn", "f")
    expectRefusal(outcome, status: 1, "the variable 'limit' of the script's top level")
  }

  /// What would compile and do something else, or not compile.
  @Test(arguments: [
    ("lz()", "the lazy property 'v'"), ("set()", "the observer of the property 'w'"),
    ("tup(_:)", "the parameter 't', a tuple"), ("wrap()", "property wrapper"),
    ("count()", "the observer of the property 'total'"), ("life()", "its deinitializer"),
  ])
  func bugConstructsThatWereLeftOut(_ function: String, _ words: String) async throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      struct P { lazy var v = 3 }
      struct R { var w: Int { didSet { print(w) } } }
      enum Counts { static var total = 0 { willSet { print(newValue) } } }
      @propertyWrapper struct Plain { var wrappedValue: Int }
      struct Q { @Plain var x = 3 }
      final class C { deinit { print("end") } }
      func life() { _ = C() }
      func lz() -> Int { var p = P(); return p.v }
      func set() -> Int { var r = R(w: 2); r.w = 4; return r.w }
      func tup(_ t: (Int, Double)) -> Double { Double(t.0) + t.1 }
      func wrap() -> Int { var q = Q(); q.x = 20; return q.x }
      func count() -> Int { Counts.total += 1; return Counts.total }
      """, "main.swift")
    let outcome = try await workspace.rayc("source", "main.swift", "--fn", function)
    expectRefusal(outcome, status: 1, words)
  }

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
  @Test(arguments: [
    "Loops", "Choices", "Types", "Closures", "Errors", "Numbers", "More", "Globals", "Order",
  ])
  func isTheOriginal(name: String) async throws {
    let workspace = try Workspace()
    try workspace.copy("Regenerated/\(name).swift")
    try workspace.copy("Regenerated/\(name).main.swift", as: "main.swift")
    let text = try String(contentsOfFile: workspace.path("\(name).swift"), encoding: .utf8)
    let functions = functions(of: text)
    #expect(functions.count >= 2)
    let source = try await workspace.run(
      Toolkit.rayc,
      ["source", "\(name).swift", "-o", "Again.swift", "-Xswiftc", "-parse-as-library"]
        + functions.flatMap { ["--fn", $0] })
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

  /// Twenty-one functions of another package.
  @Test func functionsOfSwiftAlgorithms() async throws {
    let workspace = try Workspace()
    let algorithms = try await sourcesOfAlgorithms(workspace)
    try workspace.copy("Regenerated/Algorithms.main.swift", as: "main.swift")
    // This one needs another package.
    let files = try FileManager.default.contentsOfDirectory(atPath: algorithms)
      .filter { $0.hasSuffix(".swift") && $0 != "RandomSample.swift" }
      .map { algorithms + "/" + $0 }
    let functions = [
      "Sequence.firstNonNil(_:)", "Sequence.minAndMax(by:)", "Collection.endOfPrefix(while:)",
      "BidirectionalCollection.startOfSuffix(while:)", "BidirectionalCollection.suffix(while:)",
      "Collection.trimmingPrefix(while:)", "MutableCollection.partition(subrange:by:)",
      "MutableCollection.stablePartition(subrange:by:)", "Sequence.partitioned(by:)",
      "Collection.partitioned(by:)", "Sequence.min(count:sortedBy:)",
      "Sequence.max(count:sortedBy:)", "Collection.min(count:sortedBy:)",
      "Collection.max(count:sortedBy:)", "Sequence.keyed(by:)", "Sequence.grouped(by:)",
      "MutableCollection.nextPermutation(upperBound:)",
      "MutableCollection.rotate(subrange:toStartAt:)", "MutableCollection.reverse(subrange:)",
      "Collection.partitioningIndex(where:)", "Sequence.reductions(into:_:)",
    ]
    let source = try await workspace.run(
      Toolkit.rayc,
      ["source"] + files + ["-o", "Again.swift", "-Xswiftc", "-parse-as-library"]
        + functions.flatMap { ["--fn", $0] })
    try #require(source.termination == .exited(0), "\(source.stderr)")
    async let original: Void = compiled(workspace, files + ["main.swift"], as: "original")
    try await compiled(
      workspace, ["Again.swift", "main.swift"], as: "again", ["-warnings-as-errors"])
    try await original
    let expected = try await workspace.run(workspace.path("original"), [])
    #expect(expected.termination == .exited(0))
    #expect(try await workspace.run(workspace.path("again"), []) == expected)
  }

  private func sourcesOfAlgorithms(_ workspace: Workspace) async throws -> String {
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "user",
        dependencies: [
          .package(url: "https://github.com/apple/swift-algorithms.git", exact: "1.2.1")
        ])
      """, "Package.swift")
    let resolved = try await workspace.run("swift", ["package", "resolve"])
    try #require(resolved.termination == .exited(0), "\(resolved.stderr)")
    return workspace.path(".build/checkouts/swift-algorithms/Sources/Algorithms")
  }

  @Test func addsACallOnTracedInputs() async throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      func scaled(_ xs: [Double], by factor: Double) -> [Double] { xs.map { $0 * factor } }
      print(scaled([1, 2.5], by: 4), scaled([], by: 1))
      """, "main.swift")
    let traced = try await workspace.rayc("source", "main.swift", "--fn", "scaled", "--main")
    #expect(traced.stdout.hasSuffix("\nprint(scaled([1.0, 2.5], by: 4.0))\n"), "\(traced.stderr)")
    let given = try await workspace.rayc(
      "source", "main.swift", "--fn", "scaled", "--arguments", "[3], by: 2", "-o", "f.swift")
    #expect(given.termination == .exited(0), "\(given.stderr)")
    #expect(try await workspace.run("swiftc", ["f.swift", "-o", "f"]).termination == .exited(0))
    #expect(try await workspace.run(workspace.path("f"), []).stdout == "[6.0]\n")
  }

  @Test func inlinesWhatIsAskedFor() async throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      func clamp(_ x: Int, _ limit: Int) -> Int {
        if x > limit { return limit }
        return x
      }
      func f(_ x: Int) -> Int { clamp(x * 2, 10) + 1 }
      """, "a.swift")
    let called = try await workspace.rayc("source", "a.swift", "--fn", "f(_:)")
    #expect(called.stdout.contains("private func clamp"), "\(called.stderr)")
    let inlined = try await workspace.rayc(
      "source", "a.swift", "--fn", "f(_:)", "--inline", "clamp", "-o", "f.swift")
    #expect(inlined.termination == .exited(0), "\(inlined.stderr)")
    let text = try String(contentsOfFile: workspace.path("f.swift"), encoding: .utf8)
    #expect(!text.contains("clamp"), "\(text)")
    try workspace.write("print(f(3), f(50))\n", "main.swift")
    try await compiled(workspace, ["f.swift", "main.swift"], as: "f", ["-warnings-as-errors"])
    #expect(try await workspace.run(workspace.path("f"), []).stdout == "7 11\n")
  }

  /// The loop is a frame, the sum a node that it goes around.
  @Test func theStaticGraphHasTheLoop() async throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      func sum(_ n: Int) -> Int {
        var total = 0
        for i in 1...n { total += i * i }
        return total
      }
      """, "a.swift")
    let outcome = try await workspace.rayc(
      "graph", "data", "a.swift", "--fn", "sum(_:)", "--static", "--format", "mermaid", "-o", "-")
    #expect(outcome.termination == .exited(0), "\(outcome.stderr)")
    let lines = outcome.stdout.split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    #expect(lines.contains { $0.hasPrefix("subgraph loop0[\"loop, line 3") })
    let total = try #require(lines.first { $0.contains("total: Int") }).prefix { $0 != "{" }
    let sum = try #require(lines.first { $0.contains("\"+=") }).prefix { $0 != "[" }
    let product = try #require(lines.first { $0.contains("\"*: Int<br>line 3") }).prefix {
      $0 != "["
    }
    #expect(lines.contains("\(sum) -->|next| \(total)"))
    #expect(lines.contains("\(total) --> \(sum)"))
    #expect(lines.contains("\(product) --> \(sum)"))
    let json = try await workspace.rayc(
      "graph", "data", "a.swift", "--fn", "sum(_:)", "--static", "-o", "-")
    let object = try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any]
    #expect(object?["schemaVersion"] as? Int == 1)
    #expect(object?["kind"] as? String == "static")
    #expect((object?["nodes"] as? [Any])?.count ?? 0 > 8)
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
