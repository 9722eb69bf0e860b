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
  /// With `inlines` also that of what was inlined there.
  private func places(in program: String, inlines: Bool = false) async throws -> Set<String> {
    let table = try await workspace.run("llvm-dwarfdump-22", ["--debug-line", program]).stdout
    let addresses = table.split(separator: "\n").filter {
      $0.hasPrefix("0x") && !$0.contains("end_sequence")
    }.map { String($0.prefix { $0 != " " }) }
    let named = try await workspace.run(
      "llvm-symbolizer-22",
      ["--obj=" + program, inlines ? "--inlines" : "--no-inlines", "--functions=linkage"]
        + Set(addresses)
    ).stdout
    var places: Set<String> = []
    for entry in named.components(separatedBy: "\n\n") {
      let lines = entry.split(separator: "\n")
      for (name, place) in zip(lines, lines.dropFirst()) where place.contains("/c.swift:") {
        let function = name.replacing(/\.rayc.*/, with: "")
        places.insert("\(function):\(place.split(separator: ":")[1])")
      }
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

  /// The optimiser decides which lines are left: what it has left of the plain program may be a
  /// little more or less. No place may be another's.
  @Test func noPlaceOfAnOptimizedProgramIsInvented() async throws {
    try await build("-O", as: "optimized")
    let plain = try await places(in: "optimized-plain", inlines: true)
    _ = try await workspace.run(
      "swiftc", ["-Onone", "-g", "-module-name", "c", "c.swift", "-o", "plain"])
    let known = try await places(in: "plain").union(plain)
    #expect(plain.count > 60)
    func functions(_ places: Set<String>) -> Set<Substring> {
      Set(places.filter { !$0.hasSuffix(":0") }.map { $0.prefix { $0 != ":" } })
    }
    for scope in Modes.scopes {
      let found = try await places(in: "optimized-" + scope.name, inlines: true)
      #expect(functions(plain).subtracting(functions(found)) == [], "\(scope.name)")
      #expect(plain.subtracting(found).count < plain.count / 20, "\(scope.name)")
      let invented = found.subtracting(known).filter { !$0.hasSuffix(":0") }
      #expect(invented.allSatisfy { $0.contains(/T[YQ]\d+_:|^main:1$/) }, "\(invented)")
      let verified = try await workspace.run(
        "llvm-dwarfdump-22", ["--verify", "optimized-" + scope.name])
      #expect(verified.termination == .exited(0), "\(verified.stdout)")
    }
  }

  /// Under the identity context; `-gdwarf-types`, because gdb reads no Swift modules.
  private func build(_ level: String, as name: String, of source: String = "c.swift") async throws {
    let arguments =
      [level, "-gdwarf-types", "-module-name", "c", source]
      + (source == "c.swift" ? [] : ["-parse-as-library"])
    let plain = try await workspace.run("swiftc", arguments + ["-o", name + "-plain"])
    try #require(plain.termination == .exited(0), "\(plain.stderr)")
    for scope in Modes.scopes {
      let built = try await workspace.run(
        Toolkit.rayc,
        ["swiftc", "-W", Modes.identity] + scope.options + ["--"] + arguments
          + ["-o", name + "-" + scope.name])
      try #require(built.termination == .exited(0), "\(built.stderr)")
    }
  }

  private static let hasGdb: Bool = FileManager.default.isExecutableFile(atPath: "/usr/bin/gdb")

  @Test(.enabled(if: hasGdb), arguments: ["-Onone", "-O"])
  func gdbShowsTheSameVariables(_ level: String) async throws {
    try workspace.copy("Programs/locals.swift")
    try await build(level, as: "locals", of: "locals.swift")
    let plain = try await stops("locals-plain")
    #expect(plain.count == 5)
    #expect(plain[1].variables["pair"] == "{first = {_value = 22}, second = {_value = 0.5}}")
    for scope in Modes.scopes {
      let found = try await stops("locals-" + scope.name)
      #expect(found.map(\.frames) == plain.map(\.frames), "\(scope.name)")
      for (found, plain) in zip(found, plain) {
        if level == "-Onone" { #expect(found == plain, "\(scope.name)") }
        // What the optimiser has left of both.
        for (name, value) in plain.variables where value.contains(/_value = [\d.]{1,8}}/) {
          let other = found.variables[name]
          #expect(other == value || other == "<optimized out>", "\(scope.name) \(name)")
        }
      }
    }
  }

  /// What gdb shows where it stops: the functions of the source on the stack, and variables
  /// without addresses.
  private struct Stop: Equatable {
    var frames: [String] = []
    var variables: [String: String] = [:]
  }

  private func stops(_ program: String) async throws -> [Stop] {
    let lines = [10, 13, 20, 33, 42]
    let look = ["-ex", "bt", "-ex", "info args", "-ex", "info locals"]
    let said = try await workspace.run(
      "gdb",
      ["-batch", "-nx"] + lines.flatMap { ["-ex", "tbreak locals.swift:\($0)"] } + ["-ex", "run"]
        + look + lines.dropFirst().flatMap { _ in ["-ex", "continue"] + look } + ["./" + program]
    ).stdout
    var stops: [Stop] = []
    for line in said.split(separator: "\n") {
      if line.hasPrefix("#0") { stops.append(Stop()) }
      guard !stops.isEmpty else { continue }
      // With twins the extent's beginning is a frame of `main`.
      if line.hasPrefix("#"), line.contains(" at locals.swift:"), !line.contains(/\smain \(/) {
        stops[stops.count - 1].frames.append(
          String(line.replacing(/^#\d+\s+(0x[0-9a-f]+\s+in\s+)?/, with: "")))
      } else if let (_, name, value) = line.wholeMatch(of: /(\w+) = (.*)/)?.output {
        stops[stops.count - 1].variables[String(name)] = String(
          value.replacing(/_value = \d{9,}/, with: "_value = an address"))
      }
    }
    return stops
  }

  @Test(.enabled(if: hasGdb))
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
