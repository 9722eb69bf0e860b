import SystemPackage
import Testing

@testable import RayDriver

/// Plans are values: these tests run no tool.
@Suite struct PlanTests {
  let planner = Planner(
    toolkit: Toolkit(home: "/kit"),
    toolchain: Toolchain(root: "/swift/usr", opt: "/llvm/opt", llc: "/llvm/llc"),
    cache: Cache(root: "/cache"), staging: "/staging")

  let instrumentation = Instrumentation(
    context: BuiltContext(folder: "/cache/contexts/k", key: "k"),
    arguments: "/cache/arguments/a.o", argumentsKey: "aaaaaaaaaaaaaaaaaaaa",
    selection: Selection())

  private func jobs(_ types: String...) -> [Job] {
    let contexts = types.enumerated().map { index, type in
      ContextJobs(
        file: "/my/ctx.swift", displayedFile: "ctx.swift", type: type, index: index,
        toolkit: planner.toolkit, toolchain: planner.toolchain)
    }
    let stack = StackJobs(
      contexts: contexts, toolkit: planner.toolkit, toolchain: planner.toolchain)
    return stack.jobs(
      staging: "/staging", target: instrumentation.context, glue: "typealias C = __RAYC_CONTEXT__")
  }

  @Test func contextIsCompiledLoweredAssembledAndPublished() {
    let jobs = jobs("Outer.Mine")
    #expect(
      jobs.map(\.kind) == [
        .write, .write, .compileContext, .lowerContext, .assembleContext, .extractLibraries,
        .publish,
      ])
    #expect(
      jobs[1].work
        == .write(text: "typealias C = Outer.Mine", path: "/staging/context/glue-0.swift"))
    #expect(jobs[2].line.contains("-module-name RaycContext0_Outer_Mine"))
    #expect(!jobs[3].line.contains("-rayc-stack"))
    #expect(
      jobs[6].work
        == .publish(from: "/staging/context", to: "/cache/contexts/k", keepsExisting: true))
  }

  /// The compiler would drop what nothing calls, and the pass reads the names.
  @Test func replacementsAreKeptAndChecked() {
    var context = ContextJobs(
      file: "/my/ctx.swift", displayedFile: "ctx.swift", type: "Mine", index: 0,
      toolkit: planner.toolkit, toolchain: planner.toolchain)
    #expect(!context.compile(in: "/f").arguments.contains("-enable-testing"))
    context.hasReplacements = true
    #expect(context.compile(in: "/f").arguments.contains("-enable-testing"))
    let stack = StackJobs(
      contexts: [context], toolkit: planner.toolkit, toolchain: planner.toolchain)
    let lowered = stack.jobs(staging: "/s", target: instrumentation.context, glue: "")
      .filter { $0.kind == .lowerContext }
    #expect(lowered.first?.line.contains("-rayc-demangler=/swift/usr/lib/") == true)
    var replacing = instrumentation
    #expect(!planner.settings(replacing).text.contains("replacements="))
    replacing.context.hasReplacements = true
    #expect(planner.settings(replacing).text.contains("replacements=check\ndemangler="))
  }

  @Test func severalContextsAreLoweredTogetherInTheirOrder() {
    let jobs = jobs("Mine", "Mine", "Other")
    let compiled = jobs.filter { $0.kind == .compileContext }
    #expect(compiled.count == 3)
    // The same type twice: no symbol of the two may be equal.
    #expect(compiled[0].line.contains("-module-name RaycContext0_Mine"))
    #expect(compiled[1].line.contains("-module-name RaycContext1_Mine"))
    let lowered = jobs.filter { $0.kind == .lowerContext }
    #expect(lowered.count == 1)
    #expect(
      lowered[0].line.contains(
        "-rayc-stack=/staging/context/raw-1.bc -rayc-stack=/staging/context/raw-2.bc "
          + "'-passes=default<O2>,rayc-context' /staging/context/raw-0.bc -o"))
  }

  @Test func aProgramsOwnContextsComeLast() throws {
    let mine = ContextSpec(source: .file("/a.swift", type: "T"), arguments: [])
    let dispatch = ContextSpec(source: .dispatch, arguments: [])
    var stores = dispatch
    stores.points = [.stores]
    #expect(ContextSpec.stack([], points: [.stores]) == [stores])
    #expect(try ContextSpec(parsing: "dispatch stores") == stores)
    #expect(ContextSpec.stack([], points: nil) == [.standard])
    #expect(ContextSpec.stack([], points: []) == [dispatch])
    #expect(ContextSpec.stack([mine, mine], points: []) == [mine, mine, dispatch])
    #expect(ContextSpec.stack([dispatch], points: []) == [dispatch])
  }

  /// Only twins know extents; the whole run is one where another context sees all of it.
  @Test func aProgramWithContextsOfItsOwnIsBuiltWithTwins() {
    let dispatch = ContextSpec(source: .dispatch, arguments: [])
    #expect(Selection().adapted(to: [.standard]) == Selection())
    #expect(Selection().adapted(to: [dispatch]) == Selection(scope: .dynamic))
    #expect(
      Selection().adapted(to: [.standard, dispatch])
        == Selection(scope: .dynamic, triggers: ["main"]))
    let inner = Selection(scope: .dynamic, triggers: ["f"])
    #expect(inner.adapted(to: [.standard, dispatch]) == inner)
  }

  @Test func argumentsOfAllContextsAreData() {
    let job = ArgumentsJob(
      contexts: [("count", ["a"]), ("b", []), ("c", ["b", "c"])], toolchain: planner.toolchain)
    #expect(job.source.contains(#"@rayc_context_count = constant i64 3"#))
    #expect(
      job.source.contains(
        "@rayc_context_argument_counts = constant [3 x i64] [i64 1, i64 0, i64 2]"))
    #expect(job.source.contains(#"@rayc_context_arguments = constant [6 x i8] c"a\00b\00c\00""#))
    #expect(job.source.contains(#"@rayc_context_names = constant [10 x i8] c"count\00b\00c\00""#))
  }

  @Test func argumentsBecomeData() {
    let job = ArgumentsJob(
      contexts: [("count", ["a b", "ü\""])], toolchain: planner.toolchain)
    #expect(
      job.source.contains(#"@rayc_context_arguments = constant [8 x i8] c"a\20b\00\C3\BC\22\00""#))
  }

  @Test func noArgumentsAreStillAnObject() {
    let job = ArgumentsJob(contexts: [("c", [])], toolchain: planner.toolchain)
    #expect(job.source.contains(#"@rayc_context_arguments = constant [1 x i8] c"\00""#))
    #expect(
      job.source.contains("@rayc_context_argument_counts = constant [1 x i64] [i64 0]"))
  }

  @Test func packageIsBuiltThroughTheShim() throws {
    let request = PackageRequest(
      .build(product: "tool"), path: "/pkg", configuration: .release, compilerArguments: ["-DX"],
      jobs: 3)
    let plan = planner.package(request, specs: [.standard], instrumentation)
    #expect(plan.jobs.map(\.kind) == [.write, .makeShim, .forgetPrograms, .buildPackage])
    #expect(plan.folder.string.hasPrefix("/pkg/.build/rayc/count-"))
    guard case .run(let command) = plan.jobs[3].work else { throw NotACommand() }
    let line = plan.jobs[3].line
    #expect(command.executable == "/swift/usr/bin/swift")
    #expect(command.environment["SWIFT_EXEC"] == "\(plan.folder)/shim/usr/bin/swiftc")
    #expect(command.environment["SWIFT_EXEC_MANIFEST"] == "/swift/usr/bin/swiftc")
    #expect(line.contains("build --package-path /pkg --scratch-path \(plan.folder)/build"))
    #expect(line.contains("-c release --jobs 3 -Xswiftc -DX"))
    #expect(line.hasSuffix("--product tool"))
  }

  @Test func changedArgumentsChangeTheLinkOnly() throws {
    let request = PackageRequest(.build(product: nil), path: "/pkg")
    var other = instrumentation
    other.argumentsKey = "bbbbbbbbbbbbbbbbbbbb"
    let first = planner.package(request, specs: [.standard], instrumentation)
    let second = planner.package(request, specs: [.standard], other)
    #expect(first.folder == second.folder)
    #expect(first.jobs[2] != second.jobs[2])
    #expect(first.jobs[3] == second.jobs[3])
  }

  @Test func changedContextCompilesAgainInTheSameFolder() {
    let request = PackageRequest(.build(product: nil), path: "/pkg")
    var other = instrumentation
    other.context.key = "other"
    let first = planner.package(request, specs: [.standard], instrumentation)
    let second = planner.package(request, specs: [.standard], other)
    #expect(first.folder == second.folder)
    #expect(first.jobs[3].line != second.jobs[3].line)
  }

  @Test func configurationsNeverMix() {
    let request = PackageRequest(.build(product: nil), path: "/pkg")
    var optimized = instrumentation
    optimized.selection.placement = .optimized
    var dynamic = instrumentation
    dynamic.selection.scope = .dynamic
    var swiftbuild = request
    swiftbuild.buildSystem = "swiftbuild"
    let mine = ContextSpec(source: .file("/a.swift", type: "T"), arguments: [])
    let folders = [
      planner.package(request, specs: [.standard], instrumentation).folder,
      planner.package(request, specs: [.standard], optimized).folder,
      planner.package(swiftbuild, specs: [.standard], instrumentation).folder,
      planner.package(request, specs: [.standard], dynamic).folder,
      planner.package(request, specs: [mine], instrumentation).folder,
      planner.package(request, specs: [mine, .standard], instrumentation).folder,
      planner.package(request, specs: [.standard, mine], instrumentation).folder,
    ]
    #expect(Set(folders).count == 7)
  }

  @Test func changedRulesCompileAgainInTheSameFolder() throws {
    let request = PackageRequest(.build(product: nil), path: "/pkg")
    let selections = [
      Selection(), Selection(rules: [try Rule(parsing: "-X", origin: "here")]),
      Selection(rules: [try Rule(parsing: "+X", origin: "here")]), Selection(depth: 3),
      Selection(minInstructions: 3), Selection(scope: .dynamic),
      Selection(scope: .dynamic, triggers: ["main"]),
    ]
    let plans = selections.map { selection in
      var other = instrumentation
      other.selection = selection
      return planner.package(request, specs: [.standard], other)
    }
    #expect(Set(plans.map(\.folder)).count == 2)
    #expect(Set(plans.map { $0.jobs[3].line }).count == selections.count)
    // What --print-jobs shows.
    #expect(plans[1].jobs[1].line.hasSuffix("at=source rule=-X"))
  }

  @Test(arguments: [
    ("fib", "fib"), ("fib.exe", "fib"), ("my-tool", "main"), ("2fast", "main"), ("ünder", "ünder"),
  ])
  func moduleNamesAreSwiftcs(_ program: String, _ module: String) {
    #expect(ProgramRequest.moduleName(forProgram: program) == module)
  }

  @Test func findsMainAttribute() {
    #expect(Planner.hasMainAttribute("import X\n  @main struct A {}"))
    #expect(Planner.hasMainAttribute("@main\nstruct A {}"))
    #expect(!Planner.hasMainAttribute("// see @main\n@mainly struct A {}"))
  }

  private struct NotACommand: Error {}
}
