import Testing

@testable import rayc_frontend

@Suite struct FrontendPlanTests {
  private func makePlan(
    _ arguments: [String], files: [String: String] = [:], settings: Settings = Settings()
  ) -> FrontendPlan? {
    FrontendPlan(arguments, tag: "T", settings: settings, read: { files[$0] })
  }

  @Test func rewritesOneOutput() throws {
    let plan = try #require(
      makePlan(["-frontend", "-c", "a.swift", "-O", "-module-name", "M", "-o", "dir/a.o"]))
    #expect(
      plan.arguments == [
        "-frontend", "-emit-bc", "a.swift", "-O", "-module-name", "M", "-o", "dir/a.T.bc",
        "-disable-llvm-optzns", "-gdwarf-types", "-debug-info-format=dwarf",
      ])
    #expect(plan.outputs.map(\.object) == ["dir/a.o"])
    #expect(plan.outputs[0].temporaries == ["dir/a.T.bc", "dir/a.T.opt.bc", "dir/a.T.o"])
    #expect(plan.moduleName == "M")
    #expect(plan.optimizes && plan.stripsDebug && plan.wholeModule)
  }

  /// What the library has compiled for `[Int]` returns elements in registers, without tags.
  @Test func callsGenericCodeWhereValuesHaveTags() throws {
    var settings = Settings()
    settings.carriesTags = true
    let option = "-sil-disable-pass=use-prespecialized"
    let debug = try #require(
      makePlan(["-frontend", "-c", "a.swift", "-Onone", "-o", "a.o"], settings: settings))
    #expect(debug.arguments.suffix(2) == ["-Xllvm", option])
    let optimized = try #require(
      makePlan(["-frontend", "-c", "a.swift", "-O", "-o", "a.o"], settings: settings))
    #expect(!optimized.arguments.contains(option))
  }

  /// A renamed main is main all the same: the context comes to life there.
  @Test func findsTheMainFunctionThatSwiftPMRenames() throws {
    let plain = try #require(makePlan(["-frontend", "-c", "main.swift", "-o", "main.o"]))
    #expect(plain.mainSymbol == "main")
    let renamed = try #require(
      makePlan([
        "-frontend", "-c", "main.swift", "-entry-point-function-name", "Tool_main", "-o", "main.o",
      ]))
    #expect(renamed.mainSymbol == "Tool_main")
  }

  /// With the types that the code uses, so that the pass knows the fields of those that other
  /// files declare. What follows `-Xcc` is clang's.
  @Test func keepsTheUsersDebugInfo() throws {
    let plan = try #require(
      makePlan(["-frontend", "-c", "a.swift", "-g", "-Xcc", "-g", "-o", "a.o"]))
    #expect(!plan.stripsDebug)
    #expect(plan.arguments.filter { $0 == "-gdwarf-types" }.count == 1)
    #expect(plan.arguments.filter { $0 == "-g" }.count == 1)
    #expect(!plan.optimizes)
  }

  @Test func rewritesEveryOutputOfABatch() throws {
    let plan = try #require(
      makePlan([
        "-frontend", "-c", "-primary-file", "a.swift", "-primary-file", "b.swift",
        "-o", "a.o", "-o", "b.o",
      ]))
    #expect(plan.outputs.map(\.object) == ["a.o", "b.o"])
    #expect(!plan.wholeModule)
  }

  @Test func rewritesTheOutputList() throws {
    let plan = try #require(
      makePlan(
        ["-frontend", "-c", "-output-filelist", "list", "-num-threads", "2"],
        files: ["list": "a.o\nb.o\n"]))
    #expect(plan.outputs.map(\.object) == ["a.o", "b.o"])
    #expect(plan.files.map(\.path) == ["list.T"])
    #expect(plan.files.map(\.text) == ["a.T.bc\nb.T.bc\n"])
    #expect(plan.arguments.contains("list.T"))
    #expect(plan.threads == 2)
  }

  @Test func readsResponseFiles() throws {
    let plan = try #require(
      makePlan(["-frontend", "@args"], files: ["args": "-c \"my file.swift\"\n-o a.o -Osize"]))
    #expect(plan.arguments.contains("my file.swift"))
    #expect(plan.optimizes)
  }

  @Test func namesIndexUnitsAfterTheObject() throws {
    let plan = try #require(
      makePlan(["-frontend", "-c", "a.swift", "-index-store-path", "s", "-o", "a.o"]))
    let position = try #require(plan.arguments.firstIndex(of: "-index-unit-output-path"))
    #expect(plan.arguments[position + 1] == "a.o")
  }

  @Test func theRuntimeFromSourceIsNotInstrumented() throws {
    var settings = Settings()
    settings.importPaths = ["/kit"]
    func plan(_ file: String) throws -> FrontendPlan {
      try #require(
        makePlan(
          ["-frontend", "-c", file, "-module-name", "Ray", "-o", "a.o"], settings: settings))
    }
    let runtime = try plan("/rayc/Sources/Ray/RayContext.swift")
    #expect(runtime.isRuntime)
    #expect(runtime.arguments.last == "-enforce-exclusivity=unchecked")
    // Someone else's module of the same name.
    let other = try plan("/tracer/Sources/Ray/Ray.swift")
    #expect(!other.isRuntime)
    #expect(other.arguments.suffix(2) == ["-I", "/kit"])
  }

  @Test func theProgramFindsRayBehindAllElse() throws {
    var settings = Settings()
    settings.importPaths = ["/kit", "/kit/include"]
    let paths = ["-I", "/kit", "-I", "/kit/include"]
    let arguments = ["-frontend", "-c", "a.swift", "-I", "x", "-module-name", "M", "-o", "a.o"]
    let plan = try #require(makePlan(arguments, settings: settings))
    #expect(Array(plan.arguments.suffix(4)) == paths)

    func added(to arguments: String...) -> [String] {
      settings.plainModules = ["CRay"]
      return ImportPaths.added(to: arguments, settings: settings, read: { _ in nil })
    }
    #expect(added(to: "-frontend", "-emit-module", "a.swift", "-module-name", "M") == paths)
    #expect(added(to: "-frontend", "-emit-module", "a.swift", "-module-name", "CRay").isEmpty)
    #expect(
      added(to: "-frontend", "-emit-module", "/s/Ray/RayContext.swift", "-module-name", "Ray")
        .isEmpty)
    #expect(added(to: "-frontend", "-c", "-I", "x/Modules-tool", "-module-name", "M").isEmpty)
    #expect(added(to: "-modulewrap", "a.swiftmodule", "-o", "a.o").isEmpty)
  }

  @Test func aValueIsNoOption() throws {
    let plan = try #require(
      makePlan(["-frontend", "-c", "a.swift", "-Xcc", "-c", "-module-name", "-O", "-o", "a.o"]))
    #expect(plan.arguments.contains("-Xcc") && plan.arguments.contains("-c"))
    #expect(!plan.optimizes)
  }

  @Test(arguments: [
    ["-frontend", "-emit-module", "a.swift", "-o", "a.swiftmodule"],
    ["-modulewrap", "a.swiftmodule", "-o", "a.o"], ["-print-target-info"], ["--version"],
    ["-frontend", "-typecheck", "a.swift"], ["-frontend", "-emit-bc", "a.swift", "-o", "a.bc"],
    ["-frontend", "-c", "a.swift"],
    ["-frontend", "-c", "a.swift", "-I", "x/Modules-tool", "-o", "x/A-tool.build/a.o"],
    ["-frontend", "-c", "a.swift", "-module-name", "CRay", "-o", "a.o"],
  ])
  func leavesAlone(_ arguments: [String]) {
    var settings = Settings()
    settings.plainModules = ["CRay"]
    #expect(makePlan(arguments, settings: settings) == nil)
  }

  @Test func leavesSwiftbuildsToolsAlone() {
    let description = """
      [{"type":"target","contents":{"guid":"PACKAGE-TARGET:my-macro",
        "productTypeIdentifier":"com.apple.product-type.tool.host-build",
        "dependencies":[{"guid":"PACKAGE-PRODUCT:p_Helper.Helper"}]}},
       {"type":"target","contents":{"guid":"PACKAGE-PRODUCT:p_Helper.Helper",
        "dependencies":[{"guid":"PACKAGE-TARGET:Helper\\/x"}]}},
       {"type":"target","contents":{"guid":"PACKAGE-TARGET:App","dependencies":[]}}]
      """
    let graph = BuildGraph(json: Array(description.utf8))
    #expect(graph.hostModules == ["my_macro", "Helper", "Helper_x"])
    let files = ["/s/manifest.pif": description]
    func arguments(_ module: String) -> [String] {
      [
        "-frontend", "-c", "a.swift", "-module-name", module, "-o",
        "/s/out/Intermediates.noindex/a.o",
      ]
    }
    #expect(makePlan(arguments("my_macro"), files: files) == nil)
    #expect(makePlan(arguments("App"), files: files) != nil)
    var settings = Settings()
    settings.wantedModules = ["my_macro"]
    #expect(makePlan(arguments("my_macro"), files: files, settings: settings) != nil)
  }
}

@Suite struct ResponseFileTests {
  @Test(arguments: [["a", "b c"], ["say \"hi\"", "back\\slash"], ["it's", ""], ["ü"]])
  func givesBackWhatItQuotes(_ arguments: [String]) {
    #expect(ResponseFile.tokens(of: ResponseFile.text(for: arguments)) == arguments)
  }

  @Test func keepsWhatItCannotRead() {
    #expect(ResponseFile.expand(["@missing", "x"], read: { _ in nil }) == ["@missing", "x"])
  }
}
