import SystemPackage
import Testing

@testable import RayDriver

@Suite struct DiagnosticTests {
  @Test func usageErrorsEndWith64() {
    #expect(Diagnostic.unknownContext("x", known: [], closest: nil).exitStatus == 64)
    #expect(Diagnostic.malformedPattern("", origin: "o", reason: "r").exitStatus == 64)
    #expect(Diagnostic.noSuchFile("x").exitStatus == 1)
  }

  @Test func aToolsStatusIsPassedOn() {
    #expect(Diagnostic.toolFailed(tool: "swiftc", termination: .exited(3)).exitStatus == 3)
    #expect(Diagnostic.toolFailed(tool: "swiftc", termination: .signalled(9)).exitStatus == 137)
    // It has spoken for itself.
    #expect(Diagnostic.toolFailed(tool: "swiftc", termination: .exited(3)).message == nil)
  }

  @Test func messagesAreLowerCaseAndQuoteTheValue() {
    let all: [Diagnostic] = [
      .noSuchFile("VALUE"), .cannotRead("VALUE", .ioError), .cannotWrite("VALUE", .noSpace),
      .notSwiftFiles(["VALUE"]), .unknownContext("VALUE", known: ["count"], closest: "count"),
      .malformedSpec("VALUE", reason: "r"), .contextFileMissing("VALUE", spec: "s"),
      .contextNeedsType("VALUE", types: []),
      .noSuchType("VALUE", file: "f", types: [], closest: nil),
      .typeNotAContext("VALUE", file: "f"), .typeNotUsable("VALUE", file: "f", reason: "r"),
      .malformedPattern("VALUE", origin: "o", reason: "r"),
      .malformedRulesFile("VALUE", reason: "r"), .triggerInProgramScope("VALUE"),
      .notATypeName("VALUE", reason: "r"), .fileExists("VALUE"), .noRuns("VALUE"),
      .noDemangler("VALUE"), .wrongSwift(found: "5.9", path: "VALUE"),
      .noLLVM(tool: "VALUE"), .wrongLLVM(found: "14", path: "VALUE"),
      .incompleteToolkit(missing: "VALUE"),
      .mismatchedToolkit(plugin: "VALUE", runtime: "r", home: "h"), .noPackage("VALUE"),
      .noSuchProduct("VALUE", products: [], closest: nil), .severalProducts(["VALUE"]),
      .noExecutable(package: "VALUE"), .productNotBuilt("VALUE"),
      .filesAndPackage(option: "VALUE"), .diskFull("VALUE"), .cannotRun("VALUE", reason: "r"),
    ]
    for diagnostic in all {
      let message = diagnostic.message ?? ""
      #expect(message.contains("VALUE"), "\(diagnostic)")
      #expect(message.first?.isUppercase == false, "\(diagnostic)")
      #expect(!message.hasSuffix("."), "\(diagnostic)")
    }
  }

  @Test func versionsOfPluginAndRuntimeAreCompared() {
    #expect(
      Toolkit.symbol("rayc_abi_", in: Array("..rayc_abi_<N> rayc_abi_12\0".utf8)) == "rayc_abi_12")
    #expect(Toolkit.symbol("rayc_abi_", in: Array("nothing".utf8)) == nil)
  }

  @Test func findsTypesOfAContextsFile() {
    let source = """
      // struct Comment: RayContext
      private struct Hidden: RayContext {}
      public final class Box<T>: RayContext {}
      struct Mine: RayContext {
        struct Helper {}
      """
    #expect(ContextDiagnosis.contextTypes(in: source) == ["Hidden", "Box", "Mine"])
    #expect(ContextDiagnosis.obstacle(to: "Hidden", in: source)?.contains("private") == true)
    #expect(ContextDiagnosis.obstacle(to: "Box", in: source)?.contains("generic") == true)
    #expect(ContextDiagnosis.obstacle(to: "Mine", in: source) == nil)
  }

  @Test func readsWhatSwiftPMDumps() throws {
    let manifest = try PackageManifest(
      json: """
        warning: something
        {"name": "p", "products": [
          {"name": "tool", "targets": ["Tool"], "type": {"executable": null}},
          {"name": "Lib", "targets": ["Lib"], "type": {"library": ["automatic"]}}],
         "dependencies": [{"fileSystem": [{"identity": "d", "path": "/d"}]},
          {"sourceControl": [{"identity": "e"}]}],
         "targets": [{"name": "Tool", "type": "executable"}, {"name": "other", "type": "executable"},
          {"name": "Lib", "type": "regular"}, {"name": "my-tests", "type": "test"},
          {"name": "Plugin", "type": "plugin"}]}
        """)
    #expect(manifest.name == "p")
    #expect(manifest.executables == ["tool", "other"])
    #expect(manifest.modules == ["Tool", "other", "Lib", "my_tests"])
    #expect(manifest.localDependencies == ["/d"])
    #expect(throws: Diagnostic.severalProducts(["tool", "other"])) {
      try manifest.executable(named: nil)
    }
    #expect(
      throws: Diagnostic.noSuchProduct("tol", products: ["tool", "other"], closest: "tool")
    ) { try manifest.executable(named: "tol") }
  }

  @Test func readsTheCompilersAnswers() {
    let info =
      #"{ "compilerVersion": "Swift version 6.3.1 (swift-6.3.1-RELEASE)", "paths": {"runtimeResourcePath": "/x/usr/lib/swift" } }"#
    #expect(Toolchain.value(of: "runtimeResourcePath", in: info) == "/x/usr/lib/swift")
    #expect(Toolchain.swiftVersion(in: "Swift version 6.3.1 (swift") == "6.3.1")
  }
}
