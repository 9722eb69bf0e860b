import Foundation
import Testing

/// IR transforms written in Swift, in the pipeline.
@Suite struct DynamoTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples/Dynamos")
    .path()

  private func guide(
    _ dynamo: String, _ arguments: String...
  ) async throws -> Outcome {
    let workspace = try Workspace()
    return try await workspace.run(
      Toolkit.rayc,
      ["run", "-D", "\(Self.examples)/Guide.swift:\(dynamo)"] + arguments
        + ["\(Self.examples)/Product.swift"])
  }

  /// The printed results of IRTools' guide: 15, 15, 15, the count.
  @Test(arguments: [
    ("Roundtrip", "mul: 50\nproduct: 50\n"), ("Foo", "mul: 15\nproduct: 15\n"),
    ("Foo2", "mul: 50\nproduct: 15\n"), ("Foo3", "mul: 50\nproduct: 15\n"),
  ])
  func guideOfIRTools(dynamo: String, output: String) async throws {
    for configuration in ["debug", "release"] {
      let outcome = try await guide(dynamo, "-c", configuration)
      #expect(outcome == Outcome(stdout: output, stderr: "", termination: .exited(0)))
    }
  }

  @Test func counterOfIRTools() async throws {
    // product and the one mul of two numbers: all else has been inlined.
    let outcome = try await guide("Counter", "-c", "release")
    #expect(outcome.stdout == "mul: 50\nproduct: 50\ncalls: 2\n", "\(outcome.stderr)")
  }

  /// In every module of a package, the tests' too.
  @Test func packagesToo() async throws {
    let workspace = try Workspace()
    for folder in ["pkg/Sources/Product", "pkg/Tests/ProductTests"] {
      try workspace.makeFolder(folder)
    }
    try workspace.write(
      """
      // swift-tools-version: 6.0
      import PackageDescription
      let package = Package(
        name: "pkg",
        targets: [
          .target(name: "Product"), .testTarget(name: "ProductTests", dependencies: ["Product"]),
        ])

      """, "pkg/Package.swift")
    try workspace.write(
      "public func product(_ a: Int, _ b: Int) -> Int { a * b }\n",
      "pkg/Sources/Product/Product.swift")
    try workspace.write(
      """
      import Product
      import Testing
      @Test func multiplies() { #expect(product(5, 10) == 50) }
      @Test func adds() { #expect(product(5, 10) == 15) }

      """, "pkg/Tests/ProductTests/Tests.swift")
    for (dynamo, passes) in [("Roundtrip", "multiplies"), ("All", "adds")] {
      let guide = try String(contentsOfFile: Self.examples + "/Guide.swift", encoding: .utf8)
      try workspace.write(
        guide + """
          struct All: Dynamo {
            func transform(_ function: Function) { multiplicationsToAdditions(function) }
          }

          """, "Guide.swift")
      let outcome = try await workspace.rayc(
        "test", "--package-path", "pkg", "-D", "Guide.swift:\(dynamo)", "--", "--disable-xctest")
      #expect(outcome.termination == .exited(1), "one of the two has to fail")
      #expect(
        (outcome.stdout + outcome.stderr).contains("Test \(passes)() passed"),
        "\(dynamo): \(outcome.stdout) \(outcome.stderr)")
    }
  }

  @Test func theGuidesIRIsShown() async throws {
    let workspace = try Workspace()
    let outcome = try await workspace.rayc(
      "ir", "diff", "-D", "\(Self.examples)/Guide.swift:Foo", "\(Self.examples)/Product.swift",
      "--fn", "Product.mul")
    #expect(outcome.stdout.contains("-  %call1 = call { i64, i1 } @llvm.smul.with.overflow.i64"))
    #expect(
      outcome.stdout.contains("{ i64, i1 } @llvm.sadd.with.overflow.i64(i64 %arg1, i64 %arg2)"))
    #expect(!outcome.stdout.contains("rayc_hook"))
  }

  private static let program = """
    @inline(never) func half(_ x: Double) -> Double { x * 0.5 }
    print(half(3))

    """

  private static let dynamos = """
    import RayIR

    struct MulToAdd: Dynamo {
      func transform(_ function: Function) {
        for instruction in function.instructions where instruction.opcode == .fmul {
          instruction.replace(with: .fadd(instruction.operands[0], instruction.operands[1]))
        }
      }
    }
    struct Stale: Dynamo {
      func transform(_ function: Function) {
        for instruction in function.instructions where instruction.opcode == .fmul {
          instruction.replace(with: .fadd(instruction.operands[0], instruction.operands[1]))
          print(instruction.opcode)
        }
      }
    }
    struct Invalid: Dynamo {
      func transform(_ function: Function) {
        for instruction in function.instructions where instruction.opcode == .ret {
          instruction.delete()
        }
      }
    }
    struct WrongTypes: Dynamo {
      func transform(_ function: Function) {
        for instruction in function.instructions where instruction.opcode == .fmul {
          instruction.replace(with: .add(instruction.operands[0], instruction.operands[1]))
        }
      }
    }
    struct Trap: Dynamo {
      func transform(_ function: Function) { fatalError("thought better of it") }
    }
    struct Times: ConfigurableDynamo {
      let factor: Double
      init(arguments: [String]) throws {
        guard let text = arguments.first, let factor = Double(text) else { throw NoNumber() }
        self.factor = factor
      }
      struct NoNumber: Error, CustomStringConvertible { var description: String { "write a number" } }
      func transform(_ function: Function) {
        for instruction in function.instructions where instruction.opcode == .fmul {
          let module = function.module
          instruction.setOperand(1, to: module.constant(factor, module.double))
        }
      }
    }
    struct Hooks: Dynamo {
      func transform(_ function: Function) {
        let hooks = function.instructions.filter { $0.callee?.name.hasPrefix("rayc_hook_") == true }
        if function.demangledName.contains("outer") { print("hooks:", hooks.count) }
      }
    }
    struct NoDynamo {}

    """

  private func run(_ arguments: String..., program: String = program) async throws -> Outcome {
    let workspace = try Workspace()
    try workspace.write(program, "main.swift")
    try workspace.write(Self.dynamos, "d.swift")
    return try await workspace.run(Toolkit.rayc, ["run"] + arguments + ["main.swift"])
  }

  @Test func transformsAProgram() async throws {
    #expect(try await run("-W", "none").stdout == "1.5\n")
    #expect(try await run("-D", "d.swift:MulToAdd").stdout == "3.5\n")
    #expect(try await run("-D", "d.swift:Times 4").stdout == "12.0\n")
  }

  @Test func severalInTheirOrder() async throws {
    #expect(try await run("-D", "d.swift:Times 4", "-D", "d.swift:MulToAdd").stdout == "7.0\n")
    #expect(try await run("-D", "d.swift:MulToAdd", "-D", "d.swift:Times 4").stdout == "3.5\n")
  }

  /// What stands before `-W` sees the program, what stands behind it the hooks as well.
  @Test func theOrderIsTheCommandLines() async throws {
    let program = """
      @inline(never) func inner() -> Int { CommandLine.argc > 9 ? 2 : 1 }
      @inline(never) func outer() -> Int { inner() + 1 }
      print(outer())

      """
    let before = try await run("-D", "d.swift:Hooks", "-W", "count", program: program)
    #expect(before.stdout.contains("hooks: 0\n") || before.stderr.contains("hooks: 0\n"))
    let after = try await run("-W", "count", "-D", "d.swift:Hooks", program: program)
    #expect(after.stdout.contains("hooks: 1\n") || after.stderr.contains("hooks: 1\n"))
  }

  @Test func aDeletedInstructionIsAnErrorInWords() async throws {
    let outcome = try await run("-D", "d.swift:Stale")
    #expect(outcome.termination == .exited(1))
    #expect(outcome.stdout == "")
    #expect(
      outcome.stderr.contains(
        "rayc: error: dynamo 'Stale' in 'main.half(Swift.Double) -> Swift.Double': "
          + "this value was deleted by 'replace(with:)'; it cannot be used any more"),
      "\(outcome.stderr)")
  }

  @Test func invalidIREndsTheBuildInTheVerifiersWords() async throws {
    let outcome = try await run("-D", "d.swift:Invalid")
    #expect(outcome.termination == .exited(1))
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.contains("dynamo 'Invalid' left invalid IR in "), "\(outcome.stderr)")
    #expect(outcome.stderr.contains("does not have terminator"), "\(outcome.stderr)")
  }

  @Test func operandsThatDoNotFitAreAnErrorInWords() async throws {
    let outcome = try await run("-D", "d.swift:WrongTypes")
    #expect(outcome.termination == .exited(1))
    #expect(
      outcome.stderr.contains("'add' takes two integers of one type, not 'double' and 'double'"),
      "\(outcome.stderr)")
  }

  @Test func aDynamoThatTrapsEndsTheBuild() async throws {
    let outcome = try await run("-D", "d.swift:Trap")
    #expect(outcome.termination == .exited(1))
    #expect(outcome.stderr.contains("thought better of it"), "\(outcome.stderr)")
  }

  @Test func refusals() async throws {
    expectRefusal(
      try await run("-D", "d.swift:MulToAd"), status: 1, "no type 'MulToAd' in 'd.swift'",
      "did you mean 'MulToAdd'?")
    expectRefusal(
      try await run("-D", "d.swift:NoDynamo"), status: 1,
      "type 'NoDynamo' in 'd.swift' does not conform to Dynamo")
    expectRefusal(
      try await run("-D", "gone.swift:A"), status: 1, "no such file: 'gone.swift'")
    expectRefusal(try await run("-D", "count"), status: 64, "'-D count': write")
    let times = try await run("-D", "d.swift:Times x")
    #expect(times.stderr.contains("dynamo 'Times': write a number"), "\(times.stderr)")
    let none = try await run("-D", "d.swift:MulToAdd 1")
    #expect(none.stderr.contains("it takes no arguments"), "\(none.stderr)")
  }

  @Test func aPassOfLLVMs() async throws {
    let workspace = try Workspace()
    try workspace.write(IrDiffTests.program, "main.swift")
    let outcome = try await workspace.rayc(
      "ir", "diff", "--pass", "instcombine", "-c", "release", "main.swift", "--fn", "main.sum")
    #expect(outcome.termination == .exited(0))
    #expect(outcome.stdout.contains("main.swift, instrumented by instcombine\n"))
    #expect(outcome.stdout.contains("-  %gep1 = getelementptr"), "\(outcome.stdout)")
    let unknown = try await workspace.rayc("run", "--pass", "mem2rge", "main.swift")
    #expect(unknown.termination == .exited(1))
    #expect(unknown.stderr.contains("no pass 'mem2rge'"), "\(unknown.stderr)")
  }

  /// A plugin in C++, as llvm-tutor has them.
  @Test func aPluginOfTheUsers() async throws {
    let workspace = try Workspace()
    try workspace.write(Self.program, "main.swift")
    try workspace.copy("Dynamos/AddOne.cpp")
    let built = try await workspace.run(
      "clang++-22",
      [
        "-shared", "-fPIC", "-fno-rtti", "-std=c++17", "-I/usr/lib/llvm-22/include", "AddOne.cpp",
        "-o", "AddOne.so",
      ])
    #expect(built.termination == .exited(0), "\(built.stderr)")
    let outcome = try await workspace.rayc(
      "run", "--pass-plugin", "./AddOne.so", "--pass", "half-to-one", "main.swift")
    #expect(outcome.stdout == "3.0\n", "\(outcome.stderr)")
    let alone = try await workspace.rayc("run", "--pass-plugin", "./AddOne.so", "main.swift")
    expectRefusal(alone, status: 64, "say which with '--pass NAME'")
  }
}
