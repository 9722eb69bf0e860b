import Foundation
import Testing

/// What a debugger reads of an instrumented program is what it reads of the plain one.
@Suite struct DebugInfoTests {
  let workspace: Workspace
  init() throws {
    workspace = try Workspace()
    try workspace.copy("Programs/crashes.swift", as: "c.swift")
  }

  private func build() async throws {
    let plain = try await workspace.run(
      "swiftc", ["-Onone", "-g", "-module-name", "c", "c.swift", "-o", "plain"])
    try #require(plain.termination == .exited(0), "\(plain.stderr)")
    for (name, scope) in [("place", []), ("twins", ["--trigger", "main"])] {
      let built = try await workspace.run(
        Toolkit.rayc,
        ["build", "-W", context("Silent")] + scope
          + ["c.swift", "-o", name, "-Xswiftc", "-module-name", "-Xswiftc", "c"])
      try #require(built.termination == .exited(0), "\(built.stderr)")
    }
  }

  /// Every row of the line table, as `llvm-symbolizer` names its function: `$s1c4trapyS2iF:4`.
  private func places(in program: String) async throws -> Set<String> {
    let table = try await workspace.run("llvm-dwarfdump-22", ["--debug-line", program]).stdout
    let addresses = table.split(separator: "\n").filter {
      $0.hasPrefix("0x") && !$0.contains("end_sequence")
    }.map { String($0.prefix { $0 != " " }) }
    let named = try await workspace.run(
      "llvm-symbolizer-22",
      ["--obj=" + program, "--no-inlines", "--functions=linkage"] + Set(addresses)
    ).stdout
    var places: Set<String> = []
    for entry in named.components(separatedBy: "\n\n") {
      let lines = entry.split(separator: "\n")
      guard lines.count == 2, lines[1].contains("/c.swift:") else { continue }
      let function = lines[0].replacing(/\.rayc.*/, with: "")
      places.insert("\(function):\(lines[1].split(separator: ":")[1])")
    }
    return places
  }

  @Test func everyPlaceIsThereAndNoneIsInvented() async throws {
    try await build()
    let plain = try await places(in: "plain")
    #expect(plain.count > 60)
    let inPlace = try await places(in: "place")
    #expect(plain.subtracting(inPlace) == [])
    // What rayc adds has no line of its own.
    #expect(inPlace.subtracting(plain).filter { !$0.hasSuffix(":0") } == [])
    let twins = try await places(in: "twins")
    #expect(plain.subtracting(twins) == [])
    // A gate is at the first line of its function.
    let gates = twins.subtracting(plain).filter { !$0.hasSuffix(":0") }
    #expect(gates.allSatisfy { $0.contains(/T[YQ]\d+_:|^main:1$/) }, "\(gates)")
    for program in ["plain", "place", "twins"] {
      let verified = try await workspace.run("llvm-dwarfdump-22", ["--verify", program])
      #expect(verified.termination == .exited(0), "\(verified.stdout)")
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gdb")))
  func gdbNamesTheSameFrames() async throws {
    try await build()
    func backtrace(_ program: String, line: Int, kind: String) async throws -> [String] {
      let said = try await workspace.run(
        "gdb",
        ["-batch", "-nx", "-ex", "break c.swift:\(line)", "-ex", "run \(kind) main", "-ex", "bt"]
          + ["./" + program]
      ).stdout
      return said.split(separator: "\n").filter { $0.hasPrefix("#") && $0.contains("c.swift:") }
        .map { $0.replacing(/^#\d+\s+(0x[0-9a-f]+\s+in\s+)?/, with: "") }
        .map { String($0.replacing(/\.rayc|\ \(.*\)/, with: "")) }
        .filter { !$0.hasPrefix("main at") }
    }
    for (line, kind) in [(5, "array"), (10, "overflow"), (23, "exclusive"), (29, "unowned")] {
      let plain = try await backtrace("plain", line: line, kind: kind)
      #expect(plain.count >= 2, "\(line)")
      for program in ["place", "twins"] {
        let found = try await backtrace(program, line: line, kind: kind)
        #expect(found == plain, "\(program) \(line)")
      }
    }
  }
}
