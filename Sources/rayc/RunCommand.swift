import ArgumentParser
import RayDriver
import SystemPackage

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Build and run a program or a package's executable, instrumented.",
    discussion: """
      The program's output, its exit status and its signals are its own. What comes after '--' \
      goes to the program.

      EXAMPLES:
        rayc run main.swift
        rayc run -c release main.swift helper.swift -- --size 10
        rayc run -W 'count --json counts.json' main.swift
        rayc run --trigger Parser.parse main.swift    only inside calls of it
        rayc run --exclude 'file:*Tests*' --exclude Logger main.swift
        rayc run --loop -W patch.swift:Patch main.swift
                                                again and again, as you edit either file
        rayc run --live -W patch.swift:Patch main.swift
                                                with each version of the context, as you edit it
        rayc run --package-path MyTool --product mytool -- --help
      """)

  @Flag(name: .shortAndLong, help: "Run again whenever a source or a context has changed.")
  var loop = false

  @Flag(help: "Exchange the context inside the running program when its file has changed.")
  var live = false

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func run() async throws {
    let contexts = try context.parsed()
    let isWatched = loop || live || contexts.contains(where: \.saysHowToRun)
    guard isWatched, !program.output.printJobs else {
      try await program.build(with: contexts)?.become()
      return
    }
    try await WatchedProgram(program, contexts, loops: loop, isLive: live).run().end()
  }
}

extension PackageOptions {
  /// What finds out about the package.
  func reader(_ session: Session) throws(Diagnostic) -> PackageReader {
    let root = try root()
    let base = scratchPath.map { FilePath($0) } ?? root.appending(".build")
    return PackageReader(
      root, toolchain: session.planner.toolchain,
      scratch: Files.absolute(base).appending("rayc").appending("manifest"))
  }

  /// The request for SwiftPM, with the only product filled in where one is needed.
  func request(
    _ reader: PackageReader, _ action: PackageRequest.Action, _ build: BuildOptions,
    _ output: OutputOptions, resolvesProduct: Bool = false
  ) async throws -> PackageRequest {
    var action = action
    if resolvesProduct, case .build(let product) = action {
      action = .build(product: try await reader.manifest().executable(named: product))
    }
    return PackageRequest(
      action, path: reader.root, configuration: build.configuration,
      scratch: scratchPath.map { FilePath($0) },
      buildSystem: buildSystem, compilerArguments: build.compilerArguments, jobs: build.jobs,
      verbosity: output.forSwiftPM, clang: instrumentsC ? try reader.toolchain.clang() : nil)
  }
}
