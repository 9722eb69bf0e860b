import SystemPackage
import Testing

@testable import RayDriver
@testable import rayc_frontend

@Suite struct LinkPlanTests {
  private func added(_ arguments: [String], files: [String: String] = [:]) -> [String] {
    var settings = Settings()
    settings.linkInputs = ["context.o", "libRay.a"]
    settings.linkFlagsFile = "flags"
    settings.exports = "exports"
    var files = files
    files["flags"] = "-lFoundation\n"
    let plan = LinkPlan(
      arguments, settings: settings, read: { files[$0] },
      readBytes: { files[$0].map { Array($0.utf8) } })
    #expect(Array(plan.arguments.prefix(arguments.count)) == arguments)
    return Array(plan.arguments.dropFirst(arguments.count))
  }

  private let runtime = [
    "-Xlinker", "context.o", "-Xlinker", "libRay.a", "-Xlinker", "--dynamic-list=exports",
    "-Xclang-linker", "-lFoundation",
  ]

  @Test func executablesGetTheRuntime() {
    #expect(added(["main.swift", "-o", "main"]) == runtime)
    #expect(
      added(["-emit-executable", "a.o", "-o", "a"], files: ["a.o": "..rayc_abi_1.."]) == runtime)
    #expect(
      added(["-emit-executable", "@list"], files: ["list": "'a.o'", "a.o": "rayc_abi_1"]) == runtime
    )
  }

  @Test(arguments: ["b/libX.so", "b/libX.a"])
  func anInstrumentedLibraryIsEnough(_ library: String) {
    let files = [library: "rayc_abi_1", "a.o": ""]
    #expect(added(["-emit-executable", "a.o", "-L", "b", "-lX"], files: files) == runtime)
    #expect(added(["-emit-executable", "a.o", library], files: files) == runtime)
  }

  @Test func toolsWithoutInstrumentedObjectsGetNothing() {
    #expect(added(["-emit-executable", "a.o", "-o", "a"], files: ["a.o": "plain rayc_ab"]).isEmpty)
  }

  @Test(arguments: [
    ["-emit-library", "a.o", "-o", "a.so"], ["-c", "a.swift"], ["-typecheck", "a.swift"],
    ["-emit-module", "a.swift"], ["--version"], ["-print-target-info"], ["-h"], [],
    ["-modulewrap", "a.swiftmodule", "-o", "a.o"],
  ])
  func otherModesGetNothing(_ arguments: [String]) {
    #expect(added(arguments).isEmpty)
  }

  @Test func settingsArriveAsTheyWereWritten() throws {
    var written = ShimSettings(
      toolchain: Toolchain(root: "/swift/usr", opt: "/opt", llc: "/llc"))
    written.plugin = "/kit/plugin.so"
    written.context = "/cache/a=b/context.bc"
    written.linkInputs = ["/context.o", "/arguments.o"]
    written.linkFlagsFile = "/flags"
    written.selection = Selection(
      placement: .optimized, scope: .dynamic, triggers: ["main"],
      rules: [
        try Rule(parsing: "-file:a=b*", origin: "here"), try Rule(parsing: "+X", origin: "here"),
      ], minInstructions: 20, depth: 3)
    written.importPaths = ["/kit", "/kit/include"]
    written.report = "/report"
    written.wantedModules = ["Tool"]
    written.jobs = 4
    let read = Settings(parsing: written.text)
    #expect(read.swiftc == "/swift/usr/bin/swiftc")
    #expect(read.frontend == "/swift/usr/bin/swift-frontend")
    #expect(read.opt == "/opt" && read.llc == "/llc")
    #expect(read.plugin == "/kit/plugin.so")
    #expect(read.context == "/cache/a=b/context.bc")
    #expect(read.linkInputs == ["/context.o", "/arguments.o"])
    #expect(read.linkFlagsFile == "/flags")
    #expect(read.placement == "optimized" && read.report == "/report")
    #expect(
      read.selection == [
        "-rayc-scope=dynamic", "-rayc-trigger=main", "-rayc-rule=-file:a=b*", "-rayc-rule=+X",
        "-rayc-min-instructions=20", "-rayc-depth=3",
        "-rayc-demangler=/swift/usr/lib/libswiftDemangle.so",
      ])
    #expect(read.importPaths == ["/kit", "/kit/include"])
    #expect(read.plainModules == ["CRay", "RayContexts"])
    #expect(read.wantedModules == ["Tool"] && read.jobs == 4)
  }
}
