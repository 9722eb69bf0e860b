import Glibc
import Logging
import SystemPackage

/// One run of rayc: its tools, and where it makes things. Used by every command.
public final class Session {
  public let planner: Planner
  public let executor: any Executor
  private let staging: FilePath

  /// Finds the tools and makes a folder for this run.
  /// - Throws: `Diagnostic` for a missing or wrong tool.
  public init(
    toolkit: Toolkit, environment: [String: String], executor: any Executor
  ) async throws {
    try toolkit.checkComplete()
    let cache = Cache.standard(environment: environment)
    let toolchain = try await Toolchain.find(environment: environment, cache: cache)
    try Self.checkVersionsOnce(toolkit, cache)
    staging = try cache.makeStaging()
    planner = Planner(
      toolkit: toolkit, toolchain: toolchain, cache: cache, staging: staging,
      colors: StandardError.isTerminal && environment["NO_COLOR"] == nil)
    self.executor = executor
  }

  /// Removes what this run left in the cache's staging folder.
  public func close() { Files.remove(staging) }

  /// Makes the contexts, and says what is wrong with one if that cannot be done.
  public func instrumentation(
    _ specs: [ContextSpec], _ selection: Selection
  ) async throws -> Instrumentation {
    let (result, jobs) = try planner.instrumentation(specs, selection)
    try check(result.selection)
    if result.context.hasReplacements { try checkDemangler() }
    do {
      try await executor.execute(jobs)
    } catch let failure as ToolFailure where failure.command.output == .captured {
      if let dynamo = try planner.dynamo(of: failure.command, specs) {
        throw try await dynamo.diagnose(failure)
      }
      let stack = try planner.stackJobs(specs, selection)
      guard let context = stack.context(of: failure.command, staging: staging) else {
        throw failure
      }
      throw try await diagnosis(of: context, failure)
    }
    return result
  }

  /// What is wrong with a context that does not compile.
  func diagnosis(of context: ContextJobs, _ failure: ToolFailure) async throws -> any Error {
    try await ContextDiagnosis(jobs: context, staging: staging, failure: failure).find()
  }

  /// What a tool prints that belongs to the toolkit.
  /// - Throws: `Diagnostic.cannotRun` if it fails.
  public func output(of command: Command) async throws -> String {
    try await Tool.output(command.executable, command.arguments)
  }

  /// - Throws: `Diagnostic.noDemangler`.
  public func check(_ selection: Selection) throws(Diagnostic) {
    if selection.needsDemangler { try checkDemangler() }
  }

  private func checkDemangler() throws(Diagnostic) {
    let demangler = planner.toolchain.demangler
    if !Files.exists(demangler) { throw .noDemangler(demangler) }
  }

  /// Reading both binaries costs some milliseconds, so a toolkit is checked once.
  private static func checkVersionsOnce(_ toolkit: Toolkit, _ cache: Cache) throws(Diagnostic) {
    var fingerprint = Fingerprint()
    fingerprint.add("toolkit 1")
    toolkit.addIdentity(to: &fingerprint)
    let remembered = cache.checks.appending(fingerprint.text)
    if Files.exists(remembered) { return }
    try toolkit.checkVersions()
    try Files.makeDirectory(cache.checks)
    try Files.write("", to: remembered)
  }
}
