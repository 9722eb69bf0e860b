import ArgumentParser
import RayDriver
import SystemPackage

struct EnvCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "env",
    abstract: "Print the exports that make any 'swift build' instrument.",
    discussion: """
      SwiftPM does not know about contexts: give each its own scratch path, for example the one \
      exported as RAYC_SCRATCH_PATH.

      EXAMPLES:
        eval "$(rayc env -W counter.swift:Counter --scope dynamic)"
        swift build --scratch-path "$RAYC_SCRATCH_PATH"
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case shell, json }

  @Option(help: "For a shell to evaluate, or as JSON.")
  var format: Format = .shell

  @Flag(name: .customLong("c"), help: "Instrument C and C++ targets, too.")
  var instrumentsC = false

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await withSession(output) { session in
      let instrumentation = try await instrumentation(session)
      var settings = session.planner.settings(instrumentation)
      if instrumentsC { settings.clang = try session.planner.toolchain.clang() }
      let shim = session.planner.sharedShim(settings)
      try await session.executor.execute(Job(.makeShim, .makeShim(shim)))
      if output.printJobs { return }
      let name = shim.root.lastComponent?.string ?? ""
      let variables =
        shim.environment.sorted { $0.key < $1.key }
        + [("RAYC_SCRATCH_PATH", ".build/rayc/env-\(name.prefix(12))")]
      switch format {
      case .shell:
        for (key, value) in variables { print("export \(key)=\(ShellWords.quote(value))") }
      case .json:
        print("{")
        for (index, (key, value)) in variables.enumerated() {
          let comma = index + 1 < variables.count ? "," : ""
          print("  \(JSON.quote(key)): \(JSON.quote(value))\(comma)")
        }
        print("}")
      }
    }
  }

  /// That of the package around this folder, if there is one.
  private func instrumentation(_ session: Session) async throws -> Instrumentation {
    let options = try PackageOptions.parse([])
    guard PackageManifest.root(above: Files.currentDirectory) != nil else {
      let selected = try await selection.selection(above: ".") {
        throw Diagnostic.noPackage(Files.currentDirectory)
      }
      return try await session.instrumentation(try context.stack(points: nil), selected)
    }
    let reader = try options.reader(session)
    let selected = try await selection.selection(for: reader)
    return try await session.instrumentation(
      try context.stack(points: try await reader.rayPoints()), selected)
  }
}
