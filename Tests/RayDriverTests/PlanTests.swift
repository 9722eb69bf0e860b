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
    arguments: "/cache/arguments/a.o", argumentsKey: "aaaaaaaaaaaaaaaaaaaa", placement: .source)

  @Test func contextIsCompiledLoweredAssembledAndPublished() {
    let maker = ContextJobs(
      file: "/my/ctx.swift", displayedFile: "ctx.swift", type: "Outer.Mine",
      toolkit: planner.toolkit, toolchain: planner.toolchain)
    let jobs = maker.jobs(
      staging: "/staging", target: instrumentation.context, glue: "typealias C = __RAYC_CONTEXT__")
    #expect(
      jobs.map(\.kind) == [
        .write, .write, .compileContext, .lowerContext, .assembleContext, .extractLibraries,
        .publish,
      ])
    #expect(
      jobs[1].work
        == .write(text: "typealias C = Outer.Mine", path: "/staging/context/glue.swift"))
    #expect(jobs[2].line.contains("-module-name RaycContext_Outer_Mine"))
    #expect(
      jobs[6].work
        == .publish(from: "/staging/context", to: "/cache/contexts/k", keepsExisting: true))
  }

  @Test func argumentsBecomeData() {
    let job = ArgumentsJob(
      arguments: ["a b", "ü\""], contextName: "count", toolchain: planner.toolchain)
    #expect(
      job.source.contains(#"@rayc_context_arguments = constant [8 x i8] c"a\20b\00\C3\BC\22\00""#))
    #expect(job.source.contains("@rayc_context_arguments_count = constant i64 2"))
    #expect(job.source.contains(#"@rayc_context_name = constant [6 x i8] c"count\00""#))
  }

  @Test func noArgumentsAreStillAnObject() {
    let job = ArgumentsJob(arguments: [], contextName: "c", toolchain: planner.toolchain)
    #expect(job.source.contains(#"@rayc_context_arguments = constant [1 x i8] c"\00""#))
    #expect(job.source.contains("count = constant i64 0"))
  }

  @Test func packageIsBuiltThroughTheShim() throws {
    let request = PackageRequest(
      .build(product: "tool"), path: "/pkg", configuration: .release, compilerArguments: ["-DX"],
      jobs: 3)
    let plan = planner.package(request, spec: .standard, instrumentation)
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
    let first = planner.package(request, spec: .standard, instrumentation)
    let second = planner.package(request, spec: .standard, other)
    #expect(first.folder == second.folder)
    #expect(first.jobs[2] != second.jobs[2])
    #expect(first.jobs[3] == second.jobs[3])
  }

  @Test func changedContextCompilesAgainInTheSameFolder() {
    let request = PackageRequest(.build(product: nil), path: "/pkg")
    var other = instrumentation
    other.context.key = "other"
    let first = planner.package(request, spec: .standard, instrumentation)
    let second = planner.package(request, spec: .standard, other)
    #expect(first.folder == second.folder)
    #expect(first.jobs[3].line != second.jobs[3].line)
  }

  @Test func configurationsNeverMix() {
    let request = PackageRequest(.build(product: nil), path: "/pkg")
    var optimized = instrumentation
    optimized.placement = .optimized
    var swiftbuild = request
    swiftbuild.buildSystem = "swiftbuild"
    let mine = ContextSpec(source: .file("/a.swift", type: "T"), arguments: [])
    let folders = [
      planner.package(request, spec: .standard, instrumentation).folder,
      planner.package(request, spec: .standard, optimized).folder,
      planner.package(swiftbuild, spec: .standard, instrumentation).folder,
      planner.package(request, spec: mine, instrumentation).folder,
    ]
    #expect(Set(folders).count == 4)
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
